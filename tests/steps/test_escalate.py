"""Escalate: until somebody takes it, the next one is called; nobody is missed and nobody hears the same step twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from socialwatch.domain import escalation
from socialwatch.domain.agent import Presence, Role
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.escalation import Severity
from socialwatch.domain.timing import Timing
from socialwatch.steps import line
from socialwatch.store import cases, promises
from socialwatch.store.tables import absence, agent, gesture, notification, promise
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import escalation as escalation_table
from socialwatch.store.tables import job as job_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Shift:
    """A world with an owner, a deputy and a lead, in which time goes by in rounds."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.fakes = fakes
        self.world = fakes.World(database)
        self.world.clock.now = MONDAY
        self.timing = Timing()
        self.freek = self.world.colleague()
        self.noor = self.world.colleague("Noor", presence=Presence.AWAY)
        ways = {"log": "Els", "sms": "els-sms"}
        self.els = self.world.colleague("Els", role=Role.LEAD, notify=ways)
        self.sms = fakes.Notifier("sms")
        with database.write() as unit:
            unit.run(update(agent).where(agent.c.id == self.freek.id).values(deputy_id=self.noor.id))

    @property
    def parts(self) -> Any:
        made = self.world.parts
        return replace(made, timing=self.timing, notifiers=made.notifiers | {"sms": self.fakes.Guard(self.sms)})

    def arrive(self, number: str | int = 1, text: str = "woedend") -> int:
        self.world.bring(self.fakes.mention(number, text, created_at=self.world.clock.now))
        corridor.drain(self.parts)
        return int(self.world.stored(number).case_id)

    def round(self, **span: float) -> None:
        """So much later the ticker rings and the work is done."""
        self.world.clock.forward(**span)
        line.escalate_all(self.parts)
        corridor.drain(self.parts)

    def heard(self) -> list[tuple[str, str]]:
        """(who, title) of all that was told, in order; by SMS marked so."""
        rows = self.fakes.rows(self.world.database, notification, notification.c.delivered_at.is_not(None))
        names = {each.id: each.name for each in (self.freek, self.noor, self.els)}
        ordered = sorted(rows, key=lambda row: (row["delivered_at"], row["id"]))
        return [(names[row["agent_id"]], row["kind"]) for row in ordered]

    def write(self, number: int, kind: LineKind, who: Any, **detail: Any) -> None:
        with self.world.database.write() as unit:
            told = Line(kind, self.world.clock.now, agent_id=who.id, detail=detail)
            cases.write(unit, number, told)

    def give(self, number: int, to: Any, by: Any) -> None:
        with self.world.database.write() as unit:
            cases.assign(unit, number, to.id, self.world.clock.now, {"by": by.id})

    def alarm(self, number: int) -> datetime | None:
        found: datetime | None = self.world.case(number).alarm_at
        return found


@pytest.fixture
def shift(database: Database, fakes: Any) -> Shift:
    return Shift(database, fakes)


LADDER = [("Freek", "log"), ("Noor", "log"), ("Els", "log"), ("Els", "sms")]


def test_the_whole_ladder_twice_and_then_a_red_alarm_until_somebody_takes_it(shift: Shift) -> None:
    number = shift.arrive()
    assert shift.heard() == LADDER[:1]
    shift.round(minutes=4)
    assert shift.heard() == LADDER[:1], "five minutes are not over yet"
    for place in (2, 3, 4):
        shift.round(minutes=5)
        assert shift.heard() == LADDER[:place]
    shift.round(minutes=9)
    assert shift.heard() == LADDER
    shift.round(minutes=1)
    for _ in range(3):
        shift.round(minutes=5)
    assert shift.heard() == LADDER * 2
    assert shift.alarm(number) is None
    shift.round(minutes=10)
    assert shift.alarm(number) == shift.world.clock.now
    for _ in range(20):
        shift.round(minutes=10)
    assert shift.heard() == LADDER * 2, "at most so many rounds"
    assert shift.alarm(number) is not None
    shift.give(number, shift.noor, by=shift.noor)
    assert shift.alarm(number) is None
    shift.round(minutes=30)
    assert shift.heard()[:8] == LADDER * 2


