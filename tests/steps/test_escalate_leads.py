"""What is for a lead: *mag dit?* climbs until somebody answers, and what was done is told once and asks nothing."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.gesture import Gesture, Kind
from socialwatch.domain.mandate import Band
from socialwatch.errors import Unavailable
from socialwatch.steps import give, line
from socialwatch.store.gestures import Draft
from socialwatch.store.tables import agent, notification
from socialwatch.store.tables import escalation as escalation_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Floor:
    """Freek gives, Els leads and can be called in two ways, Noor stands in for her. Nobody else is there."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world, self.fakes, self.clicks = fakes.World(database), fakes, 0
        self.world.clock.now = MONDAY
        self.freek = self.world.colleague()
        self.noor = self.world.colleague("Noor", presence=Presence.AWAY)
        self.els = self.world.colleague("Els", role=Role.LEAD, notify={"log": "Els", "sms": "els-sms"})
        self.sms = fakes.Notifier("sms")
        with database.write() as unit:
            unit.run(update(agent).where(agent.c.id == self.els.id).values(deputy_id=self.noor.id))
        # calm questions: they call nobody by themselves
        self.world.bring(*(fakes.mention(each, "vraag over maat", created_at=MONDAY) for each in range(1, 13)))
        self.work()
        self.cases = [int(self.world.stored(each).case_id) for each in range(1, 13)]

    @property
    def parts(self) -> Any:
        made = self.world.parts
        return replace(made, notifiers=made.notifiers | {"sms": self.fakes.Guard(self.sms)})

    def work(self) -> None:
        corridor.drain(self.parts)

    def give(self, cost: str, case: int = 0, who: Agent | None = None) -> tuple[Gesture, Band]:
        giver, self.clicks = who or self.freek, self.clicks + 1
        draft = Draft(
            giver.brand, self.cases[case], giver.id, Kind.VOUCHER, f"klik-{self.clicks:05}", "", Decimal(cost)
        )
        with self.world.database.write() as unit:
            return give.give(unit, giver, draft, self.world.clock())

    def answer(self, asked: Gesture, reason: str | None) -> None:
        with self.world.database.write() as unit:
            give.answer(unit, self.els, asked.id, reason, self.world.clock())

    def round(self, **span: float) -> None:
        self.world.clock.forward(**span)
        line.escalate_all(self.parts)
        self.work()

    def heard(self) -> list[tuple[str, str]]:
        """(who, how), in order, of what is for a lead."""
        names = {each.id: each.name for each in (self.freek, self.noor, self.els)}
        rows = self.fakes.rows(self.world.database, notification, notification.c.delivered_at.is_not(None))
        return [(names[row["agent_id"]], row["kind"]) for row in sorted(rows, key=lambda row: row["id"])]

    def running(self) -> list[str]:
        rows = self.fakes.rows(self.world.database, escalation_table, escalation_table.c.stopped_at.is_(None))
        return sorted(row["matter"] for row in rows)

    def away(self, *people: Agent) -> None:
        with self.world.database.write() as unit:
            mine = agent.c.id.in_([each.id for each in people])
            unit.run(update(agent).where(mine).values(presence=Presence.AWAY.value))


@pytest.fixture
def floor(database: Database, fakes: Any) -> Floor:
    return Floor(database, fakes)


LADDER = [("Els", "log"), ("Noor", "log"), ("Els", "sms")]


def test_a_question_climbs_from_the_lead_to_the_deputy_to_another_way_and_nobody_hears_a_step_twice(
    floor: Floor,
) -> None:
    _, decided = floor.give("60")
    assert decided is Band.ASK
    for minutes, told in ((0, 1), (14, 1), (1, 2), (14, 2), (1, 3), (60, 3), (600, 3)):
        for _ in range(3):  # rounds come every five seconds
            floor.round()
        floor.round(minutes=minutes)
        assert floor.heard() == LADDER[:told]
    assert floor.running() == ["ask"], "it waits for an answer, in silence"
    assert {each.link for each in (*floor.world.log.told, *floor.sms.told)} == {"http://desk/mag-dit"}


@pytest.mark.parametrize("reason", [None, "bel haar liever even"])
@pytest.mark.parametrize("told", [0, 1, 2])
def test_the_answer_ends_it_wherever_it_stands(floor: Floor, told: int, reason: str | None) -> None:
    asked, _ = floor.give("60")
    for place in range(told):
        floor.round(minutes=15 * min(place, 1))
    floor.answer(asked, reason)
    for _ in range(4):
        floor.round(minutes=20)
    assert floor.heard() == LADDER[:told]
    assert floor.running() == []


