"""Plugs: a socket is loaded by its kind, and what is wrong with its section is one sentence with the key."""

from typing import Any

import pytest

from socialwatch import plugs
from socialwatch.errors import Misconfigured


def test_the_name_is_the_kind_unless_the_section_says_otherwise(tmp_path: Any) -> None:
    section = {"brand": "sokkerij", "path": str(tmp_path / "x.jsonl")}
    assert plugs.load("channels", "file", section).kind == "file"
    assert plugs.load("channels", "winkel", section | {"kind": "file"}).kind == "file"
    assert plugs.load("notifiers", "log", {}).kind == "log"
    assert plugs.load("shops", "table", {"book": None}).kind == "table"


@pytest.mark.parametrize(
    "kind", ["bestaatniet", "X", "..", "file.os", "__init__", "", "x-y", "file/../x", "os", "\u0445"]
)
def test_a_kind_that_does_not_exist_is_said(kind: str) -> None:
    with pytest.raises(Misconfigured, match=r"^Instelling channels\.winkel: "):
        plugs.load("channels", "winkel", {"kind": kind})


def test_a_file_that_is_no_socket_is_no_kind() -> None:
    with pytest.raises(Misconfigured, match="spans"):
        plugs.load("sentiment", "spans", {})


def test_a_key_that_misses_is_named() -> None:
    with pytest.raises(Misconfigured, match=r"shops\.table\.book"):
        plugs.load("shops", "table", {})
    with pytest.raises(Misconfigured, match="path"):
        plugs.load("channels", "file", {"brand": "sokkerij"})


@pytest.mark.parametrize("kind", ["x", "facebook"])
def test_what_a_platform_misses_is_said_without_any_secret(kind: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        plugs.load("channels", kind, {"brand": "sokkerij", "bearer_token": "hunter2-geheim met spatie"})
    assert "hunter2" not in str(caught.value)
    assert f"channels.{kind}" in str(caught.value)