@pytest.mark.parametrize("kind", [LineKind.LATER, LineKind.CLOSED, LineKind.OWN_POST])
def test_the_alarm_ends_with_whatever_somebody_does_about_it(shift: Shift, kind: LineKind) -> None:
    number = shift.arrive()
    with shift.world.database.write() as unit:
        unit.run(update(case_table).values(alarm_at=MONDAY))
    shift.write(number, LineKind.NOTE, shift.freek, text="Ik zie het")
    assert shift.alarm(number) == MONDAY, "a note is no answer"
    shift.write(number, kind, shift.freek)
    assert shift.alarm(number) is None


@pytest.mark.parametrize("how", ["takes", "answers", "posts", "closes"])
def test_taking_or_answering_it_stops_the_ladder(shift: Shift, how: str) -> None:
    number = shift.arrive()
    shift.round(minutes=1)
    match how:
        case "takes":
            shift.give(number, shift.freek, by=shift.freek)
        case "answers":
            shift.write(number, LineKind.REPLY, shift.freek)
        case "posts":
            shift.write(number, LineKind.OWN_POST, shift.noor)
        case "closes":
            shift.write(number, LineKind.CLOSED, shift.freek)
    for _ in range(2):
        shift.round(minutes=6)
    assert shift.heard() == LADDER[:1]
    (row,) = shift.fakes.rows(shift.world.database, escalation_table)
    assert (row["stopped_at"], row["due_at"]) == (shift.world.clock.now - timedelta(minutes=6), None)


def test_who_gets_it_handed_over_is_called_and_the_ladder_starts_with_them(shift: Shift) -> None:
    number = shift.arrive()
    shift.round(minutes=3)
    shift.give(number, shift.els, by=shift.freek)
    shift.round(minutes=0)
    assert shift.heard() == [("Freek", "log"), ("Els", "log"), ("Els", "sms")]
    shift.give(number, shift.els, by=shift.els)
    shift.round(minutes=30)
    assert len([who for who, _ in shift.heard() if who == "Noor"]) == 0


def test_the_third_owner_in_a_row_is_called_as_the_first_was(shift: Shift) -> None:
    number = shift.arrive()
    for to in (shift.noor, shift.freek, shift.noor):
        shift.give(number, to, by=shift.els)
        shift.round(minutes=1)
    assert [who for who, _ in shift.heard()] == ["Freek", "Noor", "Freek", "Noor"]


def test_an_absent_owner_is_passed_over_for_who_stands_in(shift: Shift) -> None:
    number = shift.arrive(1, "klacht")
    times = {"starts_at": MONDAY - timedelta(days=1), "ends_at": MONDAY + timedelta(days=1)}
    with shift.world.database.write() as unit:
        row = {"brand": shift.fakes.BRAND, "agent_id": shift.freek.id, "deputy_id": shift.els.id}
        unit.run(insert(absence).values(row | times))
    shift.give(number, shift.freek, by=shift.noor)
    shift.round(minutes=0)
    assert [who for who, _ in shift.heard()] == ["Els", "Els"]


def test_a_case_that_nobody_could_be_found_for_goes_to_the_lead_at_once(shift: Shift) -> None:
    with shift.world.database.write() as unit:
        unit.run(update(agent).values(presence="away"))
    number = shift.arrive()
    assert shift.world.case(number).owner_id is None
    shift.round()
    assert shift.heard() == [("Els", "log")]


def test_without_anybody_to_call_the_alarm_stands_at_once(shift: Shift) -> None:
    with shift.world.database.write() as unit:
        unit.run(update(agent).values(presence="away", role="brand"))
    number = shift.arrive()
    shift.round()
    assert shift.heard() == []
    assert shift.alarm(number) == MONDAY


