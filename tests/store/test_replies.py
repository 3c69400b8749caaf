"""Replies: one per approval, and only the steps that the machine knows."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.reply import ReplyState, may_become
from socialwatch.errors import Refused
from socialwatch.store import replies, thanks
from socialwatch.store.replies import Draft
from socialwatch.store.tables import reply as reply_table
from socialwatch.store.tables import thanks as thanks_table
from socialwatch.store.unit import Database

STATES = list(ReplyState)


@pytest.fixture
def draft(database: Database, fakes: Any) -> Draft:
    world = fakes.World(database)
    (mention,) = world.bring(fakes.mention(1))
    return Draft(fakes.BRAND, None, mention, world.colleague().id, "Wat vervelend!", "klik-1")


def prepare(database: Database, draft: Draft, fakes: Any) -> tuple[Any, bool]:
    with database.write() as unit:
        return replies.prepare(unit, draft, fakes.START)


def test_the_same_approval_twice_gives_the_first_reply_back(database: Database, draft: Draft, fakes: Any) -> None:
    first, new = prepare(database, draft, fakes)
    again, newer = prepare(database, draft, fakes)
    assert (new, newer) == (True, False)
    assert again == first
    assert first.state is ReplyState.PREPARED


def test_two_clicks_at_the_same_moment_give_one_reply(database: Database, draft: Draft, fakes: Any) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: prepare(database, draft, fakes), range(4)))
    assert len({each.id for each, _ in found}) == 1
    assert [new for _, new in found].count(True) == 1
    assert fakes.count(database, reply_table) == 1


@pytest.mark.parametrize("now", STATES)
@pytest.mark.parametrize("then", STATES)
def test_only_the_steps_of_the_machine_are_taken(
    sqlite: Database, fakes: Any, now: ReplyState, then: ReplyState
) -> None:
    world = fakes.World(sqlite)
    (mention,) = world.bring(fakes.mention(1))
    found, _ = prepare(sqlite, Draft(fakes.BRAND, None, mention, world.colleague().id, "x", "k"), fakes)
    with sqlite.write() as unit:
        unit.run(update(reply_table).values(state=now.value))
    with sqlite.write() as unit:
        if may_become(now, then):
            assert replies.become(unit, found.id, then, reason="omdat")
        else:
            with pytest.raises(Refused):
                replies.become(unit, found.id, then)
    with sqlite.read() as unit:
        assert replies.by_id(unit, found.id).state is (then if may_become(now, then) else now)


def test_what_was_sent_stays_or_is_gone() -> None:
    assert [each for each in STATES if may_become(ReplyState.SENT, each)] == [ReplyState.GONE]
    assert not any(may_become(ReplyState.GONE, each) for each in STATES)


def test_only_sending_past_its_deadline_is_overdue(database: Database, draft: Draft, fakes: Any) -> None:
    found, _ = prepare(database, draft, fakes)
    with database.write() as unit:
        assert replies.overdue(unit) == []
        replies.become(unit, found.id, ReplyState.SENDING, deadline=unit.stamp() + 60)
        assert replies.overdue(unit) == []
        unit.run(update(reply_table).values(deadline=0))
        assert replies.overdue(unit) == [found.id]
        replies.become(unit, found.id, ReplyState.UNKNOWN)
        assert replies.overdue(unit) == []


def test_a_mention_thanks_once(database: Database, draft: Draft, fakes: Any) -> None:
    for _ in range(2):
        with database.write() as unit:
            thanks.record(unit, fakes.BRAND, draft.mention_id, None, fakes.START)
    assert fakes.count(database, thanks_table) == 1
