"""Escalate in random orders of taking, answering, handing over, rounds and deaths: nobody missed, none told twice."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from socialwatch.domain import escalation
from socialwatch.domain.agent import Presence, Role
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.escalation import Severity, of_number
from socialwatch.domain.notifier import Notice
from socialwatch.steps import line
from socialwatch.store import cases
from socialwatch.store.tables import agent, job, notification
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import escalation as escalation_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONGEST = 70  # minutes until the alarm of the gravest policy, in rounds of two minutes, and some


class Died(BaseException):
    """The process ends here, between sending and noting."""


@dataclass
class Mouth:
    """A notifier that says everything aloud, and may die with the words just out."""

    kind: str = "log"
    said: list[Notice] = field(default_factory=list)
    dies: bool = False
    deaths: int = 0

    def notify(self, notice: Notice) -> None:
        self.said.append(notice)
        if self.dies:
            self.dies = False
            self.deaths += 1
            raise Died


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("round"), st.integers(0, 8)),
        st.tuples(st.sampled_from(["take", "answer", "react", "hand_over", "die", "lose"]), st.integers(0, 1)),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Play:
    """Two cases, three people, and what happened to them."""

    world: Any
    fakes: Any
    mouth: Mouth
    people: list[Any]
    numbers: list[int]

    @property
    def parts(self) -> Any:
        return replace(self.world.parts, notifiers={"log": self.mouth})

    def work(self) -> None:
        """As a worker does, and as a new one does where it died."""
        while True:
            try:
                corridor.drain(self.parts)
                return
            except Died:
                with self.world.database.write() as unit:  # the lease of the dead one ends
                    unit.run(update(job).where(job.c.state == "leased").values(leased_until=0))

    def do(self, what: str, which: int) -> None:
        number, now = self.numbers[which % 2], self.world.clock.now
        if what == "round":
            self.world.clock.forward(minutes=which)
            line.escalate_all(self.parts)
            self.work()
        elif what == "die":
            self.mouth.dies = True
        elif what == "lose":
            with self.world.database.write() as unit:
                unit.run(delete(job))
        else:
            with self.world.database.write() as unit:
                self._act(unit, what, number, now)

    def _act(self, unit: Any, what: str, number: int, now: datetime) -> None:
        freek, noor, _ = self.people
        match what:
            case "take":
                cases.assign(unit, number, noor.id, now, {"by": noor.id})
            case "hand_over":
                cases.assign(unit, number, freek.id, now, {"by": noor.id})
            case "answer":
                cases.write(unit, number, Line(LineKind.REPLY, now, "public", noor.id))
            case "react":
                cases.write(unit, number, Line(LineKind.MENTION, now, "public"))


def begun(fakes: Any, database: Database) -> Play:
    world = fakes.World(database)
    world.clock.now = MONDAY
    freek, noor = world.colleague(), world.colleague("Noor", presence=Presence.QUIET)
    els = world.colleague("Els", role=Role.LEAD)
    with database.write() as unit:
        unit.run(update(agent).where(agent.c.id == freek.id).values(deputy_id=noor.id))
    made = Play(world, fakes, Mouth(), [freek, noor, els], [])
    world.bring(*(fakes.mention(each, "woedend", created_at=MONDAY) for each in (1, 2)))
    made.work()
    made.numbers = [world.stored(each).case_id for each in (1, 2)]
    return made


def hold(play: Play) -> None:
    """At any moment: whatever is owed has a next step, and no step was told twice but for the deaths."""
    database, now = play.world.database, play.world.clock.now
    rows = play.fakes.rows(database, escalation_table, escalation_table.c.stopped_at.is_(None))
    running = {row["case_id"]: row for row in rows if row["matter"] == "untaken"}
    for case in play.fakes.rows(database, case_table):
        owed = case["state"] in ("new", "open") and case["due_since"] is not None and case["accepted_at"] is None
        assert (case["id"] in running) == owed
        if owed and running[case["id"]]["due_at"] is None:
            assert case["alarm_at"] is not None
        elif owed:
            assert running[case["id"]]["due_at"] > now or case["alarm_at"] is None
        if case["accepted_at"] is not None:
            assert case["alarm_at"] is None
    told = play.fakes.rows(database, notification, notification.c.delivered_at.is_not(None))
    keys = [(row["case_id"], row["agent_id"], row["step"], row["kind"]) for row in told]
    assert len(keys) == len(set(keys))
    single = [each for each in play.mouth.said if "/dossier/" in each.link]
    assert len(single) <= len(told) + play.mouth.deaths
    places = [of_number(row["step"]) for row in told]
    rounds = escalation.PRESET[Severity.GRAVE].rounds
    assert all(place.round < rounds for _, place in places)


@settings(max_examples=60)
@given(deeds=DEEDS)
@pytest.mark.parametrize("how", ["sqlite"])
def test_in_any_order_on_sqlite(
    how: str, deeds: list[tuple[str, int]], fakes: Any, prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("orders") / f"{how}.sqlite"
    shutil.copyfile(prepared_sqlite, file)
    opened = Database(f"sqlite:///{file}")
    try:
        perform(begun(fakes, opened), deeds)
    finally:
        opened.close()


FIXED = [
    [("die", 0), ("round", 5), ("take", 0), ("round", 5), ("react", 0), ("hand_over", 0), ("round", 1), ("round", 8)],
    [("round", 5), ("lose", 0), ("round", 5), ("answer", 1), ("die", 0), ("round", 8), ("react", 1), ("round", 8)],
]


@pytest.mark.parametrize("deeds", FIXED, ids=["a death and a hand-over", "lost jobs and an answer"])
def test_in_a_hard_order_on_both_engines(deeds: list[tuple[str, int]], fakes: Any, database: Database) -> None:
    perform(begun(fakes, database), deeds)


def perform(play: Play, deeds: list[tuple[str, int]]) -> None:
    for what, which in deeds:
        play.do(what, which)
        if what == "round":
            hold(play)
    for _ in range(LONGEST // 2):  # and then nobody does anything any more
        play.do("round", 2)
    hold(play)
    nobody_missed(play)


def nobody_missed(play: Play) -> None:
    """Whatever nobody took stands red by now, and everybody on its ladder heard of it in every round."""
    database = play.world.database
    rows = play.fakes.rows(database, escalation_table, escalation_table.c.stopped_at.is_(None))
    rounds = escalation.PRESET[Severity.GRAVE].rounds
    for row in [each for each in rows if each["matter"] == "untaken"]:
        (case,) = play.fakes.rows(database, case_table, case_table.c.id == row["case_id"])
        assert case["alarm_at"] is not None
        steps = play.fakes.rows(database, notification, notification.c.step // 100 == row["id"])
        assert all(each["delivered_at"] is not None for each in steps)
        assert len({each["step"] for each in steps}) >= 3 * rounds
        assert case["alarm_at"] - MONDAY >= timedelta(minutes=10)
