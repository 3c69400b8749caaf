"""Notifications once per case, person, step and kind; events by id; links with their history."""

from dataclasses import replace
from typing import Any

from sqlalchemy import update

from socialwatch.domain.identity import Basis, candidate
from socialwatch.store import cases, events, identities, mentions, notifications
from socialwatch.store.identities import Spoken
from socialwatch.store.tables import event, identity, notification
from socialwatch.store.unit import Database


def test_what_was_delivered_is_not_attempted_again_and_what_failed_is(database: Database, fakes: Any) -> None:
    world = fakes.World(database)
    (row,) = world.bring(fakes.mention(1))
    with database.write() as unit:
        weight = cases.Weight(1.0, [], 0.5, 0.0, 3, True)
        case = cases.open_case(unit, mentions.by_id(unit, [row])[0], "x", weight, "nl")
    log = notifications.Telling(fakes.BRAND, case, world.colleague().id, 1, "log")
    mail = replace(log, kind="mail")
    now = fakes.START
    with database.write() as unit:
        notifications.put(unit, [log], now)
        (found,) = notifications.attempt(unit, [log.agent_id], now)
        assert (found.telling, found.level) == (log, 3)
        notifications.failed(unit, [found.number], "z" * 900, again=True)
        notifications.put(unit, [log], now)
        assert notifications.attempt(unit, [log.agent_id], now) == [found]
        assert notifications.count(unit) == 0
        notifications.delivered(unit, [found.number], now)
        notifications.put(unit, [log, mail], now)
        (other,) = notifications.attempt(unit, [log.agent_id], now)
        assert other.telling == mail
        assert notifications.waiting(unit) == {log.agent_id: fakes.BRAND}
        notifications.failed(unit, [other.number], "nooit", again=False)
        notifications.put(unit, [log, mail], now)
        assert notifications.waiting(unit) == {}
        assert notifications.count(unit) == 1
    assert {each["reason"] for each in fakes.rows(database, notification)} == {None, "nooit"}


def test_events_come_oldest_first_and_are_forgotten_after_an_hour(database: Database) -> None:
    with database.write() as unit:
        assert events.latest(unit) == 0
        for number in (5, 3):
            events.tell(unit, "merk", "case", number)
        events.tell(unit, "merk", "source", None)
        found = events.after(unit, 0)
        assert [(each.kind, each.subject) for each in found] == [("case", 5), ("case", 3), ("source", None)]
        assert events.latest(unit) == found[-1].id
        assert events.after(unit, found[0].id, limit=1) == [found[1]]
        events.sweep(unit)
        assert len(events.after(unit, 0)) == 3
        unit.run(update(event).where(event.c.id == found[0].id).values(at=0))
        events.sweep(unit)
        assert events.after(unit, 0) == found[1:]
        unit.run(update(event).values(at=0))
        events.sweep(unit)
        assert events.after(unit, 0) == found[-1:]  # so that no number is given out twice


def test_a_link_that_is_said_anew_stays_as_history(database: Database, fakes: Any) -> None:
    world = fakes.World(database)
    (row,) = world.bring(fakes.mention(1))
    found = world.stored(1)
    for customer, basis in (("k1", Basis.ORDER_NUMBER), ("k2", Basis.EMAIL)):
        with database.write() as unit:
            said = identities.Said(found, [candidate(fakes.customer(customer), basis)], offered=False)
            identities.record(unit, [said], fakes.START)
    history = [(each["customer_id"], each["basis"], each["undone_at"]) for each in fakes.rows(database, identity)]
    assert history == [("k1", "order_number", fakes.START), ("k2", "email", None)]
    freek = world.colleague()
    with database.write() as unit:
        assert identities.spoken(unit, [found]) == {row: Spoken()}  # the machine's word is no confirmation
        unit.run(update(identity).where(identity.c.customer_id == "k2").values(confirmed_by=freek.id))
        assert identities.spoken(unit, [found]) == {row: Spoken(("k2",), here="k2")}
        identities.record(unit, [identities.Said(found, [], offered=True)], fakes.START)
        assert identities.spoken(unit, [found])[row].here == "k2"  # what an agent said is not undone by the machine
    assert row == found.id
