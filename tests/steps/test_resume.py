"""Resume: what was put aside comes back by itself when its moment has passed, at once when the customer writes."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.steps import resume
from socialwatch.store import cases, standings
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

HOUR = timedelta(hours=1)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    found = fakes.World(database)
    found.freek = found.colleague()
    found_cases = found.bring(fakes.mention(1, "klacht over mijn sok"), fakes.mention(2, "klacht over mijn trui"))
    corridor.drain(found.parts)
    assert len(found_cases) == 2
    return found


def put_aside(world: Any, number: int, until: Any) -> None:
    detail = {"until": until.isoformat()} if until else {}
    with world.database.write() as unit:
        cases.write(unit, number, Line(LineKind.LATER, world.clock.now, agent_id=world.freek.id, detail=detail))


def ring(world: Any) -> int:
    return resume.run(world.database, world.parts.shops, world.clock())


def told(world: Any, number: int) -> list[tuple[str, dict[str, Any]]]:
    with world.database.read() as unit:
        return [(each.kind.value, each.detail) for each in cases.lines(unit, number)]


def test_it_comes_back_to_its_place_when_its_moment_has_passed(world: Any) -> None:
    number, other = (world.stored(each).case_id for each in (1, 2))
    before = world.case(number)
    until = world.clock.now + HOUR
    put_aside(world, number, until)
    assert (world.case(number).state, world.case(number).later_until) == (State.LATER, until)
    assert ring(world) == 0
    with world.database.read() as unit:
        assert [each.id for each in standings.ranked(unit)] == [other]
    world.clock.forward(hours=1)
    assert ring(world) == 1
    found = world.case(number)
    assert (found.state, found.later_until, found.due_since) == (State.OPEN, None, before.due_since)
    assert told(world, number)[-1] == ("reopened", {"later": until.isoformat()})
    with world.database.read() as unit:
        assert {each.id for each in standings.ranked(unit)} == {number, other}
    assert ring(world) == 0, "once"
    assert [kind for kind, _ in told(world, number)].count("reopened") == 1


def test_a_customer_who_writes_brings_it_back_at_once_and_the_timer_says_nothing_more(world: Any, fakes: Any) -> None:
    number = world.stored(1).case_id
    put_aside(world, number, world.clock.now + HOUR)
    author = fakes.mention(1).author
    world.bring(fakes.mention(3, "nog een klacht over mijn sok", author=author, conversation_id="1", in_reply_to="1"))
    corridor.drain(world.parts)
    assert world.stored(3).case_id == number
    assert (world.case(number).state, world.case(number).later_until) == (State.OPEN, None)
    world.clock.forward(hours=2)
    assert ring(world) == 0
    assert "reopened" not in [kind for kind, _ in told(world, number)]


def test_the_last_word_counts_and_without_a_moment_only_the_customer_brings_it_back(world: Any) -> None:
    number = world.stored(1).case_id
    put_aside(world, number, world.clock.now + HOUR)
    put_aside(world, number, world.clock.now + 3 * HOUR)
    world.clock.forward(hours=2)
    assert ring(world) == 0
    put_aside(world, number, None)
    world.clock.forward(days=30)
    assert ring(world) == 0
    assert world.case(number).state is State.LATER


@pytest.mark.parametrize("kind", [LineKind.CLOSED, LineKind.REPLY, LineKind.REOPENED])
def test_whoever_does_something_else_meanwhile_ends_it(world: Any, kind: LineKind) -> None:
    number = world.stored(1).case_id
    put_aside(world, number, world.clock.now + HOUR)
    with world.database.write() as unit:
        cases.write(unit, number, Line(kind, world.clock.now, agent_id=world.freek.id))
    world.clock.forward(hours=2)
    state = world.case(number).state
    assert (ring(world), world.case(number).state, world.case(number).later_until) == (0, state, None)


def test_another_brand_is_left_alone(world: Any) -> None:
    number = world.stored(1).case_id
    put_aside(world, number, world.clock.now + HOUR)
    world.clock.forward(hours=2)
    assert resume.run(world.database, ["buren"], world.clock()) == 0
    assert world.case(number).state is State.LATER
