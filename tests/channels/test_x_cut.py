"""X: a poll that is cut off for want of money goes on the next day where it was cut off, and says since when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from socialwatch.channels.x import X, connect, wire
from socialwatch.channels.x.position import Position, Rest, behind, dump, load
from socialwatch.domain.budget import MILLIONTHS
from socialwatch.domain.channel import Page, Resuming
from socialwatch.steps import line
from socialwatch.store import sources, spending
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
X_ID = "1643639309408890871"


def id_of(at: datetime) -> str:
    return wire.id_at(at)


def post(at: datetime, **more: Any) -> dict[str, Any]:
    number = id_of(at)
    return {"id": number, "text": "wat een sok", "author_id": "7", "created_at": at.isoformat(), **more}


class Timeline:
    """A platform with posts that keeps to X's windows and pages; `served` holds every post it was paid for."""

    def __init__(self, platform: Any) -> None:
        self.posts: dict[str, list[dict[str, Any]]] = {"mentions": [], "recent": []}
        self.served: list[str] = []
        platform.answer = self.answer

    def answer(self, asked: Any) -> tuple[int, dict[str, Any]]:
        query, size = asked.query, int(asked.query["max_results"])
        found = [one for one in self.posts[asked.path.rsplit("/", 1)[1]] if _within(one, query)]
        begin = int(query.get("pagination_token") or query.get("next_token") or 0)
        page = sorted(found, key=lambda one: -int(one["id"]))[begin : begin + size]
        self.served += [str(one["id"]) for one in page]
        more = {"next_token": str(begin + size)} if begin + size < len(found) else {}
        return 200, {"data": page, "meta": {"result_count": len(page), **more}}


def _within(one: dict[str, Any], query: dict[str, str]) -> bool:
    number, at = int(one["id"]), one["created_at"]
    assert not ({"since_id", "until_id"} & set(query) and {"start_time", "end_time"} & set(query))
    return (
        number > int(query.get("since_id", 0))
        and number < int(query.get("until_id", 2**63))
        and datetime.fromisoformat(at) >= datetime.fromisoformat(query.get("start_time", "2000-01-01T00:00:00+00:00"))
        and datetime.fromisoformat(at) < datetime.fromisoformat(query.get("end_time", "2100-01-01T00:00:00+00:00"))
    )


@pytest.fixture
def timeline(platform) -> Timeline:
    return Timeline(platform)


@pytest.fixture
def channel(platform, x_section) -> X:
    return connect(  # type: ignore[return-value]
        x_section | {"base_url": platform.url, "search": ["sok"], "page_size": 10, "owned": True}
    )


@pytest.fixture
def moving() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def world(sqlite: Database, fakes: Any, channel: X) -> Any:
    found = fakes.World(sqlite, x=channel, clock=lambda: datetime.now(UTC))
    found.register("x")
    with sqlite.write() as unit:
        sources.limit(unit, f"{fakes.BRAND}/x", MILLIONTHS)  # a dollar: two hundred posts, and a fifth over
    return found


def poll(world: Any, fakes: Any, times: int = 1) -> Any:
    term, counted = world.lead(), None
    for _ in range(times):
        counted = line.poll_source(world.parts, f"{fakes.BRAND}/x", term, 60.0)
    return counted


def source(world: Any, fakes: Any) -> sources.Source:
    with world.database.read() as unit:
        found = sources.one(unit, f"{fakes.BRAND}/x")
    assert found is not None
    return found


def minutes(start: datetime, number: int) -> list[dict[str, Any]]:
    return [post(start + timedelta(minutes=each)) for each in range(number)]


def test_a_budget_smaller_than_a_day_goes_on_where_it_was_cut_off(
    world: Any, fakes: Any, timeline: Timeline, moving: Any
) -> None:
    """Three days of which the first two bring more than a day's money reads: nothing is lost, nothing read twice."""
    first = NOW - timedelta(hours=20)
    timeline.posts["recent"] = minutes(first, 600)
    timeline.posts["mentions"] = [post(NOW - timedelta(hours=1, seconds=30), text="@sokkerij klacht")]
    counted = poll(world, fakes, 3)
    assert (counted.new, counted.paused) == (0, source(world, fakes).last_error)
    had = fakes.count(world.database, mention_table)
    assert 200 < had <= 251
    assert world.stored(id_of(NOW - timedelta(hours=1, seconds=30))), "own mentions come first"
    said = "Het dagbudget van $ 1,00 is op; morgen om 01:00 verder, eerst met wat is blijven liggen sinds donderdag "
    assert source(world, fakes).last_error == f"{said}19-11 om 13:00."

    moving.shift(timedelta(days=1))
    timeline.posts["recent"] += minutes(NOW + timedelta(hours=2), 100)
    timeline.posts["mentions"].append(post(NOW + timedelta(hours=3, seconds=30), text="@sokkerij nog een klacht"))
    poll(world, fakes, 3)
    assert world.stored(id_of(NOW + timedelta(hours=3, seconds=30))), "also on a day that begins behind"
    assert had + 200 < fakes.count(world.database, mention_table) <= had + 251
    assert source(world, fakes).last_error == f"{said}19-11 om 13:00."

    moving.shift(timedelta(days=1))
    assert poll(world, fakes).paused is None
    assert fakes.count(world.database, mention_table) == 702
    assert source(world, fakes).last_error is None
    assert set(load(source(world, fakes).cursor)) == {"mentions", "search"}
    assert behind(load(source(world, fakes).cursor)) is None
    twice = len(timeline.served) - len(set(timeline.served))
    assert twice <= 10, "only the overlap of five minutes is read again"
    with world.database.read() as unit:
        spent = [each.amount / MILLIONTHS for each in spending.since(unit, "2026-11-20")]
    assert len(spent) == 3
    assert all(each <= 1.26 for each in spent)


