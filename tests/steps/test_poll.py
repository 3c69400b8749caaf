"""Poll: page and cursor in one transaction, and whatever goes wrong, nothing is lost and the others go on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.case import LineKind
from socialwatch.domain.channel import Page
from socialwatch.errors import Halted, Unanswered, Unavailable
from socialwatch.steps import line, poll
from socialwatch.steps.poll import LEASE
from socialwatch.store import cases, queue, sources
from socialwatch.store.tables import lease
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def source(world: Any, fakes: Any, kind: str = "x") -> sources.Source:
    with world.database.read() as unit:
        found = sources.one(unit, f"{fakes.BRAND}/{kind}")
    assert found is not None
    return found


def pages(fakes: Any, *sizes: int) -> list[Page]:
    """Pages of new mentions; the cursor comes with the last one."""
    found, start = [], 0
    for place, size in enumerate(sizes):
        last = place == len(sizes) - 1
        posts = tuple(fakes.mention(number) for number in range(start, start + size))
        found.append(Page(posts, cursor=f"na {start + size}" if last else None))
        start += size
    return found


def test_the_cursor_comes_with_the_last_page_and_every_mention_gets_its_job(world: Any, fakes: Any) -> None:
    counted = world.poll(*pages(fakes, 3, 2))
    assert (counted.new, counted.edited, counted.failed) == (5, 0, None)
    found = source(world, fakes)
    assert (found.cursor, found.polled, found.failures, found.last_success_at) == ("na 5", 5, 0, fakes.START)
    assert [step for step, _, _ in world.jobs()] == ["assess"] * 5
    world.poll(*pages(fakes, 0))
    assert world.x.cursors == [None, "na 5"]


PROBLEMS = [
    (Unavailable("X is er even niet."), "X is er even niet."),
    (Unanswered("Half antwoord."), "Half antwoord."),
    (KeyError("data"), "Onverwachte fout in het kanaal (KeyError)."),
]


@pytest.mark.parametrize(("problem", "reason"), PROBLEMS, ids=["away", "half", "bug"])
def test_what_breaks_halfway_leaves_the_cursor_and_keeps_the_pages_before(
    world: Any, fakes: Any, problem: Exception, reason: str
) -> None:
    world.poll(Page((fakes.mention("eerder"),), cursor="c1"))
    counted = world.poll(pages(fakes, 3, 2)[0], problem)
    assert (counted.new, counted.failed) == (3, reason)
    found = source(world, fakes)
    assert (found.cursor, found.failures, found.last_error, found.halted) == ("c1", 1, reason, False)
    assert fakes.count(world.database, mention_table) == 4
    counted = world.poll(*pages(fakes, 3, 2))  # read again: only what was missing is new
    assert (counted.new, source(world, fakes).cursor, source(world, fakes).failures) == (2, "na 5", 0)


def test_failing_polls_wait_longer_and_longer_and_as_long_as_the_platform_asks(world: Any, fakes: Any) -> None:
    def wait(problem: Exception) -> float:
        world.poll(problem)
        with world.database.read() as unit:
            return source(world, fakes).next_poll_at - unit.stamp()

    waits = [wait(Unavailable("weg")) for _ in range(6)]
    assert [round(each, -1) for each in waits] == [60, 120, 240, 480, 900, 900]
    assert 295 < wait(Unavailable("te veel", retry_after=300.0)) <= 300


def test_a_halted_source_is_not_asked_again_until_a_human_acts(world: Any, fakes: Any) -> None:
    world.poll(Halted("Het tegoed bij X is op."))
    assert source(world, fakes).halted
    asked = len(world.x.cursors)
    assert world.poll(*pages(fakes, 1)) is None
    assert len(world.x.cursors) == asked
    with world.database.write() as unit:
        sources.resume(unit, f"{fakes.BRAND}/x")
    world.x.polls.clear()
    assert world.poll(*pages(fakes, 1)).new == 1


def take_over(world: Any) -> None:
    with world.database.write() as unit:
        unit.run(update(lease).values(expires_at=0))
        assert sources.lead(unit, LEASE, "ander") is not None


@pytest.mark.parametrize("ends", ["page", "nothing", "problem"])
def test_who_lost_the_lease_stores_nothing_not_even_a_failure(world: Any, fakes: Any, ends: str) -> None:
    world.poll(Page((), cursor="c1"))
    before = source(world, fakes)
    term = world.lead()
    take_over(world)
    page: list[Any] = {"page": pages(fakes, 2), "nothing": [], "problem": [Unavailable("weg")]}[ends]
    counted = world.poll(*page, term=term)
    assert (counted.new, counted.failed) == (0, "Een andere poller heeft het overgenomen.")
    assert source(world, fakes) == before
    assert fakes.count(world.database, mention_table) == 0
    assert world.jobs() == []


def test_a_page_is_stored_whole_or_not_at_all(world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(queue, "put", refuse)
    assert world.poll(*pages(fakes, 3)).new == 0
    monkeypatch.undo()
    assert fakes.count(world.database, mention_table) == 0
    assert source(world, fakes).cursor is None
    assert world.poll(*pages(fakes, 3)).new == 3


def test_a_deleted_post_is_emptied_and_its_case_says_so(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1))
    corridor.drain(world.parts)
    case = world.stored(1).case_id
    world.poll(Page((), cursor="c", gone=("1", "404")))
    assert world.stored(1).mention.text == ""
    with world.database.read() as unit:
        assert cases.lines(unit, case)[-1].kind is LineKind.GONE


def test_a_gap_is_kept_to_be_shown(world: Any, fakes: Any) -> None:
    gap = (fakes.START - timedelta(days=9), fakes.START - timedelta(days=7))
    world.poll(Page((), cursor="c", gap=gap))
    assert (source(world, fakes).gap_from, source(world, fakes).gap_to) == gap


def test_an_edit_starts_the_trip_again(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "vraag"))
    corridor.drain(world.parts)
    assert world.jobs() == []
    counted = world.poll(Page((fakes.mention(1, "woedend", version_id="2"),), cursor="d"))
    assert (counted.new, counted.edited) == (0, 1)
    corridor.drain(world.parts)
    assert world.case(world.stored(1).case_id).level == 3


def test_the_brand_of_the_source_counts_not_what_the_channel_says(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, brand="iets anders"))
    assert world.stored(1).mention.brand == fakes.BRAND


def test_a_source_without_a_channel_or_without_a_row_is_left_alone(world: Any, fakes: Any) -> None:
    world.register("bluesky")
    assert line.poll_source(world.parts, f"{fakes.BRAND}/bluesky", 1, 60.0) is None
    assert line.poll_source(world.parts, "nergens/x", 1, 60.0) is None
    assert poll.LEASE == "poll"
