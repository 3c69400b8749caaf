"""Give: inside the mandate at once, above it told, outside it asked with the same click; what is owed costs nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.agent import Role
from socialwatch.domain.gesture import Gesture, GestureState, Kind
from socialwatch.domain.mandate import NO_MANDATE, Band, Hours
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps import give
from socialwatch.store import cases, gestures, people
from socialwatch.store.gestures import Draft
from socialwatch.store.tables import escalation
from socialwatch.store.tables import gesture as gesture_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


class Desk:
    """€ 25 per case, € 100 per day, told above € 15."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world, self.count = fakes.World(database), 0
        self.freek = self.world.colleague()
        self.lead = self.world.colleague("Els", role=Role.LEAD)
        self.world.bring(*(fakes.mention(each, "klacht over mijn sok") for each in range(1, 7)))
        corridor.drain(self.world.parts)
        self.cases = [self.world.stored(each).case_id for each in range(1, 7)]

    def give(self, cost: str, case: int = 0, kind: Kind = Kind.VOUCHER, who: Any = None) -> tuple[Gesture, Band]:
        self.count += 1
        giver = who or self.freek
        draft = Draft(giver.brand, self.cases[case], giver.id, kind, f"klik-{self.count:05}", "", Decimal(cost))
        with self.world.database.write() as unit:
            return give.give(unit, giver, draft, self.world.clock())

    def spent(self, case: int = 0) -> tuple[Decimal, Decimal]:
        with self.world.database.read() as unit:
            since = give.midnight(self.world.clock())
            return gestures.spent(unit, self.freek.id, self.cases[case], since)

    def told(self) -> list[tuple[str, int]]:
        with self.world.database.read() as unit:
            rows = unit.run(select(escalation).where(escalation.c.matter.in_(("ask", "report"))))
            return [(row.matter, row.subject) for row in rows if row.stopped_at is None]

    def answer(self, number: int, reason: str | None) -> None:
        with self.world.database.write() as unit:
            give.answer(unit, self.lead, number, reason, self.world.clock())

    def gesture(self, number: int) -> Gesture:
        with self.world.database.read() as unit:
            return gestures.by_id(unit, number)


@pytest.fixture
def desk(database: Database, fakes: Any) -> Desk:
    return Desk(database, fakes)


def test_the_three_bands_in_one_case(desk: Desk) -> None:
    assert [desk.give(cost)[1] for cost in ("15", "10", "0.01")] == [Band.DO, Band.REPORT, Band.ASK]
    assert desk.spent() == (Decimal(25), Decimal(25))
    assert [matter for matter, _ in desk.told()] == ["report", "ask"]


def test_the_day_has_its_own_room_and_a_new_day_a_new_one(desk: Desk) -> None:
    for case in range(4):
        assert desk.give("25", case)[1] is Band.REPORT
    assert desk.give("1", 4)[1] is Band.ASK
    desk.world.clock.forward(hours=24)
    assert desk.give("1", 5)[1] is Band.DO


def test_what_is_owed_costs_no_room(desk: Desk) -> None:
    for kind in (Kind.REPAIR, Kind.REPLACEMENT, Kind.REFUND, Kind.RETURN_LABEL):
        assert desk.give("400", kind=kind)[1] is Band.DO
    assert desk.spent() == (0, 0)
    assert desk.give("15")[1] is Band.DO


def test_an_exception_is_a_question_whatever_it_costs_and_also_of_what_is_owed(desk: Desk) -> None:
    mandate = replace(desk.freek.mandate, not_gestures=(Kind.VOUCHER, Kind.REFUND))
    but = replace(desk.freek, mandate=mandate)
    assert desk.give("0.01", who=but)[1] is Band.ASK
    assert desk.give("0", kind=Kind.REFUND, who=but)[1] is Band.ASK
    assert desk.give("12", kind=Kind.FLOWERS, who=but)[1] is Band.DO
    assert desk.give("0", kind=Kind.REPAIR, who=but)[1] is Band.DO


def test_outside_the_hours_of_the_mandate_everything_but_thinking_along_is_a_question(desk: Desk) -> None:
    early = replace(desk.freek, mandate=replace(desk.freek.mandate, hours=Hours((6,), time(6), time(10, 30))))
    assert desk.give("10", who=early)[1] is Band.ASK, "a Sunday, 11:00 in Amsterdam"
    assert desk.give("0", kind=Kind.REPAIR, who=early)[1] is Band.ASK
    assert desk.give("0", kind=Kind.THOUGHT, who=early)[1] is Band.DO
    desk.world.clock.forward(minutes=-31)
    assert desk.give("10", who=early)[1] is Band.DO


