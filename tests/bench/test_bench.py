"""The bench measures what it says, in small; its figures are no test."""

import time
from pathlib import Path

import pytest

from tests.bench import chapter, live, trip
from tests.bench import queue as bench
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


def test_every_new_case_comes_on_screen_beside_open_desks(capsys: pytest.CaptureFixture[str]) -> None:
    """How soon is for the bench to say: a busy machine is no failure."""
    wanted = live.Wanted(streams=10, fresh=3)
    found = live.run(wanted)
    with capsys.disabled():
        print("\n".join(live.report(wanted, found, 0.0)[-4:]))
    assert found.missed == 0
    assert len(found.rows) == 3
    assert len(found.fetches) >= 10


def test_a_chapter_is_written_beside_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    chapter.put("One", ["a"], page)
    chapter.put("Two", ["b"], page)
    chapter.put("One", ["c"], page)
    assert page.read_text().removeprefix(chapter.ABOUT) == "\n## One\n\nc\n\n## Two\n\nb\n"
