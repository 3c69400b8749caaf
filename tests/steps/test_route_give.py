"""To whom a case goes, who reads along, which card lies beside it, and what plays no part in it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, update

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.mandate import NO_MANDATE
from socialwatch.domain.mention import Author
from socialwatch.domain.presence import Stretch
from socialwatch.errors import Unavailable
from socialwatch.steps import hand_over, present
from socialwatch.store import care, cases, customers, people
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.tables import notification
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)
DREADED = {"pers": Hazard.PRESS, "jurist": Hazard.LEGAL, "datalek": Hazard.PRIVACY, "gevaar": Hazard.SAFETY}


@pytest.fixture
def world(database: Database, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A model that hears a few more dangers than the usual one."""
    plain = fakes.reading

    def reading(text: str) -> Any:
        found = {hazard: 0.9 for word, hazard in DREADED.items() if word in text}
        return replace(plain(text), hazards=found)

    monkeypatch.setattr(fakes, "reading", reading)
    return fakes.World(database)


def arrive(world: Any, *found: Any) -> list[Any]:
    for each in found:
        world.bring(each)
        corridor.drain(world.parts)
    return [world.stored(each.id, each.channel) for each in found]


def open_case(world: Any, fakes: Any, text: str = "woedend", number: int = 1, **changes: Any) -> int:
    (found,) = arrive(world, fakes.mention(number, text, **changes))
    assert found.case_id is not None
    return int(found.case_id)


def lines(world: Any, case: int, kind: LineKind = LineKind.ASSIGNED) -> list[Line]:
    with world.database.read() as unit:
        return [each for each in cases.lines(unit, case) if each.kind is kind]


def cared(world: Any, case: int) -> care.Care:
    with world.database.read() as unit:
        return care.of(unit, case)


def absent(world: Any, who: Agent, deputy: int | None = None) -> None:
    away = Stretch(world.clock() - timedelta(hours=1), world.clock() + timedelta(days=7), deputy)
    with world.database.write() as unit:
        people.be_absent(unit, who, away)


def test_press_goes_to_the_press_officer(world: Any, fakes: Any) -> None:
    world.colleague()
    officer = world.colleague("Pien", mandate=replace(NO_MANDATE, press=True), role=Role.LEAD)
    case = open_case(world, fakes, "woedend, ik ben van de pers")
    assert world.case(case).owner_id == officer.id
    assert lines(world, case)[0].detail["why"] == "press"


def test_with_a_threat_the_owner_stays_and_the_adviser_hears_of_it_once(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    jet = world.colleague("Jet", mandate=replace(NO_MANDATE, advises=(Hazard.LEGAL,)), role=Role.LEAD)
    case = open_case(world, fakes, "woedend, mijn jurist belt jullie", author=ME)
    again = fakes.mention(2, "woedend, mijn jurist belt morgen", author=ME, created_at=fakes.START + timedelta(hours=1))
    arrive(world, again)
    assert world.case(case).owner_id == freek.id
    assert cared(world, case).adviser_id == jet.id
    assert [each.agent_id for each in lines(world, case, LineKind.ADVISED)] == [jet.id]
    told = [each for each in world.log.told if each.to == "Jet"]
    assert len(told) == 1
    assert "Marieke" not in str(told)
    (row,) = fakes.rows(world.database, notification, notification.c.agent_id == jet.id)
    assert row["delivered_at"] is not None


def test_an_adviser_who_could_not_be_told_is_told_later(world: Any, fakes: Any) -> None:
    jet = world.colleague("Jet", mandate=replace(NO_MANDATE, advises=(Hazard.LEGAL,)), role=Role.BRAND, brand="ander")
    world.colleague("Jan", mandate=replace(NO_MANDATE, advises=(Hazard.LEGAL,)))
    world.log.problems = [Unavailable("even niet")]
    case = open_case(world, fakes, "vraag van mijn jurist")
    assert world.log.told == []
    world.hurry()
    corridor.drain(world.parts)
    assert [each.to for each in world.log.told] == ["Jan"]
    assert cared(world, case).adviser_id != jet.id, "of another brand"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("woedend, dit is gevaar", "safety"),
        ("klacht over een datalek", "privacy"),
        ("klacht, mijn man is overleden", "bereavement"),
        ("klacht", None),
    ],
)
def test_the_card_lies_beside_the_case(world: Any, fakes: Any, text: str, card: str | None) -> None:
    assert cared(world, open_case(world, fakes, text)).protocol == card


def test_a_graver_card_takes_its_place_and_one_put_away_stays_away(world: Any, fakes: Any) -> None:
    case = open_case(world, fakes, "klacht over een datalek", author=ME)
    later = fakes.START + timedelta(hours=1)
    arrive(world, fakes.mention(2, "klacht, dit is gevaar", author=ME, created_at=later))
    assert cared(world, case).protocol == "safety"
    with world.database.write() as unit:
        care.put_away(unit, case)
    arrive(world, fakes.mention(3, "klacht, gevaar", author=ME, created_at=later))
    assert cared(world, case).protocol == "none"


def test_what_it_will_probably_cost_decides_and_is_told(world: Any, fakes: Any) -> None:
    world.colleague("Stagiair", mandate=replace(fakes.ABLE, euros_per_case=Decimal(20), report_above=Decimal(20)))
    noor = world.colleague("Noor")
    world.shop.customers, world.shop.orders = [fakes.customer("k1", "x:marieke")], [fakes.order("SOK-1")]
    with world.database.write() as unit:
        customers.import_customers(unit, world.shop.customers, fakes.START)
        customers.import_orders(unit, world.shop.orders)
    case = open_case(world, fakes, "woedend over mijn sokken", author=ME)
    assert world.case(case).owner_id == noor.id, "12,95 and a courier is more than the other may do"
    told = lines(world, case)[0].detail["likely"]
    assert told == {"euros": "22.95", "ground": "order", "product": "Wollen sokken"}