def test_outside_opening_hours_only_the_gravest_goes_on(shift: Shift) -> None:
    shift.world.clock.now = datetime(2026, 11, 23, 20, 58, tzinfo=UTC)  # two minutes before ten, Amsterdam
    policies = dict(escalation.PRESET) | {Severity.GRAVE: replace(escalation.PRESET[Severity.GRAVE], always=False)}
    shift.timing = Timing(policies=policies)
    shift.arrive()
    shift.round(hours=9)
    assert shift.heard() == LADDER[:1], "closed since ten; three minutes of waiting are left"
    shift.world.clock.now = datetime(2026, 11, 24, 7, 3, tzinfo=UTC)
    shift.round()
    assert shift.heard() == LADDER[:2]


def test_who_is_at_work_hears_at_night_and_who_is_not_in_the_morning(shift: Shift) -> None:
    shift.world.clock.now = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    number = shift.arrive(1, "klacht")
    shift.give(number, shift.noor, by=shift.freek)
    shift.round(minutes=1)
    assert shift.heard() == []
    shift.world.clock.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    shift.round()
    assert shift.heard() == [("Noor", "log")]


def test_a_case_taken_and_then_silent_over_its_norm_nudges_its_owner_then_the_deputy(shift: Shift) -> None:
    number = shift.arrive()
    shift.give(number, shift.freek, by=shift.freek)
    shift.round(minutes=14)
    assert shift.heard() == LADDER[:1]
    shift.round(minutes=1)
    assert shift.heard() == [*LADDER[:1], ("Freek", "log")]
    assert shift.world.log.told[-1].title == "Een klant wacht nog op jou"
    shift.round(minutes=30)
    assert shift.heard()[2:] == [("Noor", "log")]
    for _ in range(5):
        shift.round(hours=1)
    assert len(shift.heard()) == 3
    assert shift.alarm(number) is None
    shift.give(number, shift.els, by=shift.els)
    shift.round(minutes=20)
    assert shift.heard()[3:] == [("Els", "log"), ("Els", "sms")], "the next one who takes it is nudged as well"


def test_a_promise_past_its_moment_nudges_its_owner_unless_it_was_kept(shift: Shift) -> None:
    number, other = shift.arrive(1), shift.arrive(2)
    for each in (number, other):
        shift.write(each, LineKind.REPLY, shift.freek)
        row = {"brand": shift.fakes.BRAND, "case_id": each, "agent_id": shift.freek.id, "what": "morgen in huis"}
        times = {"made_at": MONDAY, "due_at": MONDAY + timedelta(hours=2)}
        shift.fakes.add(shift.world.database, promise, **row, **times)
    shift.round(hours=1)
    before = shift.heard()
    with shift.world.database.write() as unit:
        unit.run(update(promise).where(promise.c.case_id == other).values(kept_at=shift.world.clock.now))
    shift.round(hours=1)
    assert shift.heard()[len(before) :] == [("Freek", "log")]
    shift.round(minutes=29)
    shift.write(number, LineKind.REPLY, shift.freek)
    shift.round(minutes=5)
    assert len(shift.heard()) == len(before) + 1, "speaking to the customer ends it"


def test_a_promise_that_is_put_off_calls_nobody_further_and_its_owner_at_the_new_moment(shift: Shift) -> None:
    number, brand = shift.arrive(), shift.fakes.BRAND
    shift.write(number, LineKind.REPLY, shift.freek)
    hour, heard = timedelta(hours=1), len(shift.heard())
    new = promises.Promise(0, brand, number, shift.freek.id, None, "morgen in huis", MONDAY, MONDAY + hour)
    with shift.world.database.write() as unit:
        made = promises.make(unit, new)
    for wait in (60, 29):  # put off once, and once more
        shift.round(minutes=wait)
        heard += 1
        assert shift.heard()[heard - 1 :] == [("Freek", "log")]
        now = shift.world.clock.now
        with shift.world.database.write() as unit:
            known = promises.of_brand(unit, brand, made)
            assert known is not None
            assert promises.move(unit, known, now + hour, now)
        shift.round(minutes=31)
        assert len(shift.heard()) == heard, "who would stand in is not called about a moment that was put off"


