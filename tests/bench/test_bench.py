"""The bench measures what it says, in small; its figures are no test."""

import time
from pathlib import Path

import pytest

from tests.bench import queue as bench
from tests.bench import trip
from tests.chaos.simulated_ground import ENGINES


def test_our_side_of_the_contest_does_all_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ours` itself checks that nothing is left."""
    start = time.perf_counter()
    took = bench.ours("sqlite", 230)
    assert 0 < took < time.perf_counter() - start


def test_the_cost_of_a_claim_is_measured() -> None:
    assert bench.claim_times("sqlite", 3_000) > 0


def test_the_trip_is_timed_step_by_step(tmp_path: Path) -> None:
    from tests import fakes

    with bench.ground.prepared("sqlite") as url:
        database = bench.Database(url)
        world = trip._world(database, trip.Timed(fakes.Assessor()))
        polled, spent = trip._walk(world, 70)
        database.close()
    assert polled > 0
    assert set(spent) >= {"assess", "identify", "route"}


def test_the_table_goes_between_its_marks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    report = tmp_path / "performance.md"
    report.write_text("before\n<!-- queue -->\nold\n<!-- end of queue -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(bench, "REPORT", report)
    bench.write(["new"])
    assert report.read_text(encoding="utf-8") == "before\n<!-- queue -->\nnew\n<!-- end of queue -->\nafter\n"


def test_both_engines_meet_a_rival() -> None:
    assert {engine for _, engine in bench.CONTESTS} == set(ENGINES)
    assert "<!-- queue -->" in bench.REPORT.read_text(encoding="utf-8")
