"""Cases: state, clock and rank follow from the lines, and only the brand's own people see them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.store import cases, events, mentions, standings
from socialwatch.store.cases import Weight
from socialwatch.store.unit import Database

MILD = Weight(10.0, [], 0.3, 0.0, 1, False)
HEAVY = Weight(60.0, [{"ground": "frustration", "points": 30.0}], 0.9, 0.5, 3, True)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def opened(world: Any, fakes: Any, number: int, weight: Weight = MILD, **changes: Any) -> int:
    (row,) = world.bring(fakes.mention(number, **changes))
    with world.database.write() as unit:
        return cases.open_case(unit, mentions.by_id(unit, [row])[0], "Marieke · gat in sok", weight, "nl")


def write(world: Any, number: int, kind: LineKind, at: Any, **more: Any) -> None:
    with world.database.write() as unit:
        cases.write(unit, number, Line(kind, at, **more))


def test_a_new_case_holds_its_first_mention_and_the_clock_runs(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    found = world.case(number)
    assert (found.state, found.due_since, found.owner_id, found.title) == (
        State.NEW,
        fakes.START,
        None,
        "Marieke · gat in sok",
    )
    with world.database.read() as unit:
        assert [each.kind for each in cases.lines(unit, number)] == [LineKind.OPENED, LineKind.MENTION]
        (held,) = cases.mentions(unit, [number])[number]
    assert (held.state, held.case_id) == ("joined", number)


def test_state_and_clock_follow_from_the_lines(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    at = fakes.START
    steps = [
        (LineKind.ASSIGNED, State.OPEN, fakes.START),
        (LineKind.REPLY, State.WAITING, None),
        (LineKind.NOTE, State.WAITING, None),
        (LineKind.MENTION, State.OPEN, fakes.START + timedelta(hours=4)),
        (LineKind.LATER, State.LATER, fakes.START + timedelta(hours=4)),
        (LineKind.OWN_POST, State.WAITING, None),
        (LineKind.CLOSED, State.CLOSED, None),
        (LineKind.THANKS, State.CLOSED, None),
        (LineKind.MENTION, State.OPEN, fakes.START + timedelta(hours=9)),
    ]
    for kind, state, since in steps:
        at += timedelta(hours=1)
        write(world, number, kind, at)
        found = world.case(number)
        assert (kind, found.state, found.due_since) == (kind, state, since)
    assert found.first_answer_at == fakes.START + timedelta(hours=2)
    assert found.last_at == at


def test_a_line_that_arrives_late_takes_its_place_by_its_moment(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    write(world, number, LineKind.REPLY, fakes.START + timedelta(hours=2))
    write(world, number, LineKind.MENTION, fakes.START + timedelta(hours=1))
    assert world.case(number).state is State.WAITING


def test_the_inbox_is_ranked_heaviest_first_and_closed_cases_are_not_in_it(world: Any, fakes: Any) -> None:
    mild, heavy, done = (opened(world, fakes, place, each) for place, each in enumerate((MILD, HEAVY, HEAVY)))
    write(world, done, LineKind.CLOSED, fakes.START + timedelta(hours=1))
    with world.database.read() as unit:
        assert [each.id for each in standings.ranked(unit)] == [heavy, mild]
        assert [each.id for each in standings.ranked(unit, fakes.BRAND, limit=1)] == [heavy]
        assert standings.ranked(unit, "ander") == []
        assert standings.count(unit) == standings.count(unit, fakes.BRAND) == 3


def test_who_waits_long_rises_above_what_is_heavier_and_new(world: Any, fakes: Any) -> None:
    old = opened(world, fakes, 1, MILD, created_at=fakes.START - timedelta(days=3))
    opened(world, fakes, 2, HEAVY)
    with world.database.read() as unit:
        assert standings.ranked(unit)[0].id == old


def test_only_colleagues_of_the_brand_see_a_case(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    freek = world.colleague()
    with world.database.read() as unit:
        assert cases.seen_by(unit, freek, number) == world.case(number)
        assert cases.seen_by(unit, replace(freek, brand="ander"), number) is None
        assert cases.seen_by(unit, freek, number + 1) is None
        assert unit.run(cases.visible_to(replace(freek, brand="ander"))).all() == []


def test_a_customer_once_linked_stays_and_a_missing_one_is_filled_in(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    for place, customer in ((2, "k1"), (3, "k2")):
        (row,) = world.bring(fakes.mention(place))
        with world.database.write() as unit:
            mentions.link(unit, row, customer)
            cases.join(unit, number, mentions.by_id(unit, [row])[0])
        assert world.case(number).customer_id == "k1"


def test_weighing_anew_changes_the_rank(world: Any, fakes: Any) -> None:
    first, second = opened(world, fakes, 1), opened(world, fakes, 2)
    with world.database.write() as unit:
        cases.weigh(unit, second, HEAVY)
    with world.database.read() as unit:
        assert [each.id for each in standings.ranked(unit)] == [second, first]
    assert world.case(second).reasons == HEAVY.reasons


def test_an_owner_is_written_down_with_the_why(world: Any, fakes: Any) -> None:
    number, freek = opened(world, fakes, 1), world.colleague()
    with world.database.write() as unit:
        cases.assign(unit, number, freek.id, fakes.START, {"why": "lightest_load", "uncovered": False})
        last = cases.lines(unit, number)[-1]
    assert (last.kind, last.agent_id, last.detail["why"]) == (LineKind.ASSIGNED, freek.id, "lightest_load")
    assert (world.case(number).owner_id, world.case(number).state) == (freek.id, State.OPEN)


def test_who_helped_last_is_known(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    number = opened(world, fakes, 1)
    with world.database.write() as unit:
        assert standings.previous_owner(unit, fakes.BRAND, "k1") is None
        assert standings.previous_owner(unit, fakes.BRAND, None) is None
        row = world.stored(1).id
        mentions.link(unit, row, "k1")
        cases.join(unit, number, mentions.by_id(unit, [row])[0])
        cases.assign(unit, number, freek.id, fakes.START, {})
    with world.database.read() as unit:
        assert standings.previous_owner(unit, fakes.BRAND, "k1") == freek.id


def test_every_change_tells_the_open_pages(world: Any, fakes: Any) -> None:
    number = opened(world, fakes, 1)
    with world.database.write() as unit:
        before = events.latest(unit)
        cases.write(unit, number, Line(LineKind.NOTE, fakes.START))
    with world.database.read() as unit:
        told = events.after(unit, before)
    assert [(each.brand, each.kind, each.subject) for each in told] == [(fakes.BRAND, "case", number)]