def test_an_absent_lead_is_not_the_one_to_turn_to(shift: Shift) -> None:
    """Who went on holiday without signing out still stands as present."""
    ines = shift.world.colleague("Ines", role=Role.LEAD, presence=Presence.AWAY)
    times = {"starts_at": MONDAY - timedelta(hours=8), "ends_at": MONDAY + timedelta(days=5)}
    shift.fakes.add(shift.world.database, absence, brand=shift.fakes.BRAND, agent_id=shift.els.id, **times)
    shift.arrive()
    for _ in range(3):
        shift.round(minutes=5)
    told = shift.fakes.rows(shift.world.database, notification, notification.c.agent_id == ines.id)
    assert told, "no lead is there, so that every one of them is called"


def test_a_question_to_the_lead_goes_on_to_who_stands_in_for_the_lead(shift: Shift) -> None:
    with shift.world.database.write() as unit:
        unit.run(update(agent).where(agent.c.id == shift.els.id).values(deputy_id=shift.noor.id))
    number = shift.arrive(1, "klacht")
    row = {"brand": shift.fakes.BRAND, "case_id": number, "agent_id": shift.freek.id, "kind": "flowers"}
    shift.fakes.add(shift.world.database, gesture, **row, what="Bloemen", cost_cents=9000, state="asked", at=MONDAY)
    shift.round()
    assert shift.heard() == [("Els", "log")]
    assert "mag dit" in shift.world.log.told[-1].title
    shift.round(minutes=15)
    assert shift.heard()[1:] == [("Noor", "log")]


def test_a_storm_becomes_one_message_with_the_number_and_the_way_to_the_inbox(shift: Shift) -> None:
    numbers = [str(number) for number in range(1, 41)]
    shift.world.bring(*(shift.fakes.mention(each, "woedend", created_at=MONDAY) for each in numbers))
    corridor.drain(shift.parts)
    told = len(shift.world.log.told)
    assert told <= 6
    shift.round(minutes=1)
    shift.world.hurry()
    corridor.drain(shift.parts)
    assert len(shift.heard()) == len(set(map(tuple, _tellings(shift)))) == 40
    assert len(shift.world.log.told) <= 8
    bundles = [each for each in shift.world.log.told if "dossiers wachten op jou" in each.title]
    assert bundles
    assert all(each.link == "http://desk/inbox" for each in bundles)


def _tellings(shift: Shift) -> list[list[Any]]:
    rows = shift.fakes.rows(shift.world.database, notification, notification.c.delivered_at.is_not(None))
    return [[row[name] for name in ("case_id", "agent_id", "step", "kind")] for row in rows]


def test_a_job_that_was_lost_is_found_by_the_next_round(shift: Shift) -> None:
    shift.world.bring(shift.fakes.mention(1, "woedend", created_at=MONDAY))
    while corridor.forward(shift.parts, ("assess", "identify", "route", "notify"), corridor.Keeper(shift.parts)):
        pass
    with shift.world.database.write() as unit:
        unit.run(delete(job_table))
    shift.round(minutes=1)
    assert shift.heard() == LADDER[:1]


def test_what_was_taken_while_the_message_waited_is_not_told_any_more(shift: Shift) -> None:
    number = shift.arrive()
    shift.world.clock.forward(minutes=5)
    line.escalate_all(shift.parts)
    shift.give(number, shift.freek, by=shift.freek)
    line.escalate_all(shift.parts)
    corridor.drain(shift.parts)
    assert shift.heard() == LADDER[:1]
    assert shift.fakes.rows(shift.world.database, case_table)[0]["accepted_at"] == shift.world.clock.now
