"""Perform: wherever a worker dies or an answer stays away, a gesture is carried out at most once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.agent import Role
from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.gesture import LOOKS_BEFORE_HUMAN, Gesture, GestureState, Kind
from socialwatch.errors import Halted, Refused, Unanswered, Unavailable
from socialwatch.steps import give, line, perform
from socialwatch.store import cases, gestures, queue
from socialwatch.store.gestures import Draft
from socialwatch.store.tables import gesture as gesture_table
from socialwatch.store.tables import job
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


class Desk:
    """A world with one complaint and an agent who does something about it."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world = fakes.World(database)
        self.freek = self.world.colleague()
        self.world.bring(fakes.mention(1, "klacht over mijn sok"))
        self.drain()
        self.case = self.world.stored(1).case_id

    def drain(self) -> None:
        corridor.drain(self.world.parts)

    def give(self, key: str = "klik-0001", **changes: Any) -> Gesture:
        draft = Draft(self.freek.brand, self.case, self.freek.id, Kind.REPLACEMENT, key, "", Decimal("12.95"))
        with self.world.database.write() as unit:
            return give.give(unit, self.freek, replace(draft, **changes), self.world.clock())[0]

    def gesture(self) -> Gesture:
        with self.world.database.read() as unit:
            return gestures.of_row(unit.run(gesture_table.select()).one())

    def jobs(self) -> int:
        return len([each for each in self.world.jobs() if each[0] == "perform"])

    def die_after(self, stage: str) -> None:
        """Walk up to a point and lose the worker there; its lease and its deadline run out."""
        held = line.claim(self.world.parts, "perform")
        assert held is not None
        if stage != "claim":
            with self.world.database.write() as unit:
                errands = perform.begin(unit, held)
            if stage == "done":
                perform.ask(errands, self.world.parts.carriers)
        with self.world.database.write() as unit:
            unit.run(update(job).where(job.c.step == "perform").values(leased_until=0))
            unit.run(update(gesture_table).values(deadline=0))

    @property
    def done(self) -> list[str]:
        return list(self.world.carrier.done)


@pytest.fixture
def desk(database: Database, fakes: Any) -> Desk:
    return Desk(database, fakes)


def test_it_is_carried_out_once_however_often_it_is_clicked(desk: Desk) -> None:
    assert desk.give().id == desk.give().id
    assert desk.done == []  # a click asks nothing of the outside
    desk.drain()
    desk.give()
    desk.drain()
    found = desk.gesture()
    assert (found.state, found.platform_id, found.carrier) == (GestureState.SENT, "w1", "winkel")
    assert (desk.done, desk.jobs()) == (["klik-0001"], 0)


def test_what_nobody_carries_out_is_done_when_it_is_given(desk: Desk) -> None:
    desk.world.carrier.kinds = frozenset({"refund"})
    desk.give()
    desk.drain()
    assert (desk.gesture().state, desk.gesture().carrier, desk.done) == (GestureState.DONE, None, [])


def test_to_think_along_needs_nobody_at_all(desk: Desk) -> None:
    assert desk.give(kind=Kind.THOUGHT, cost=Decimal(0)).state is GestureState.DONE
    assert desk.jobs() == 0


def test_refused_is_failed_and_tried_again_only_by_hand(desk: Desk) -> None:
    desk.world.carrier.answers = [Refused("De winkel kent deze bestelling niet.")]
    given = desk.give()
    for _ in range(3):
        desk.drain()
        desk.world.hurry()
    assert (desk.gesture().state, desk.gesture().reason) == (
        GestureState.FAILED,
        "De winkel kent deze bestelling niet.",
    )
    with desk.world.database.write() as unit:
        give.settle_by_hand(unit, gestures.by_id(unit, given.id), "again", desk.freek.id, desk.world.clock())
    desk.drain()
    assert (desk.gesture().state, desk.done) == (GestureState.SENT, ["klik-0001"])


