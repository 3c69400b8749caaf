"""Say, but not at once: an answer is held for its seconds, and taken back it never goes out."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from socialwatch.domain.case import LineKind
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.steps import line, say
from socialwatch.store import queue
from socialwatch.store.tables import job
from socialwatch.store.tables import reply as reply_table
from tests.steps.answering import Desk

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def held(desk: Desk, seconds: float = 30.0, **changes: Any) -> Reply:
    """An answer that may still be taken back; its job is made ready at once, as a clock that jumped would."""
    told = desk.approve(hold=timedelta(seconds=seconds), **changes)
    desk.world.hurry()
    return told


def release(desk: Desk, number: int) -> None:
    """Its moment has come."""
    with desk.world.database.write() as unit:
        unit.run(update(reply_table).where(reply_table.c.id == number).values(send_at=LONG_AGO))
    desk.world.hurry()


def test_an_answer_is_held_until_its_moment_and_not_sent_before_it(desk: Desk) -> None:
    told = desk.approve(hold=timedelta(seconds=30))
    assert 25 < desk.wait() <= 30
    desk.drain()
    assert desk.posts == 0
    desk.world.hurry()
    desk.drain()  # its job came too early: it goes back until the moment
    assert (desk.posts, desk.reply().state) == (0, ReplyState.PREPARED)
    assert 20 < desk.wait() <= 30
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_what_was_taken_back_never_goes_out(desk: Desk) -> None:
    told = held(desk)
    with desk.world.database.write() as unit:
        assert say.take_back(unit, told)
        assert not say.take_back(unit, told)
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state, desk.say_jobs()) == (0, ReplyState.TAKEN_BACK, 0)
    assert LineKind.REPLY not in desk.lines()


def test_what_is_on_its_way_is_not_taken_back(desk: Desk) -> None:
    told = held(desk)
    release(desk, told.id)
    taken = []

    def take() -> None:
        with desk.world.database.write() as unit:
            taken.append(say.take_back(unit, told))

    desk.world.x.meanwhile = take
    desk.drain()
    assert (taken, desk.posts, desk.reply().state) == ([False], 1, ReplyState.SENT)


def test_a_worker_that_dies_in_the_window_loses_nothing_and_sends_once(desk: Desk) -> None:
    told = held(desk)
    desk.claim()  # and never heard of again
    with desk.world.database.write() as unit:
        unit.run(update(job).where(job.c.step == "say").values(leased_until=0))
        queue.reap(unit)
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_taken_back_between_the_claim_and_the_sending(desk: Desk) -> None:
    told = held(desk)
    release(desk, told.id)
    claim = desk.claim()
    with desk.world.database.write() as unit:
        assert say.take_back(unit, told)
    line.walk(desk.world.parts, "say", claim)
    assert (desk.posts, desk.reply().state, desk.say_jobs()) == (0, ReplyState.TAKEN_BACK, 0)
