"""Marks on a case: tags, later, closing with its signs, reopening; on both engines, and never in another brand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.beckoning import Kind
from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.marks import LONGEST, Signs, tidy
from socialwatch.errors import Refused
from socialwatch.store import agents, beckoning, cases, forgetting, marks, tags
from socialwatch.store.beckoning import Call
from socialwatch.store.tables import case
from socialwatch.store.unit import Database, Unit

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
BRAND = "sokkerij"


def somebody(unit: Unit, name: str = "Freek") -> Agent:
    who = Agent(0, BRAND, name, f"{name.lower()}@sokkerij.example", Role.AGENT, Presence.AVAILABLE)
    agents.add(unit, who, "x")
    return next(each for each in agents.everyone(unit) if each.name == name)


def a_case(unit: Unit, title: str = "Marieke · gat in sokken", **changes: Any) -> int:
    given: dict[str, Any] = {"brand": BRAND, "title": title, "channel": "x", "state": "new", "level": 1}
    given |= {"opened_at": NOW, "last_at": NOW, "frustration": 0.2, "risk": 0.1, "needs_human": False}
    given |= {"static": 0.2, "reasons": [], "rank": 0.2, "language": "nl"} | changes
    number = int(unit.run(insert(case).values(given).returning(case.c.id)).scalar_one())
    cases.write(unit, number, Line(LineKind.OPENED, given["opened_at"]))
    return number


def seen(unit: Unit, who: Agent, number: int) -> cases.Case:
    found = cases.seen_by(unit, who, number)
    assert found is not None
    return found


def test_a_tag_is_put_on_once_and_taken_off(database: Database) -> None:
    with database.write() as unit:
        freek, number = somebody(unit), a_case(unit)
        assert tags.put(unit, freek, number, "  #Gat  in SOK ", NOW)
        assert not tags.put(unit, freek, number, "gat in sok", NOW)
        assert tags.put(unit, freek, number, "retour", NOW)
        assert tags.of(unit, freek, [number]) == {number: ("gat in sok", "retour")}
        assert tags.take_off(unit, freek, number, "retour", NOW)
        assert not tags.take_off(unit, freek, number, "retour", NOW)
        assert tags.known(unit, freek.brand) == ["gat in sok"]
        told = [each.detail for each in cases.lines(unit, number) if each.kind is LineKind.TAGGED]
    assert told == [{"tag": "gat in sok"}, {"tag": "retour"}, {"tag": "retour", "off": True}]


def test_another_brand_sees_and_marks_nothing(database: Database) -> None:
    with database.write() as unit:
        freek, number = somebody(unit), a_case(unit)
        stranger = replace(freek, brand="buur")
        tags.put(unit, freek, number, "retour", NOW)
        assert not tags.put(unit, stranger, number, "iets", NOW)
        assert not tags.take_off(unit, stranger, number, "retour", NOW)
        assert not marks.later(unit, stranger, number, None, NOW)
        assert not marks.close(unit, stranger, number, Signs(), NOW)
        assert not marks.reopen(unit, stranger, number, NOW)
        assert (tags.of(unit, stranger, [number]), tags.known(unit, stranger.brand)) == ({}, [])
        assert seen(unit, freek, number).state is State.NEW


def test_closing_keeps_its_signs_until_it_is_work_again(database: Database) -> None:
    with database.write() as unit:
        freek, number = somebody(unit), a_case(unit)
        assert marks.close(unit, freek, number, Signs(problem_gone=True), NOW)
        closed = seen(unit, freek, number)
        assert (closed.state, closed.closed_at) == (State.CLOSED, NOW)
        assert (closed.problem_gone, closed.feels_heard) == (True, None)
        assert not marks.close(unit, freek, number, Signs(), NOW)
        assert marks.close(unit, freek, number, Signs(True, False), NOW + timedelta(minutes=1))
        assert seen(unit, freek, number).feels_heard is False
        assert marks.reopen(unit, freek, number, NOW + timedelta(minutes=2))
        again = seen(unit, freek, number)
        assert (again.state, again.closed_at, again.problem_gone) == (State.OPEN, None, None)
        assert not marks.reopen(unit, freek, number, NOW)


def test_later_holds_until_a_moment_or_until_the_customer_writes(database: Database) -> None:
    with database.write() as unit:
        freek, number = somebody(unit), a_case(unit)
        until = NOW + timedelta(hours=1)
        assert marks.later(unit, freek, number, until, NOW)
        assert (seen(unit, freek, number).state, seen(unit, freek, number).later_until) == (State.LATER, until)
        assert marks.later(unit, freek, number, None, NOW + timedelta(minutes=1))
        assert (seen(unit, freek, number).state, seen(unit, freek, number).later_until) == (State.LATER, None)
        assert marks.reopen(unit, freek, number, NOW + timedelta(minutes=2))
        assert marks.close(unit, freek, number, Signs(), NOW + timedelta(minutes=3))
        assert not marks.later(unit, freek, number, until, NOW + timedelta(minutes=4))


@pytest.mark.parametrize("tag", ["", "  ", "#", "\x00", "a" * (LONGEST + 1)])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(Refused):
        tidy(tag)


def test_a_tag_is_tidied() -> None:
    assert tidy("#Retour\x00pakket\n") == "retour pakket"


def test_who_is_forgotten_leaves_no_tag_and_no_question(database: Database) -> None:
    with database.write() as unit:
        freek, number = somebody(unit), a_case(unit)
        tags.put(unit, freek, number, "marieke belt terug", NOW)
        eva = somebody(unit, "Eva")
        call = Call([eva], Kind.LOOK, "Is dit de Marieke van vorige week?")
        assert beckoning.call(unit, freek, (seen(unit, freek, number), NOW), call) == 1
        forgetting.dossiers(unit, forgetting.whose(unit, number), {number: "Vergeten klant"})
        assert tags.of(unit, freek, [number]) == {}
        assert [each.words for each in beckoning.looks(unit, eva)] == [""]
        assert [each.detail for each in cases.lines(unit, number)] == [{}, {}]
