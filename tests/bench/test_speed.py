"""The measure of speed does what it says, in small; its figures are no test."""

from pathlib import Path

import pytest

from socialwatch.playground.volume import Volume
from tests import fakes
from tests.measure import _page, speed


def test_it_imports_and_walks_as_many_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "TRIPS", 3)
    size = Volume(brands=(fakes.BRAND, "lampenlab"), customers=60, lines=150, contacts=5, mentions=20, cases=10)
    told = "\n".join(speed.report(size, 50))
    assert "50 order lines" in told
    assert "60 customers, 150 order lines, 20 mentions" in told
    assert all(f"| {step} |" in told for step in ("identify", "route", "brief", "all"))
    assert "The goal, all three under 20 ms at p95" in told


def test_what_was_filled_is_kept_and_each_time_measured_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "TRIPS", 2)
    size = Volume(brands=(fakes.BRAND, "lampenlab"), customers=60, lines=150, contacts=5, mentions=20, cases=10)
    speed.walked(tmp_path, size)
    (kept,) = tmp_path.glob("volume-*.sqlite")
    before = kept.stat().st_mtime_ns
    assert "| all |" in "\n".join(speed.walked(tmp_path, size))
    assert kept.stat().st_mtime_ns == before


def test_a_chapter_is_written_without_touching_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    _page.put({"One": ["a", "", "b"], "Two": ["c"]}, page)
    _page.put({"One": ["d"], "Three": ["e"]}, page)
    assert page.read_text().removeprefix(_page.ABOUT) == "\n## One\n\nd\n\n## Two\n\nc\n\n## Three\n\ne\n"
