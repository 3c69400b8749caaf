"""The question afterwards from the settings: off by default, and refused at the start where it could not work."""

from pathlib import Path
from typing import Any

import pytest

from socialwatch import settings
from socialwatch.errors import Misconfigured
from socialwatch.wiring import asking

SECRET = "een-geheim-van-ruim-genoeg-tekens"
MAIL = {"mail": {"brand": "sokkerij"}}
FINE: dict[str, Any] = {
    "brands": {"sokkerij": {"name": "Sokkerij"}, "buren": {"name": "Buren"}},
    "web": {"public_url": "https://webcare.example"},
    "channels": MAIL,
    "survey": {"secret": SECRET, "brands": {"sokkerij": {"on": True}}},
}


def made(**changes: Any) -> Any:
    return asking.surveys(settings.load(extra=FINE | changes, environment=False))


def test_only_the_brand_that_switched_it_on_asks() -> None:
    assert {brand: rules.name for brand, rules in made().brands.items()} == {"sokkerij": "Sokkerij"}
    assert made(survey={}, channels={}, web={}).brands == {}


def test_the_secret_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "geheim"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    given = {"secret_file": str(file), "brands": {"sokkerij": {"on": True}}}
    assert made(survey=given).secret == SECRET


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"channels": {}}, "kanaal mail"),
        ({"channels": {"post": {"kind": "mail", "brand": "buren"}}}, "kanaal mail"),
        ({"web": {}}, "web.public_url"),
        ({"survey": {"on": True, "secret": "kort"}}, "secret"),
    ],
)
def test_what_it_cannot_do_without_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        made(**changes)