def test_unavailable_is_tried_again_until_it_is_done(desk: Desk) -> None:
    desk.world.carrier.answers = [Unavailable("De winkel is er even niet.") for _ in range(4)]
    desk.give()
    for _ in range(4):
        desk.drain()
        assert desk.gesture().state is GestureState.PREPARED
        desk.world.hurry()
    desk.drain()
    assert (desk.gesture().state, desk.done) == (GestureState.SENT, ["klik-0001"])


@pytest.mark.parametrize("done", [True, False])
def test_no_answer_is_looked_for_and_never_repeated(desk: Desk, done: bool) -> None:
    desk.world.carrier.answers = [("done", Unanswered("?")) if done else Unanswered("?")]
    desk.give()
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert desk.gesture().state is (GestureState.SENT if done else GestureState.UNKNOWN)
    assert desk.done == (["klik-0001"] if done else [])
    assert desk.world.carrier.looks == (1 if done else LOOKS_BEFORE_HUMAN)
    assert desk.jobs() == 0


def test_what_cannot_be_looked_for_goes_to_a_human_at_once(desk: Desk) -> None:
    desk.world.carrier.answers = [Unanswered("?")]

    def locked(_: Gesture) -> None:
        raise Halted("De sleutel van de winkel is ingetrokken.")

    desk.world.carrier.find = locked
    desk.give()
    desk.drain()
    desk.world.hurry()
    desk.drain()
    assert (desk.gesture().state, desk.jobs()) == (GestureState.UNKNOWN, 0)


@pytest.mark.parametrize(("stage", "times"), [("claim", 1), ("marked", 0), ("done", 1)])
@pytest.mark.parametrize("sweeps_first", [True, False])
def test_a_worker_dies_at_every_point(desk: Desk, stage: str, times: int, sweeps_first: bool) -> None:
    desk.give()
    desk.die_after(stage)
    if sweeps_first:
        corridor.sweep(desk.world.parts)
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert len(desk.done) == times
    assert desk.gesture().state is (GestureState.SENT if times else GestureState.UNKNOWN)
    assert desk.jobs() == 0


def test_a_slow_answer_after_the_deadline_still_counts(desk: Desk) -> None:
    desk.give()
    held = line.claim(desk.world.parts, "perform")
    assert held is not None
    with desk.world.database.write() as unit:
        errands = perform.begin(unit, held)
    with desk.world.database.write() as unit:
        unit.run(update(gesture_table).values(deadline=0))
        assert perform.overdue(unit) == 1
    outcomes = perform.ask(errands, desk.world.parts.carriers)
    with desk.world.database.write() as unit:
        queue.ack(unit, held)
        perform.write(unit, outcomes, desk.world.clock())
    assert (desk.gesture().state, desk.done) == (GestureState.SENT, ["klik-0001"])


@pytest.mark.parametrize(("verdict", "state"), [("there", GestureState.SENT), ("not", GestureState.FAILED)])
def test_a_human_decides_what_stays_unknown(desk: Desk, verdict: str, state: GestureState) -> None:
    desk.world.carrier.answers = [Unanswered("?")]
    given = desk.give()
    for _ in range(LOOKS_BEFORE_HUMAN + 1):
        desk.drain()
        desk.world.hurry()
    with desk.world.database.write() as unit:
        give.settle_by_hand(unit, gestures.by_id(unit, given.id), verdict, desk.freek.id, desk.world.clock())
    assert desk.gesture().state is state
    with desk.world.database.write() as unit, pytest.raises(Refused):
        give.settle_by_hand(unit, gestures.by_id(unit, given.id), "there", desk.freek.id, desk.world.clock())