def test_outside_the_mandate_thinking_along_stays_free(desk: Desk, database: Database) -> None:
    none = desk.world.colleague("Noor", mandate=NO_MANDATE)
    assert desk.give("0", who=none)[1] is Band.ASK
    assert desk.give("0", kind=Kind.REPAIR, who=none)[1] is Band.ASK
    assert desk.give("0", kind=Kind.THOUGHT, who=none)[1] is Band.DO


def test_yes_lets_it_go_out_and_costs_the_agent_nothing(desk: Desk) -> None:
    given, _ = desk.give("60")
    assert given.state is GestureState.ASKED
    corridor.drain(desk.world.parts)
    assert desk.world.carrier.done == []
    desk.answer(given.id, None)
    corridor.drain(desk.world.parts)
    assert (desk.gesture(given.id).state, desk.world.carrier.done) == (GestureState.SENT, [given.key])
    assert desk.told() == []
    assert desk.spent() == (0, 0)


def test_no_has_its_reason_and_only_the_first_word_counts(desk: Desk) -> None:
    given, _ = desk.give("60")
    desk.answer(given.id, "stuur liever nieuwe sokken")
    found = desk.gesture(given.id)
    assert (found.state, found.reason) == (GestureState.DECLINED, "stuur liever nieuwe sokken")
    assert found.decided_by == desk.lead.id
    with pytest.raises(Refused, match="net al over besloten"):
        desk.answer(given.id, None)
    corridor.drain(desk.world.parts)
    assert desk.world.carrier.done == []


def test_a_no_without_a_word_is_still_a_no(desk: Desk) -> None:
    given, _ = desk.give("60")
    desk.answer(given.id, "")
    assert desk.gesture(given.id).state is GestureState.DECLINED


def test_who_reads_along_or_works_elsewhere_gives_nothing(desk: Desk) -> None:
    with pytest.raises(OutsideMandate):
        desk.give("0", who=replace(desk.freek, role=Role.BRAND))
    with pytest.raises(OutsideMandate):
        desk.give("0", who=replace(desk.freek, brand="buren"))


def test_every_step_stands_in_the_case(desk: Desk) -> None:
    given, _ = desk.give("60")
    desk.world.clock.now += timedelta(minutes=1)
    desk.answer(given.id, None)
    with desk.world.database.read() as unit:
        events = [each.detail.get("event") for each in cases.lines(unit, desk.cases[0]) if each.kind == "gesture"]
    assert events == ["asked", "agreed"]


def test_two_clicks_at_once_do_not_both_see_the_same_room(desk: Desk) -> None:
    """Ten threads with one form, and ten with forms of their own: one gesture, and never more than the room."""

    def click(key: str) -> Band:
        draft = Draft(desk.freek.brand, desk.cases[0], desk.freek.id, Kind.VOUCHER, key, "", Decimal(10))
        with desk.world.database.write() as unit:
            return give.give(unit, desk.freek, draft, desk.world.clock())[1]

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(click, ["zelfde-formulier"] * 10)) == {Band.DO}
        bands = list(pool.map(click, [f"formulier-{each:03}" for each in range(10)]))
    assert (bands.count(Band.REPORT), bands.count(Band.ASK)) == (1, 9)
    assert desk.spent() == (Decimal(20), Decimal(20))


def test_what_a_lead_agreed_to_takes_no_room_from_who_asked(desk: Desk, fakes: Any) -> None:
    asked, band = desk.give("90")
    assert band is Band.ASK
    desk.answer(asked.id, None)
    desk.give("20", case=1)
    now = desk.world.clock()
    with desk.world.database.read() as unit:
        seats = people.seats(unit, fakes.BRAND, now, give.midnight(now))
    spent = next(each.spent_today for each in seats if each.agent.id == desk.freek.id)
    assert spent == desk.spent()[1] == Decimal(20)


@pytest.mark.parametrize("verdict", ["again", "myself"])
def test_what_failed_takes_its_room_again_and_that_may_be_gone(desk: Desk, verdict: str) -> None:
    first, _ = desk.give("20")
    with desk.world.database.write() as unit:
        unit.run(update(gesture_table).values(state="failed"))
    desk.give("20")
    failed = desk.gesture(first.id)
    with desk.world.database.write() as unit, pytest.raises(OutsideMandate, match="geen ruimte"):
        give.settle_by_hand(unit, failed, verdict, desk.freek.id, desk.world.clock())
    assert desk.spent()[0] == Decimal(20), "€ 25 per case is all there is"
