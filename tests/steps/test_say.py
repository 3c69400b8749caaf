"""Say: at every point where it can break the platform gets at most one post, and doubt ends with a human."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.agent import Role
from socialwatch.domain.case import LineKind, State
from socialwatch.domain.mention import Author
from socialwatch.domain.reply import LOOKS_BEFORE_HUMAN, ReplyState
from socialwatch.errors import Halted, OutsideMandate, Refused, Unanswered, Unavailable
from socialwatch.steps import say
from socialwatch.store import replies, sources, spending
from socialwatch.store.spending import What
from socialwatch.store.tables import job
from socialwatch.store.tables import reply as reply_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests.steps.answering import TEXT, Desk


def test_an_approved_answer_is_posted_once_and_stands_in_the_case(desk: Desk) -> None:
    desk.approve()
    assert desk.posts == 0  # approving asks nothing of the outside
    desk.drain()
    found = desk.reply()
    assert (found.state, found.platform_id, found.url) == (ReplyState.SENT, "r1", "https://x.example/r1")
    assert desk.world.x.posts == [("1", TEXT, "klik-1")]
    assert desk.lines()[-1] is LineKind.REPLY
    assert desk.world.case(desk.case).state is State.WAITING
    assert desk.say_jobs() == 0


def test_two_clicks_are_one_answer(desk: Desk) -> None:
    assert desk.approve().id == desk.approve().id
    desk.drain()
    desk.approve()
    desk.drain()
    assert desk.posts == 1
    assert desk.lines().count(LineKind.REPLY) == 1


def test_refused_is_failed_and_not_tried_again(desk: Desk) -> None:
    desk.world.x.answers = [Refused("X neemt dit antwoord niet aan.")]
    desk.approve()
    desk.drain()
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.reply().reason) == (ReplyState.FAILED, "X neemt dit antwoord niet aan.")
    assert (desk.posts, desk.say_jobs()) == (0, 0)
    assert LineKind.REPLY not in desk.lines()


def test_unavailable_is_tried_again_with_a_growing_wait_until_it_is_sent(desk: Desk) -> None:
    desk.world.x.answers = [Unavailable("X is er even niet.") for _ in range(6)]
    desk.approve()
    waits = []
    for _ in range(6):
        desk.drain()
        assert desk.reply().state is ReplyState.PREPARED
        waits.append(desk.wait())
        desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)
    assert waits[-1] > 16 > 2 >= waits[0]


@pytest.mark.parametrize(("asked", "waits"), [(120.0, 120.0), (0.0, 1.0)])
def test_a_platform_that_says_when_is_obeyed_but_never_hammered(desk: Desk, asked: float, waits: float) -> None:
    desk.world.x.answers = [Unavailable("Te veel.", retry_after=asked)]
    desk.approve()
    desk.drain()
    assert waits - 1 <= desk.wait() <= waits
    assert desk.posts == 0


def test_no_answer_but_it_stands_there(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("geen antwoord"))]
    desk.approve()
    desk.drain()
    assert (desk.reply().state, desk.reply().reason) == (ReplyState.UNKNOWN, say.NO_ANSWER)
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.reply().platform_id) == (ReplyState.SENT, "r1")
    assert desk.posts == 1
    assert desk.lines().count(LineKind.REPLY) == 1
    assert desk.say_jobs() == 0


@pytest.mark.parametrize("posted", [True, False])
def test_what_is_not_found_stays_unknown_for_a_human(desk: Desk, posted: bool) -> None:
    desk.world.x.answers = [("posted", Unanswered("?")) if posted else Unanswered("?")]
    desk.world.x.visible = False
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 3):
        desk.drain()
        desk.world.hurry()
    assert (desk.reply().state, desk.reply().looks) == (ReplyState.UNKNOWN, LOOKS_BEFORE_HUMAN)
    assert desk.world.x.looks == LOOKS_BEFORE_HUMAN
    assert desk.posts == (1 if posted else 0)
    assert desk.say_jobs() == 0


def test_a_reply_that_shows_up_late_is_found_at_the_second_look(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("?"))]
    desk.world.x.visible = False
    desk.approve()
    for _ in range(2):
        desk.drain()
        desk.world.hurry()
    desk.world.x.visible = True
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)


def test_a_look_that_could_not_be_made_does_not_count(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("?"))]
    desk.approve()
    desk.drain()
    found, desk.world.x.find_own_reply = desk.world.x.find_own_reply, _raise(Unavailable("X is er even niet."))
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.world.hurry()
        desk.drain()
    assert (desk.reply().state, desk.reply().looks) == (ReplyState.UNKNOWN, 0)
    desk.world.x.find_own_reply = found
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)


def test_a_platform_that_lets_us_look_no_more_leaves_it_to_a_human(desk: Desk) -> None:
    desk.world.x.answers = [Unanswered("?")]
    desk.world.x.find_own_reply = _raise(Halted("De sleutel van X is ingetrokken."))
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 3):
        desk.drain()
        desk.world.hurry()
    assert desk.reply().state is ReplyState.UNKNOWN
    assert desk.say_jobs() == 0


def _raise(problem: Exception) -> Any:
    def ask(*_: object) -> None:
        raise problem

    return ask


@pytest.mark.parametrize(
    ("stage", "posts", "state"),
    [
        ("claim", 1, ReplyState.SENT),  # nothing had been marked: it is sent as if nothing happened
        ("mark", 0, ReplyState.UNKNOWN),  # marked, but nobody knows whether bytes went out: never by itself
        ("post", 1, ReplyState.SENT),  # it stands there: found
    ],
)
def test_a_worker_that_dies_never_makes_a_second_post(desk: Desk, stage: str, posts: int, state: ReplyState) -> None:
    desk.approve()
    desk.die_after(stage)
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert (desk.posts, desk.reply().state) == (posts, state)
    assert desk.say_jobs() == 0


def test_a_bug_in_the_channel_after_the_post_is_no_reason_to_post_again(desk: Desk) -> None:
    desk.world.x.answers = [("posted", KeyError("data"))]
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_who_loses_the_lease_while_posting_writes_nothing_and_it_is_found(desk: Desk) -> None:
    desk.approve()

    def take_over() -> None:
        with desk.world.database.write() as unit:
            unit.run(update(job).where(job.c.step == "say").values(leased_until=0))
        corridor.sweep(desk.world.parts)

    desk.world.x.meanwhile = take_over
    desk.drain()
    desk.world.x.meanwhile = None
    desk.world.hurry()
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)
    assert desk.lines().count(LineKind.REPLY) == 1


def test_sending_past_its_deadline_becomes_unknown_and_is_looked_for(desk: Desk) -> None:
    desk.approve()
    with desk.world.database.write() as unit:
        unit.run(job.delete().where(job.c.step == "say"))  # even when the job itself is gone
        number = unit.run(reply_table.select()).one().id
        replies.become(unit, number, ReplyState.SENDING, deadline=0.0)
        unit.run(update(reply_table).values(deadline=0))
    corridor.sweep(desk.world.parts)
    assert desk.reply().state is ReplyState.UNKNOWN
    assert desk.say_jobs() == 1
    corridor.sweep(desk.world.parts)
    assert desk.say_jobs() == 1


def test_a_channel_that_is_not_configured_any_more_fails_the_reply(desk: Desk, fakes: Any) -> None:
    desk.approve()
    parts = replace(desk.world.parts, channels={})
    corridor.drain(parts)
    assert desk.reply().state is ReplyState.FAILED
    assert "x" in (desk.reply().reason or "")


def test_what_cannot_be_answered_is_refused_before_anything_is_stored(sqlite: Database, fakes: Any) -> None:
    desk = Desk(sqlite, fakes)
    with pytest.raises(Refused, match="leeg"):
        desk.approve(text=" \n")
    with pytest.raises(Refused, match="281 tekens"):
        desk.approve(text="x" * 281)
    with pytest.raises(Refused, match="bestaat niet"):
        desk.approve(mention_id=999)
    with pytest.raises(OutsideMandate):
        desk.approve(case_id=999)
    (closed,) = desk.world.bring(fakes.mention(2, can_reply=False, author=Author("b")))
    with pytest.raises(Refused, match="op het platform"):
        desk.approve(mention_id=closed, case_id=None)
    desk.freek = replace(desk.freek, role=Role.BRAND)
    with pytest.raises(OutsideMandate):
        desk.approve()
    desk.freek = replace(desk.freek, role=Role.AGENT, brand="ander")
    with pytest.raises((OutsideMandate, Refused)):
        desk.approve(case_id=None)
    assert fakes.count(sqlite, reply_table) == 0
    assert desk.say_jobs() == 0


def test_what_an_answer_costs_is_booked_and_never_held_back(desk: Desk, fakes: Any) -> None:
    name = f"{fakes.BRAND}/x"
    with desk.world.database.write() as unit:
        sources.limit(unit, name, 1)
        spending.book(unit, name, What.POLL, 100, desk.world.clock())
    desk.approve()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)
