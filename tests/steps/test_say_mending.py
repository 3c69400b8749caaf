"""Say it right: an answer is mended where it stands or replaced, and what is gone is said to be gone."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.channel import Sent
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.store import cases, replies
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.tables import reply as reply_table
from socialwatch.worker import corridor
from tests.steps.answering import Desk


class Open:
    """A platform that is asked what it can, and counts it."""

    def __init__(self, inner: Any) -> None:
        self._inner, self.mended, self.fails = inner, list[tuple[str, str]](), list[Exception]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class Edits(Open):
    """As Facebook and Mastodon."""

    def mend(self, mention: Any, was: str, text: str, key: str) -> Sent:
        if self.fails:
            raise self.fails.pop(0)
        self.mended.append((was, text))
        return Sent(f"{was}-anew")


class Replaces(Open):
    """As X and Bluesky: the old one goes first, and the new one may be refused after that."""

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self.gone: list[str] = []

    def withdraw(self, was: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.gone.append(was)


def sent(desk: Desk, kind: str) -> Reply:
    """An answer that stands on a platform of this kind."""
    first = desk.approve()
    desk.drain()
    with desk.world.database.write() as unit:
        unit.run(update(mention_table).values(channel=kind))
    return first


def put_right(desk: Desk, channel: Any, kind: str, first: Reply, times: int = 4) -> None:
    parts = replace(desk.world.parts, channels={f"{desk.freek.brand}/{kind}": channel})
    desk.approve("klik-2", text="Zo klopt het.", mends_id=first.id)
    for _ in range(times):
        corridor.drain(parts)
        desk.world.hurry()


def mend(desk: Desk, channel: Any, kind: str) -> list[Reply]:
    """An answer on a platform of this kind, sent and then mended."""
    put_right(desk, channel, kind, sent(desk, kind))
    with desk.world.database.read() as unit:
        return [replies.of_row(row) for row in unit.run(reply_table.select().order_by(reply_table.c.id))]


@pytest.mark.parametrize("kind", ["facebook", "mastodon"])
def test_an_answer_is_mended_where_it_stands(desk: Desk, kind: str) -> None:
    channel = Edits(desk.world.x)
    first, second = mend(desk, channel, kind)
    assert channel.mended == [("r1", "Zo klopt het.")]
    assert (second.state, second.mends_id, second.platform_id) == (ReplyState.SENT, first.id, "r1-anew")
    assert desk.posts == 1


@pytest.mark.parametrize("kind", ["x", "bluesky"])
def test_where_nothing_can_be_edited_another_comes_in_its_place(desk: Desk, kind: str) -> None:
    channel = Replaces(desk.world.x)
    first, second = mend(desk, channel, kind)
    assert (channel.gone, desk.posts) == (["r1"], 2)
    assert (first.state, second.state, second.platform_id) == (ReplyState.SENT, ReplyState.SENT, "r2")
    assert LineKind.MENDED not in desk.lines()


@pytest.mark.parametrize("kind", ["x", "bluesky"])
def test_when_the_old_one_is_gone_and_the_new_one_refused_that_is_what_stands_there(desk: Desk, kind: str) -> None:
    channel = Replaces(desk.world.x)
    desk.world.x.answers = [None, Refused("Dit bericht is te lang.")]
    first, second = mend(desk, channel, kind)
    assert (channel.gone, desk.posts) == (["r1"], 1)
    assert (first.state, second.state) == (ReplyState.GONE, ReplyState.FAILED)
    assert second.reason == "Je oude antwoord is weg en het nieuwe staat er niet. Dit bericht is te lang."
    found = desk.world.case(desk.case)
    assert (found.state, found.due_since) == (State.OPEN, desk.world.stored(1, kind).mention.created_at)
    desk.world.x.answers = []
    desk.approve("klik-3", text="Zo klopt het echt.")  # the words stand in the box again, as an answer like any other
    corridor.drain(replace(desk.world.parts, channels={f"{desk.freek.brand}/{kind}": channel}))
    assert (desk.posts, channel.gone) == (2, ["r1"])
    assert (desk.world.case(desk.case).state, desk.world.case(desk.case).due_since) == (State.WAITING, None)


def test_a_closed_case_whose_answer_is_gone_is_work_again(desk: Desk) -> None:
    channel = Replaces(desk.world.x)
    desk.world.x.answers = [None, Refused("Nee.")]
    first = sent(desk, "x")
    with desk.world.database.write() as unit:
        cases.write(unit, desk.case, Line(LineKind.CLOSED, desk.world.clock(), agent_id=desk.freek.id))
    desk.world.clock.forward(hours=2)
    put_right(desk, channel, "x", first)
    found = desk.world.case(desk.case)
    assert (found.state, found.due_since) == (State.OPEN, desk.world.clock())


def test_until_the_new_one_stands_there_the_old_one_is_said_to_be_gone_and_goes_once(desk: Desk) -> None:
    channel = Replaces(desk.world.x)
    desk.world.x.answers = [None, Unavailable("X is er even niet.")]
    first = sent(desk, "x")
    put_right(desk, channel, "x", first, times=1)
    with desk.world.database.read() as unit:
        assert replies.by_id(unit, first.id).state is ReplyState.GONE
    assert desk.world.case(desk.case).due_since is not None
    put_right(desk, channel, "x", first)
    assert (channel.gone, desk.posts) == (["r1"], 2)
    assert desk.world.case(desk.case).due_since is None


def test_what_cannot_be_taken_away_stays_and_nothing_comes_beside_it(desk: Desk) -> None:
    channel = Replaces(desk.world.x)
    channel.fails = [Refused("Dat is niet van jou.")]
    first, second = mend(desk, channel, "x")
    assert (first.state, second.state, desk.posts) == (ReplyState.SENT, ReplyState.FAILED, 1)
    assert second.reason == "Dat is niet van jou."


def test_where_nothing_can_be_taken_back_it_is_a_second_answer(desk: Desk) -> None:
    channel = Edits(desk.world.x)
    _, second = mend(desk, channel, "mail")
    assert (channel.mended, desk.posts, second.state) == ([], 2, ReplyState.SENT)


def test_an_edit_without_an_answer_is_repeated(desk: Desk) -> None:
    channel = Edits(desk.world.x)
    channel.fails = [Unanswered("geen antwoord")]
    _, second = mend(desk, channel, "facebook")
    assert (second.state, len(channel.mended)) == (ReplyState.SENT, 1)


def test_a_new_post_without_an_answer_is_not_repeated(desk: Desk) -> None:
    channel = Replaces(desk.world.x)
    desk.world.x.answers, desk.world.x.visible = [None, Unanswered("geen antwoord")], False
    first, second = mend(desk, channel, "x")
    assert (first.state, second.state, desk.posts) == (ReplyState.GONE, ReplyState.UNKNOWN, 1)