def test_what_was_cut_off_stays_behind_until_it_is_read_however_often_that_is_cut_off(
    channel: X, timeline: Timeline
) -> None:
    timeline.posts["recent"] = minutes(NOW - timedelta(hours=10), 100)
    cursor, seen = None, set[str]()
    for _ in range(10):
        pages = channel.poll(cursor, NOW)
        first = next(pages)  # cut off after each page
        seen |= {one.id for one in first.mentions}
        cursor = first.bookmark
        assert cursor is not None
    assert seen == {one["id"] for one in timeline.posts["recent"]}
    assert behind(load(list(channel.poll(cursor, NOW))[-1].cursor)) is None


def test_what_is_left_behind_is_read_before_what_is_new(channel: X, timeline: Timeline) -> None:
    timeline.posts["recent"] = minutes(NOW - timedelta(hours=10), 20)
    cut = next(channel.poll(None, NOW)).bookmark
    assert cut is not None
    assert channel.behind(cut) == NOW - timedelta(hours=24)
    assert isinstance(channel, Resuming)
    timeline.posts["recent"] += minutes(NOW, 5)
    pages = list(channel.poll(cut, NOW + timedelta(hours=1)))
    left, new, last = pages
    assert {one.created_at for one in left.mentions} == {NOW - timedelta(hours=10, minutes=-each) for each in range(10)}
    assert {one.created_at for one in new.mentions} > {NOW + timedelta(minutes=each) for each in range(5)}  # overlap
    assert channel.behind(last.cursor or "") is None
    assert last.gap is None


def rest(since: timedelta, until: timedelta) -> dict[str, Position]:
    def at(ago: timedelta) -> Position:
        return Position(id_of(NOW - ago), NOW - ago)

    here = Position(id_of(NOW), NOW, Rest(at(since), at(until)))
    return {"mentions": at(timedelta(0)), "search": here}


def test_what_x_no_longer_knows_is_a_gap_that_shows(channel: X, timeline: Timeline) -> None:
    since, until = timedelta(days=9), timedelta(days=8)
    (last,) = channel.poll(dump(rest(since, until)), NOW)
    assert last.gap == (NOW - since, NOW - until)
    assert behind(load(last.cursor)) is None


def test_of_what_x_still_knows_a_part_the_rest_is_a_gap(channel: X, timeline: Timeline, platform: Any) -> None:
    since, until = timedelta(days=9), timedelta(days=5)
    timeline.posts["recent"] = [post(NOW - timedelta(days=6)), post(NOW - timedelta(days=4))]
    plain = timeline.answer

    def strict(asked: Any) -> tuple[int, dict[str, Any]]:
        number = asked.query.get("since_id")
        at = None if number is None else wire.moment_of(number)
        if at is not None and at < NOW - timedelta(days=7):
            error = {"parameters": {"since_id": [number]}, "message": "must be a tweet id created after [2026-11-13]"}
            return 400, {"errors": [error], "type": "https://api.x.com/2/problems/invalid-request"}
        return plain(asked)

    platform.answer = strict
    pages: list[Page] = list(channel.poll(dump(rest(since, until)), NOW))
    assert [one.created_at for page in pages for one in page.mentions] == [NOW - timedelta(days=6)]
    assert pages[-1].gap == (NOW - since, NOW - timedelta(days=7) + timedelta(minutes=5))
    assert behind(load(pages[-1].cursor)) is None


def test_a_position_with_a_rest_is_read_as_it_was_written_and_one_without_as_before() -> None:
    kept = rest(timedelta(days=2), timedelta(days=1))
    assert load(dump(kept)) == kept
    assert "rest" not in dump({"search": kept["mentions"]})
    assert load('{"search": {"since_id": "1", "at": "2026-11-20T12:00:00+00:00", "rest": {"since": 3}}}') == {}
