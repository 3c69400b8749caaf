"""Follow: what is edited or deleted on the platform changes here, soon where it presses, and inside the budget."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from socialwatch.domain.budget import MILLIONTHS
from socialwatch.domain.case import LineKind
from socialwatch.domain.channel import Looked, Page
from socialwatch.errors import Refused, Unavailable
from socialwatch.steps import follow, line
from socialwatch.store import cases, following, mentions, sources, spending
from socialwatch.store.following import Batch
from socialwatch.store.spending import What
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    found = fakes.World(database)
    found.register("x")
    return found


class Lookup:
    """A platform that remembers what it was asked, and charges for it."""

    def __init__(self, world: Any, dollars: float = 0.0) -> None:
        self.asked: list[list[str]] = []
        self.cost = round(dollars * MILLIONTHS)
        self.now: dict[str, Any] = {}
        self.problem: Exception | None = None
        world.x.lookup = self

    def __call__(self, ids: Sequence[str]) -> Looked:
        self.asked.append(list(ids))
        if self.problem is not None:
            raise self.problem
        there = tuple(self.now[each] for each in ids if self.now.get(each) is not None)
        gone = tuple(each for each in ids if each in self.now and self.now[each] is None)
        return Looked(there, gone, self.cost)


def opened(world: Any, fakes: Any, *words: str) -> None:
    world.bring(*(fakes.mention(number, text) for number, text in enumerate(words, 1)))
    corridor.drain(world.parts)


def test_posts_in_open_cases_are_looked_up_within_hours_and_then_left(world: Any, fakes: Any) -> None:
    opened(world, fakes, "klacht", "prachtig")
    platform = Lookup(world)
    assert line.follow_all(world.parts) == []
    assert platform.asked == []  # received just now
    world.clock.forward(hours=13)
    line.follow_all(world.parts)
    line.follow_all(world.parts)
    assert platform.asked == [["1"]]
    world.clock.forward(hours=13)
    line.follow_all(world.parts)
    assert platform.asked == [["1"], ["1"]]


def test_what_was_on_screen_is_looked_up_too(world: Any, fakes: Any) -> None:
    opened(world, fakes, "prachtig")
    platform = Lookup(world)
    world.clock.forward(hours=13)
    with world.database.write() as unit:
        mentions.shown(unit, [world.stored(1).id], world.clock())
    line.follow_all(world.parts)
    assert platform.asked == [["1"]]


def test_an_edited_post_is_read_again_and_a_deleted_one_is_emptied_and_its_case_says_so(world: Any, fakes: Any) -> None:
    opened(world, fakes, "vraag", "klacht")
    platform = Lookup(world)
    platform.now = {"1": fakes.mention(1, "woedend", version_id="11"), "2": None}
    world.clock.forward(hours=13)
    assert line.follow_all(world.parts) == []
    assert [step for step, _, _ in world.jobs()] == ["assess"]
    corridor.drain(world.parts)
    edited, gone = world.stored(1), world.stored(2)
    assert (edited.mention.text, edited.mention.version_id) == ("woedend", "11")
    assert world.case(edited.case_id).level == 3
    assert (gone.mention.text, gone.gone_at) == ("", world.clock())
    with world.database.read() as unit:
        assert [each.kind for each in cases.lines(unit, gone.case_id)].count(LineKind.GONE) == 1
    world.clock.forward(hours=13)
    line.follow_all(world.parts)
    assert platform.asked[-1] == ["11"]  # by its latest version; what is gone is not asked for again


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Unavailable("X is er even niet."), "X is er even niet."),
        (KeyError("x"), "Onverwachte fout in het kanaal x (KeyError)."),
    ],
    ids=["away", "bug"],
)
def test_a_look_that_fails_changes_nothing_and_comes_again(
    world: Any, fakes: Any, problem: Exception, said: str
) -> None:
    opened(world, fakes, "klacht")
    platform = Lookup(world)
    platform.problem = problem
    world.clock.forward(hours=13)
    assert line.follow_all(world.parts) == [said]
    platform.problem = None
    assert line.follow_all(world.parts) == []
    assert platform.asked == [["1"], ["1"]]


def test_all_other_posts_are_looked_at_by_age(world: Any, fakes: Any) -> None:
    opened(world, fakes, "prachtig")
    platform = Lookup(world)
    asked = []
    for day in range(1, 70):
        world.clock.forward(days=1)
        line.follow_all(world.parts)
        asked += [day] * len(platform.asked)
        platform.asked.clear()
    assert asked[:3] == [3, 6, 37]  # every two days while young, then every thirty
    assert max(later - sooner for sooner, later in pairwise(asked)) <= 31


def test_what_a_look_costs_is_booked_as_follow(world: Any, fakes: Any) -> None:
    opened(world, fakes, "klacht")
    Lookup(world, dollars=0.05)
    world.clock.forward(hours=13)
    line.follow_all(world.parts)
    with world.database.read() as unit:
        ((what, amount),) = [(each.what, each.amount) for each in spending.since(unit, "2026-11-22")]
    assert (what, amount) == (What.FOLLOW, 50_000)


@pytest.mark.parametrize(("spent", "asked"), [(4.0, ["1", "2"]), (5.5, ["1"]), (6.5, [])])
def test_ageing_posts_stay_inside_the_budget_and_pressing_ones_may_go_a_little_over(
    world: Any, fakes: Any, spent: float, asked: list[str]
) -> None:
    opened(world, fakes, "klacht", "prachtig")
    platform = Lookup(world)
    world.clock.forward(days=3)
    with world.database.write() as unit:
        sources.limit(unit, f"{fakes.BRAND}/x", 5 * MILLIONTHS)
        spending.book(unit, f"{fakes.BRAND}/x", What.POLL, round(spent * MILLIONTHS), world.clock())
    line.follow_all(world.parts)
    assert [each for ids in platform.asked for each in ids] == asked


def test_a_halted_source_is_not_asked(world: Any, fakes: Any) -> None:
    opened(world, fakes, "klacht", "prachtig")
    platform = Lookup(world)
    with world.database.write() as unit:
        sources.failed(unit, f"{fakes.BRAND}/x", "geen tegoed", 60.0, halted=True)
    world.clock.forward(days=40)
    assert line.follow_all(world.parts) == []
    assert platform.asked == []


class Died(BaseException):
    """The process ends here."""


class Compliance:
    """A platform with a batch job: `ready` says whether it is done, `gone` what it found."""

    def __init__(self, world: Any) -> None:
        self.handed_in: list[list[str]] = []
        self.jobs: dict[str, str] = {}
        self.dies = False
        self.ready = False
        self.gone: tuple[str, ...] = ()
        self.problem: Exception | None = None
        world.x.begin_compliance = self.begin
        world.x.finish_compliance = self.finish

    def begin(self, ids: Sequence[str], key: str) -> str:
        if key not in self.jobs:
            self.handed_in.append(list(ids))
            self.jobs[key] = f"taak-{len(self.handed_in)}"
        if self.dies:
            raise Died
        return self.jobs[key]

    def finish(self, job: str) -> Looked | None:
        if self.problem is not None:
            raise self.problem
        return Looked((), self.gone, 10_000) if self.ready else None


def test_where_the_platform_tells_in_batch_everything_is_handed_in_once_a_week(
    world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "HANDED_IN", 2)
    opened(world, fakes, "prachtig", "prachtig", "klacht")
    platform, lookup = Compliance(world), Lookup(world)
    line.follow_all(world.parts)
    line.follow_all(world.parts)
    assert platform.handed_in == [["1", "2"]]  # one at a time, and it is still busy
    platform.ready, platform.gone = True, ("2",)
    for _ in range(5):
        line.follow_all(world.parts)
    assert platform.handed_in == [["1", "2"], ["3"]]
    assert world.stored(2).gone_at is not None
    world.clock.forward(days=6)
    world.bring(fakes.mention(4, "prachtig"))
    line.follow_all(world.parts)
    assert len(platform.handed_in) == 2  # what came since waits for the next week
    world.clock.forward(days=1)
    for _ in range(5):
        line.follow_all(world.parts)
    assert platform.handed_in[2:] == [["1", "3"], ["4"]]
    assert [each for ids in lookup.asked for each in ids] == ["3", "3"]  # the open case, and nothing by age
    with world.database.read() as unit:
        assert sum(each.amount for each in spending.since(unit, "2026-11-22") if each.what is What.FOLLOW) == 40_000


def test_a_batch_that_failed_there_is_put_down_with_its_reason(world: Any, fakes: Any) -> None:
    opened(world, fakes, "prachtig")
    platform = Compliance(world)
    line.follow_all(world.parts)
    platform.problem = Unavailable("X is er even niet.")
    assert line.follow_all(world.parts) == ["X is er even niet."]
    platform.problem = Refused("De taak is verlopen.")
    assert line.follow_all(world.parts) == []
    line.follow_all(world.parts)
    assert len(platform.handed_in) == 1
    with world.database.read() as unit:
        (batch,) = following.batches(unit, f"{fakes.BRAND}/x")
    assert batch.finished_at == world.clock()


@pytest.mark.parametrize("days", [0.01, 3, 20])
def test_a_job_of_a_process_that_died_before_it_wrote_down_its_number_is_found_back(
    world: Any, fakes: Any, days: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "HANDED_IN", 2)
    opened(world, fakes, "prachtig", "prachtig", "prachtig")
    platform = Compliance(world)
    platform.ready = True
    for _ in range(2):  # the first job is done; the second is begun there, and nobody knows
        line.follow_all(world.parts)
    platform.dies = True
    with pytest.raises(Died):
        line.follow_all(world.parts)
    platform.dies = False
    assert platform.handed_in == [["1", "2"], ["3"]]
    world.clock.forward(days=days)
    world.bring(fakes.mention(4, "prachtig"))
    line.follow_all(world.parts)
    assert platform.handed_in == [["1", "2"], ["3"]], "handed in once"
    with world.database.read() as unit:
        assert [each.job for each in following.batches(unit, f"{fakes.BRAND}/x")] == ["taak-1", "taak-2"]
    platform.gone = ("3",)
    line.follow_all(world.parts)
    assert world.stored(3).gone_at is not None
    line.follow_all(world.parts)
    assert len(platform.handed_in) == (3 if days >= 7 else 2)  # the next week's round is not kept waiting


def test_a_job_that_could_not_be_begun_is_tried_again_with_the_same_key(world: Any, fakes: Any) -> None:
    opened(world, fakes, "prachtig", "prachtig")
    asked: list[tuple[list[str], str]] = []

    def busy(ids: Sequence[str], key: str) -> str:
        asked.append((list(ids), key))
        raise Unavailable("X is nog bezig.")

    Compliance(world)
    world.x.begin_compliance = busy
    for _ in range(2):
        assert line.follow_all(world.parts) == ["X is nog bezig."]
        world.clock.forward(minutes=5)
    assert asked[0] == asked[1]
    world.poll(Page((), cursor="d", gone=("1", "2")))
    assert line.follow_all(world.parts) == []  # nothing is left to hand in
    with world.database.read() as unit:
        assert following.batches(unit, f"{fakes.BRAND}/x") == []


def test_no_two_sources_share_a_key(fakes: Any) -> None:
    batch = Batch(1, "", fakes.START, 7, None)
    keys = {follow.key_of("sokkerij/x", batch), follow.key_of("andere/x", batch)}
    assert len(keys | {follow.key_of("sokkerij/x", Batch(1, "", fakes.START + timedelta(seconds=1), 7, None))}) == 3


def test_rounds_of_a_week_are_told_apart(fakes: Any) -> None:
    def batch(days: float, up_to: int) -> Batch:
        return Batch(0, "", fakes.START + timedelta(days=days), up_to, None)

    first, more, next_week = batch(0, 10), batch(0.1, 20), batch(8, 30)
    now = fakes.START + timedelta(days=8.5)
    assert follow.this_week([first, more], fakes.START + timedelta(days=1)) == [first, more]
    assert list(follow.this_week([first, more], now)) == []
    assert follow.this_week([first, more, next_week], now) == [next_week]
    assert follow.this_week([first, batch(0.1, 5)], fakes.START + timedelta(days=1)) == [batch(0.1, 5)]
