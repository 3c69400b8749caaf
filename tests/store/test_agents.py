"""Agents: sessions that end, guesses that run out, loads."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from socialwatch.domain.agent import Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.mandate import Mandate
from socialwatch.store import agents, cases, mentions, people
from socialwatch.store.tables import audit, session, sign_in
from socialwatch.store.unit import Database


def test_an_agent_comes_back_as_they_went_in(database: Database, fakes: Any) -> None:
    world = fakes.World(database)
    mandate = Mandate(Decimal("12.50"), Decimal(50), Decimal("7.25"), ("sokkerij",), ("nl",), (Hazard.SAFETY,))
    who = world.colleague(mandate=mandate, role=Role.LEAD, languages=("nl", "fr"), notify={"mail": "mailto://x"})
    with database.write() as unit:
        assert agents.by_id(unit, who.id) == who
        assert agents.by_email(unit, "FREEK@sokkerij.example") == (who, "hash")
        assert agents.by_email(unit, "niemand@sokkerij.example") is None
        assert agents.by_id(unit, 999) is None
        assert agents.everyone(unit) == agents.everyone(unit, fakes.BRAND) == [who]
        assert agents.everyone(unit, "ander") == []
        assert agents.taken(unit, "ander", "x", "Freek@Sokkerij.example")
        assert agents.taken(unit, fakes.BRAND, "Freek", "x@y")
        assert not agents.taken(unit, "ander", "Freek", "x@y")
        agents.be(unit, who.id, Presence.QUIET)
        found = agents.by_id(unit, who.id)
    assert found is not None
    assert found.presence is Presence.QUIET


def test_a_session_ends_when_idle_when_old_and_when_left(database: Database, fakes: Any) -> None:
    who, now = fakes.World(database).colleague(), fakes.START
    with database.write() as unit:
        secret = agents.sign_on(unit, who, now)
        found = agents.signed_in(unit, secret, now + timedelta(hours=11))
        assert found is not None
        assert found.agent == who
        assert len(found.csrf) >= 32
        assert agents.signed_in(unit, secret, now + agents.IDLE) is None
        assert agents.signed_in(unit, "iets anders", now) is None
        for hours in range(0, 24 * 7, 11):  # kept awake, it still ends after a week
            agents.seen(unit, secret, now + timedelta(hours=hours))
        assert agents.signed_in(unit, secret, now + agents.LONGEST - timedelta(minutes=1)) is not None
        assert agents.signed_in(unit, secret, now + agents.LONGEST) is None
        agents.sign_off(unit, secret)
        assert agents.signed_in(unit, secret, now) is None


def test_the_secret_of_a_session_is_not_in_the_database(database: Database, fakes: Any) -> None:
    who = fakes.World(database).colleague()
    with database.write() as unit:
        secret = agents.sign_on(unit, who, fakes.START)
    assert secret not in str(fakes.rows(database, session))


def test_after_ten_wrong_passwords_one_waits_a_quarter_of_an_hour(database: Database, fakes: Any) -> None:
    with database.write() as unit:
        for _ in range(agents.GUESSES):
            assert agents.may_guess(unit, "freek@sokkerij.example")
            agents.guessed(unit, "freek@sokkerij.example")
        assert not agents.may_guess(unit, "freek@sokkerij.example")
        assert agents.may_guess(unit, "els@sokkerij.example")
        unit.run(update(sign_in).values(at=sign_in.c.at - agents.GUESS_WINDOW))
        assert agents.may_guess(unit, "freek@sokkerij.example")
        agents.guessed(unit, "els@sokkerij.example")
    (left,) = fakes.rows(database, sign_in)  # what is older than the window is forgotten
    assert "els" not in left["who"]


def test_loads_count_open_cases_and_furious_ones_double(database: Database, fakes: Any) -> None:
    world = fakes.World(database)
    freek, els = world.colleague("Freek"), world.colleague("Els")
    world.colleague("Ander", brand="ander")
    for number, (level, kind) in enumerate([(0, None), (3, None), (3, None), (3, LineKind.CLOSED)]):
        (row,) = world.bring(fakes.mention(number))
        at = fakes.START + timedelta(minutes=number)
        with database.write() as unit:
            weight = cases.Weight(1.0, [], 0.5, 0.0, level, True)
            case = cases.open_case(unit, mentions.by_id(unit, [row])[0], "x", weight, "nl")
            cases.assign(unit, case, freek.id, at, {})
            people.assigned(unit, freek.id, at, level)
            if kind:
                cases.write(unit, case, Line(kind, at))
    with database.write() as unit:
        found = {each.agent.name: each for each in people.seats(unit, fakes.BRAND, fakes.START, fakes.START)}
    assert set(found) == {"Freek", "Els"}
    assert (found["Freek"].open_weight, found["Freek"].furious_in_a_row) == (5.0, 3)
    assert found["Freek"].last_assigned_at == fakes.START + timedelta(minutes=3)
    assert (found["Els"].agent, found["Els"].open_weight, found["Els"].last_assigned_at) == (els, 0.0, None)


def test_an_audit_line_holds_who_did_what(database: Database, fakes: Any) -> None:
    who = fakes.World(database).colleague()
    with database.write() as unit:
        agents.note(unit, who, "fetched_back", "mention 7", fakes.START)
    (row,) = fakes.rows(database, audit)
    assert (row["agent_id"], row["what"], row["subject"]) == (who.id, "fetched_back", "mention 7")
