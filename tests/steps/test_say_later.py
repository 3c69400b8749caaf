"""Say, and a case that was put aside meanwhile: it comes back at the moment that was named."""

from datetime import timedelta

from socialwatch.domain.case import State
from socialwatch.store import cases, marks
from tests.steps.answering import Desk


def put_aside(desk: Desk) -> None:
    with desk.world.database.write() as unit:
        now = desk.world.clock()
        assert marks.later(unit, desk.freek, desk.case, now + timedelta(days=1), now)


def state(desk: Desk) -> State:
    with desk.world.database.read() as unit:
        return cases.by_id(unit, desk.case).state


def test_what_was_put_aside_after_answering_stays_so_when_the_answer_goes_out(desk: Desk) -> None:
    desk.approve()
    desk.world.clock.forward(minutes=1)
    put_aside(desk)
    desk.drain()
    assert state(desk) is State.LATER
    with desk.world.database.read() as unit:
        assert cases.by_id(unit, desk.case).due_since is None


def test_an_answer_written_later_brings_it_back_to_the_customer(desk: Desk) -> None:
    put_aside(desk)
    desk.world.clock.forward(minutes=1)
    desk.approve()
    desk.drain()
    assert state(desk) is State.WAITING