@pytest.mark.parametrize("stage", ["done at once", "done"])
def test_the_address_at_the_order_system_stands_in_the_case_once(desk: Desk, stage: str) -> None:
    """Also when its worker died with the answer and a later look found what was made."""
    desk.world.carrier.url = "https://winkel.example/admin/orders/9"
    given = desk.give()
    if stage == "done":
        desk.die_after(stage)
        with desk.world.database.write() as unit:
            perform.overdue(unit)
    for _ in range(3):
        desk.world.hurry()
        desk.drain()
    assert (desk.gesture().state, len(desk.done)) == (GestureState.SENT, 1)
    with desk.world.database.read() as unit:
        told = [each.detail for each in cases.lines(unit, desk.case or 0) if each.detail.get("event") == "carried"]
    assert [(each["gesture"], each["carrier"], each["url"]) for each in told] == [
        (given.id, "winkel", "https://winkel.example/admin/orders/9")
    ]


def test_without_an_address_nothing_is_said_of_one(desk: Desk) -> None:
    desk.give()
    desk.drain()
    with desk.world.database.read() as unit:
        assert [each for each in cases.lines(unit, desk.case or 0) if each.detail.get("event") == "carried"] == []


def test_of_two_receivers_of_one_kind_whoever_began_goes_on(desk: Desk, fakes: Any) -> None:
    """A brand may have two webhooks: what the books were asked must not go to the warehouse at the next attempt."""
    warehouse = fakes.Carrier(kind="webhook", kinds=frozenset({"replacement"}))
    books = fakes.Carrier(kind="webhook", kinds=frozenset({"refund"}), answers=[Unavailable("straks"), Unanswered("?")])
    parts = replace(desk.world.parts, carriers={fakes.BRAND: [warehouse, books]})
    desk.give(kind=Kind.REFUND)
    for _ in range(3):
        corridor.drain(parts)
        desk.world.hurry()
    assert (warehouse.done, warehouse.looks) == ([], 0)
    assert books.looks > 0


def test_what_was_begun_is_not_done_because_nobody_is_there_to_do_it(desk: Desk) -> None:
    desk.world.carrier.answers = [Unavailable("straks")]
    desk.give()
    desk.drain()
    desk.world.hurry()
    corridor.drain(replace(desk.world.parts, carriers={}))
    assert (desk.gesture().state, desk.gesture().reason) == (GestureState.FAILED, perform.GONE)


@pytest.mark.parametrize(
    ("answers", "state"),
    [([Refused("De winkel wil niet.")], GestureState.FAILED), ([Unanswered("?")], GestureState.UNKNOWN)],
)
def test_what_came_to_nothing_brings_its_case_back(desk: Desk, answers: list[Any], state: GestureState) -> None:
    """The customer was told that it is on its way, so that nobody would look there again."""
    desk.give()
    answered(desk)
    assert desk.world.case(desk.case).due_since is None
    desk.world.carrier.answers = list(answers)
    desk.world.clock.forward(minutes=5)
    for _ in range(LOOKS_BEFORE_HUMAN + 1):
        desk.drain()
        desk.world.hurry()
    found = desk.world.case(desk.case)
    assert desk.gesture().state is state
    assert (found.state, found.due_since) == (State.OPEN, desk.world.clock.now)
    with desk.world.database.read() as unit:
        events = [each.detail["event"] for each in cases.lines(unit, desk.case) if each.kind is LineKind.GESTURE]
    assert events == ["given", state.value]


def test_a_lead_who_says_no_brings_the_case_back_to_who_asked(desk: Desk) -> None:
    els = desk.world.colleague("Els", role=Role.LEAD)
    asked = desk.give(kind=Kind.FLOWERS, cost=Decimal(500))
    answered(desk)
    with desk.world.database.write() as unit:
        give.answer(unit, els, asked.id, "Liever een kaart.", desk.world.clock())
    assert desk.world.case(desk.case).state is State.OPEN


def answered(desk: Desk) -> None:
    with desk.world.database.write() as unit:
        cases.write(unit, desk.case, Line(LineKind.REPLY, desk.world.clock.now, "public", desk.freek.id))
