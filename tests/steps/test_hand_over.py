"""A case in other hands, and a day that ends."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.agent import Presence, Role
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.presence import Stretch
from socialwatch.errors import Refused
from socialwatch.steps import hand_over, line, present
from socialwatch.steps.hand_over import Handing
from socialwatch.store import agents, cases, handing, people
from socialwatch.store.tables import absence, shift
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def open_case(world: Any, fakes: Any, number: int = 1, text: str = "woedend") -> int:
    world.bring(fakes.mention(number, text))
    corridor.drain(world.parts)
    return int(world.stored(number).case_id)


def presence(world: Any, number: int) -> Presence:
    with world.database.read() as unit:
        found = agents.by_id(unit, number)
    assert found is not None
    return found.presence


def test_the_whole_packet_goes_along_with_a_word(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    case, noor = open_case(world, fakes), world.colleague("Noor")
    with world.database.write() as unit:
        known = cases.by_id(unit, case)
        hand_over.give(unit, known, freek, Handing(noor.id, " Bel haar voor vijf uur. "), world.clock())
    corridor.drain(world.parts)
    with world.database.read() as unit:
        last = cases.lines(unit, case)[-1]
    assert (last.kind, last.audience, last.agent_id) == (LineKind.ASSIGNED, "team", noor.id)
    assert last.detail == {"by": freek.id, "from": freek.id, "note": "Bel haar voor vijf uur."}
    assert world.case(case).owner_id == noor.id
    assert [each.to for each in world.log.told] == ["Freek", "Noor"]


@pytest.mark.parametrize("changes", [{"brand": "ander"}, {"role": Role.BRAND}])
def test_only_a_colleague_who_answers_can_have_it(world: Any, fakes: Any, changes: dict[str, Any]) -> None:
    freek, other = world.colleague(), world.colleague("Ander", **changes)
    case = open_case(world, fakes)
    with world.database.write() as unit, pytest.raises(Refused):
        hand_over.give(unit, cases.by_id(unit, case), freek, Handing(other.id), world.clock())
    with world.database.write() as unit, pytest.raises(Refused):
        hand_over.refresh(unit, cases.by_id(unit, case), world.clock())
    assert world.case(case).owner_id == freek.id


def test_suggestions_spread_what_we_are_due_in_and_leave_what_waits(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    numbers = [open_case(world, fakes, each) for each in range(5)]
    noor, jan = world.colleague("Noor"), world.colleague("Jan")
    world.colleague("Pauze", presence=Presence.BREAK)
    with world.database.write() as unit:
        cases.write(unit, numbers[0], Line(LineKind.REPLY, fakes.START + timedelta(hours=1), "public", freek.id))
    with world.database.read() as unit:
        mine, total = handing.mine(unit, freek)
        found = hand_over.suggest(unit, freek, mine, world.clock())
    assert total == 5
    assert mine[-1].id == numbers[0], "where the customer is due comes last"
    assert sorted(found.values()) == sorted([noor.id, jan.id] * 2)
    assert set(found) == set(numbers[1:])


def test_presence_ends_with_the_shift_and_the_shift_is_forgotten(world: Any, fakes: Any) -> None:
    freek, noor = world.colleague(), world.colleague("Noor")
    now = world.clock()
    with world.database.write() as unit:
        people.plan(unit, freek, [Stretch(now - timedelta(hours=8), now + timedelta(hours=1))] * 2)
        people.plan(unit, noor, [Stretch(now - timedelta(hours=8), now + timedelta(hours=9))])
    assert line.end_shifts(world.parts) == 0
    assert fakes.count(world.database, shift) == 2
    world.clock.forward(hours=1)
    assert line.end_shifts(world.parts) == 1
    assert (presence(world, freek.id), presence(world, noor.id)) == (Presence.AWAY, Presence.AVAILABLE)
    assert [each["agent_id"] for each in fakes.rows(world.database, shift)] == [noor.id]
    assert line.end_shifts(world.parts) == 0


def test_who_stays_longer_is_here_again_by_saying_so(world: Any, fakes: Any) -> None:
    freek, now = world.colleague(), world.clock()
    with world.database.write() as unit:
        people.plan(unit, freek, [Stretch(now - timedelta(hours=8), now)])
        assert people.seats(unit, fakes.BRAND, now, now)[0].agent.presence is Presence.AWAY
        present.be(unit, freek, Presence.QUIET, now)
        assert people.seats(unit, fakes.BRAND, now, now)[0].agent.presence is Presence.QUIET
    assert line.end_shifts(world.parts) == 0
    assert presence(world, freek.id) is Presence.QUIET


def test_looking_in_during_an_absence_is_not_being_back(world: Any, fakes: Any) -> None:
    freek, now = world.colleague(presence=Presence.AWAY), world.clock()
    with world.database.write() as unit:
        people.be_absent(unit, freek, Stretch(now - timedelta(days=1), now + timedelta(days=1)))
        present.arrive(unit, freek, now)
    assert presence(world, freek.id) is Presence.AWAY
    with world.database.write() as unit:
        present.be(unit, freek, Presence.AVAILABLE, now)
    assert presence(world, freek.id) is Presence.AVAILABLE
    assert fakes.count(world.database, absence) == 0


def test_who_comes_back_from_a_break_gets_what_waited(world: Any, fakes: Any) -> None:
    freek = world.colleague(presence=Presence.BREAK)
    case = open_case(world, fakes)
    assert world.case(case).owner_id is None
    with world.database.write() as unit:
        present.be(unit, freek, Presence.AVAILABLE, world.clock())
    corridor.drain(world.parts)
    assert world.case(case).owner_id == freek.id