def test_a_question_that_lost_its_row_is_found_by_its_state_alone(floor: Floor) -> None:
    floor.give("60")
    with floor.world.database.write() as unit:
        unit.run(delete(escalation_table))
    floor.round()
    floor.round(minutes=15)
    assert floor.heard() == LADDER[:2]


def test_two_questions_are_two_ladders(floor: Floor) -> None:
    first, _ = floor.give("60", 0)
    floor.round()
    floor.give("60", 1)
    floor.round()
    floor.answer(first, None)
    floor.round(minutes=15)
    assert floor.heard() == [("Els", "log"), ("Els", "log"), ("Noor", "log")]


def test_what_was_done_is_told_once_and_asks_nothing(floor: Floor) -> None:
    given, decided = floor.give("20")
    assert decided is Band.REPORT
    floor.work()
    for minutes in (0, 1, 5, 60, 600):
        floor.round(minutes=minutes)
    assert floor.heard() == LADDER[:1]
    assert floor.running() == []
    (notice,) = floor.world.log.told
    assert (notice.title, notice.link) == ("Er is iets gedaan voor een klant", f"http://desk/dossier/{given.case_id}")
    assert notice.text == (
        "Het viel binnen de beslisruimte en is al gedaan, je hoeft er niets mee, Els: geen frustratie, x."
    )


def test_a_storm_of_what_was_done_is_one_message_apart_from_what_is_asked(floor: Floor) -> None:
    others = [floor.world.colleague(f"Collega {each}") for each in range(3)]
    for case in range(9):
        assert floor.give("20", case, others[case % 3])[1] is Band.REPORT
    floor.give("60", 9)
    floor.round()
    told = {each.title: each for each in floor.world.log.told}
    assert set(told) == {"Er is iets gedaan in 9 dossiers", "Een collega vraagt: mag dit?"}
    bundled = told["Er is iets gedaan in 9 dossiers"]
    assert bundled.link == "http://desk/mag-dit"
    assert "Collega" not in bundled.text, "nobody stands in it beside who reads it"
    assert "Freek" not in bundled.text
    floor.round(minutes=10)
    assert len(floor.world.log.told) == 2


def test_a_report_waits_for_a_notifier_that_is_away(floor: Floor) -> None:
    floor.world.log.problems = [Unavailable("even weg")] * 3
    floor.give("20")
    floor.round()
    for _ in range(3):
        floor.round(minutes=20)
        floor.world.hurry()
        floor.work()
    assert floor.heard() == LADDER[:1]
    floor.round(minutes=1)
    assert floor.running() == []


def test_a_lead_hears_neither_of_their_own_question_nor_of_their_own_deed(floor: Floor) -> None:
    wil = floor.world.colleague("Wil", role=Role.LEAD)
    floor.give("20", 0, floor.els)
    floor.give("60", 1, floor.els)
    floor.round()
    rows = floor.fakes.rows(floor.world.database, notification)
    assert Counter(row["agent_id"] for row in rows) == {wil.id: 2}
    floor.round(minutes=45)
    assert floor.els.id not in {row["agent_id"] for row in floor.fakes.rows(floor.world.database, notification)}


def test_at_night_a_lead_who_is_at_work_hears_and_one_who_sleeps_hears_in_the_morning(floor: Floor) -> None:
    night = MONDAY.replace(hour=23)
    floor.world.clock.now = night
    floor.give("20", 0)
    floor.round()
    assert floor.heard() == LADDER[:1]
    floor.away(floor.els)
    floor.give("20", 1)
    floor.give("60", 2)
    for _ in range(7):
        floor.round(hours=1)
    assert floor.heard() == LADDER[:1]
    floor.round(hours=1, minutes=5)  # Tuesday 08:05 in Amsterdam
    assert floor.heard() == LADDER[:1] + [("Els", "log")] * 2


def test_other_matters_go_on_while_something_was_reported(floor: Floor) -> None:
    """One row that a round cannot read would keep everybody else waiting."""
    floor.give("20")
    with floor.world.database.write() as unit:
        row = {"brand": floor.fakes.BRAND, "case_id": floor.cases[3], "matter": "untaken", "subject": 1, "step": 2}
        unit.run(insert(escalation_table).values(row | {"due_at": MONDAY - timedelta(minutes=1)}))
    floor.round()
    told = floor.fakes.rows(floor.world.database, notification, notification.c.case_id == floor.cases[3])
    assert [row["agent_id"] for row in told] == [floor.els.id]
