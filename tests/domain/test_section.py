"""Sections of the configuration: every mistake is named by its key, and no secret is shown."""

import pytest
from pydantic import SecretStr

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured


def section(**values):
    return Section(values, "kanaal x")


def test_text():
    assert section(a="  b ").text("a") == "b"
    assert section(a=12).text("a") == "12"
    assert section().text("a", "z") == "z"
    assert section(a=" ").text("a", "z") == "z"
    assert section(a=SecretStr("geheim")).secret("a") == "geheim"


@pytest.mark.parametrize("value", [True, 1.5, ["a"], {}])
def test_text_must_be_text(value):
    with pytest.raises(Misconfigured, match="a van kanaal x moet tekst zijn"):
        section(a=value).text("a")


def test_needed():
    with pytest.raises(Misconfigured, match="a van kanaal x ontbreekt"):
        section(a="").needed("a")


@pytest.mark.parametrize("value", ["geheim\nx", "geheim x", "gehéim", "geheim\x7f"])
def test_a_secret_that_cannot_travel_is_not_shown(value):
    with pytest.raises(Misconfigured, match="a van kanaal x bevat tekens") as problem:
        section(a=value).secret("a")
    assert value not in str(problem.value)


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("5", 5), (1, 1), (9, 9)])
def test_number(value, number):
    assert section(a=value).number("a", 2, (1, 9)) == number


@pytest.mark.parametrize("value", [0, 10, "veel", 1.5, None, True, ""])
def test_number_out_of_bounds(value):
    with pytest.raises(Misconfigured, match="a van kanaal x moet een getal van 1 tot en met 9 zijn"):
        section(a=value).number("a", 2, (1, 9))


def test_flag():
    assert section(a=True).flag("a", False)
    assert section(a="true").flag("a", False)
    assert not section(a="0").flag("a", True)
    assert section().flag("a", True)
    with pytest.raises(Misconfigured, match="a van kanaal x moet true of false zijn"):
        section(a="misschien").flag("a", True)


def test_words():
    assert section(a=["b", "c d"]).words("a") == ["b", "c d"]
    assert section().words("a") == []
    for wrong in ("b", [1], {"b": 1}):
        with pytest.raises(Misconfigured, match="a van kanaal x moet een lijst van woorden zijn"):
            section(a=wrong).words("a")