def test_after_an_earlier_no_somebody_else_looks(world: Any, fakes: Any) -> None:
    freek, noor = world.colleague(), world.colleague("Noor")
    world.shop.customers = [fakes.customer("k1", "x:marieke")]
    first = open_case(world, fakes, "woedend", author=ME)
    giver = world.case(first).owner_id
    later = fakes.START + timedelta(days=5)
    second = open_case(world, fakes, "woedend, alweer afgewezen: slijtage", 2, author=ME, created_at=later)
    third = open_case(world, fakes, "woedend", 3, author=ME, created_at=later + timedelta(days=5))
    assert {giver, world.case(second).owner_id} == {freek.id, noor.id}
    assert cared(world, second).not_again_id == giver
    (line,) = lines(world, second)
    assert line.detail["why"] == "fresh_eyes"
    assert "by" not in line.detail
    assert world.case(third).owner_id == world.case(second).owner_id, "who knows the customer now"


def test_a_fresh_pair_of_eyes_on_request(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    case = open_case(world, fakes)
    noor = world.colleague("Noor")
    with world.database.write() as unit:
        hand_over.refresh(unit, cases.by_id(unit, case), world.clock())
    assert (world.case(case).owner_id, cared(world, case).not_again_id) == (noor.id, freek.id)
    assert lines(world, case)[-1].detail == {"why": "fresh_eyes"}


def test_what_is_new_in_the_case_of_somebody_absent_goes_to_the_deputy(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    case = open_case(world, fakes, author=ME)
    noor, jan = world.colleague("Noor"), world.colleague("Jan")
    absent(world, freek, jan.id)
    arrive(world, fakes.mention(2, "woedend", author=ME, created_at=fakes.START + timedelta(hours=1)))
    assert world.case(case).owner_id == jan.id != noor.id
    assert lines(world, case)[-1].detail == {"why": "deputy", "from": freek.id}


def test_the_owner_who_is_merely_away_keeps_the_case(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    case = open_case(world, fakes, author=ME)
    world.colleague("Noor")
    with world.database.write() as unit:
        hand_over.agents.be(unit, freek.id, Presence.AWAY)
    arrive(world, fakes.mention(2, "woedend", author=ME, created_at=fakes.START + timedelta(hours=1)))
    assert world.case(case).owner_id == freek.id


def test_nothing_new_for_who_has_a_break_or_whose_shift_is_over(world: Any, fakes: Any) -> None:
    world.colleague("Pauze", presence=Presence.BREAK)
    done = world.colleague("Klaar")
    with world.database.write() as unit:
        people.plan(unit, done, [Stretch(world.clock() - timedelta(hours=8), world.clock())])
    assert world.case(open_case(world, fakes)).owner_id is None


def test_how_somebody_works_changes_nothing(world: Any, fakes: Any) -> None:
    """The same desks, one with slow answers and long cases behind it: the same owner. And routing reads no table in
    which that could be seen.
    """
    freek, noor = world.colleague(), world.colleague("Noor")
    asked: list[str] = []
    event.listen(world.database._reader, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with world.database.read() as unit:
        before = hand_over.seats(unit, fakes.BRAND, world.clock())
    assert asked
    assert not any(f"FROM {table}" in each for each in asked for table in ("reply", "line", "thanks", "audit"))
    slow = open_case(world, fakes)
    assert world.case(slow).owner_id == freek.id
    with world.database.write() as unit:
        cases.write(unit, slow, Line(LineKind.REPLY, fakes.START + timedelta(days=9), "public", freek.id))
        cases.write(unit, slow, Line(LineKind.CLOSED, fakes.START + timedelta(days=9), agent_id=freek.id))
        values = {"first_answer_at": fakes.START + timedelta(days=9)}
        unit.run(update(case_table).where(case_table.c.id == slow).values(values))
    with world.database.read() as unit:
        after = hand_over.seats(unit, fakes.BRAND, world.clock())
    plain = [replace(each, last_assigned_at=None, furious_in_a_row=0) for each in after]
    assert plain == before
    assert [each.agent.id for each in after] == [freek.id, noor.id]


def test_a_batch_of_many_asks_for_the_desks_once(world: Any, fakes: Any) -> None:
    for name in ("Freek", "Noor", "Jan", "Els"):
        world.colleague(name)
    world.bring(*(fakes.mention(number, "woedend") for number in range(20)))
    asked: list[str] = []
    event.listen(world.database._writer, "before_cursor_execute", lambda *given: asked.append(given[2]))
    corridor.drain(world.parts)
    assert sum("FROM agent" in each for each in asked) <= 8, "never once per case"
    assert sum("FROM absence" in each for each in asked) <= 4


def test_a_thank_you_that_came_first_does_not_keep_a_case_from_who_comes_in(world: Any, fakes: Any) -> None:
    """As after a merge with a case that ended in thanks."""
    first, second = arrive(world, fakes.mention(1, "klacht", author=ME), fakes.mention(2, "woedend", author=ME))
    assert first.case_id == second.case_id
    with world.database.write() as unit:
        unit.run(update(mention_table).where(mention_table.c.id == first.id).values(state="thanks"))
    freek = world.colleague()
    with world.database.write() as unit:
        present.be(unit, freek, Presence.AVAILABLE, world.clock())
    corridor.drain(world.parts)
    assert world.case(first.case_id).owner_id == freek.id
