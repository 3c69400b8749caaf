"""Say, and what was promised in it: the timer of an answer that does not stand there goes, and calls nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from socialwatch.domain.reply import LOOKS_BEFORE_HUMAN, Reply, ReplyState
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.steps import line
from socialwatch.store import cases, dossier, notifications, promises
from socialwatch.store.promises import Promise
from tests.steps.answering import Desk


def promised(desk: Desk) -> Reply:
    """An answer with a timer on what it promises, not sent yet."""
    told, now = desk.approve(), desk.world.clock()
    new = Promise(0, desk.freek.brand, desk.case, desk.freek.id, told.id, "Ik bel", now, now + timedelta(hours=1))
    with desk.world.database.write() as unit:
        promises.make(unit, new)
        cases.assign(unit, desk.case, desk.freek.id, now, {"by": desk.freek.id})
    return told


def open_timers(desk: Desk) -> int:
    with desk.world.database.read() as unit:
        return sum(each.open for each in promises.of_case(unit, desk.case))


def refused(desk: Desk) -> None:
    desk.world.x.answers = [Refused("Nee.")]
    desk.drain()


def not_there(desk: Desk) -> None:
    """Nobody knows, and a person looks."""
    in_doubt(desk)
    assert open_timers(desk) == 1
    looked_and_saw_nothing(desk)


def in_doubt(desk: Desk) -> None:
    desk.world.x.answers, desk.world.x.visible = [Unanswered("?")], False
    for _ in range(LOOKS_BEFORE_HUMAN):
        desk.drain()
        desk.world.hurry()


def looked_and_saw_nothing(desk: Desk) -> None:
    with desk.world.database.write() as unit:
        dossier.decide_reply(unit, desk.reply(), desk.world.clock(), there=False)


@pytest.mark.parametrize("fails", [refused, not_there])
def test_the_timer_of_an_answer_that_failed_goes_with_it(desk: Desk, fails: Callable[[Desk], None]) -> None:
    promised(desk)
    fails(desk)
    assert desk.reply().state is ReplyState.FAILED
    assert open_timers(desk) == 0


def test_the_timer_of_an_answer_that_is_tried_again_stays(desk: Desk) -> None:
    promised(desk)
    desk.world.x.answers = [Unavailable("Even niet.")]
    desk.drain()
    assert open_timers(desk) == 1


def test_who_waits_to_hear_of_a_promise_does_not_when_its_answer_failed(desk: Desk) -> None:
    desk.world.clock.forward(days=1)  # a Monday: we are open
    promised(desk)
    in_doubt(desk)
    desk.world.clock.forward(hours=2)
    desk.world.log.problems = [Unavailable("De melder is er even niet.")] * 9
    for _ in range(2):  # the round that begins it, and the one in which it is due
        line.escalate_all(desk.world.parts)
        desk.drain()
        desk.world.clock.forward(hours=1)
    with desk.world.database.read() as unit:
        assert list(notifications.waiting(unit)) == [desk.freek.id]
    looked_and_saw_nothing(desk)
    desk.world.log.problems = []
    desk.world.hurry()
    desk.drain()
    assert [each.title for each in desk.world.log.told] == ["Een klant wacht nog op jou"]  # that is so, of itself
    with desk.world.database.read() as unit:
        assert notifications.waiting(unit) == {}
