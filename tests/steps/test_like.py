"""A like goes out once, is asked again when nobody answered, and says why when it is refused."""

from typing import Any

import pytest

from socialwatch.errors import Refused, Unanswered
from socialwatch.store import queue, thanks
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import spend
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Any, fakes: Any) -> Any:
    made = fakes.World(database)
    made.x.like_price = 15_000
    return made


@pytest.fixture
def thanked(world: Any, fakes: Any) -> thanks.Thanks:
    world.bring(fakes.mention(1, "bedankt!"))
    corridor.drain(world.parts)
    return one(world, 1)


def one(world: Any, number: int) -> thanks.Thanks:
    with world.database.read() as unit:
        found = thanks.by_id(unit, number)
    assert found is not None
    return found


def like(world: Any, found: thanks.Thanks) -> None:
    with world.database.write() as unit:
        thanks.ask_like(unit, found)
    corridor.drain(world.parts)


def liking(world: Any, found: thanks.Thanks) -> thanks.Liking | None:
    with world.database.read() as unit:
        return thanks.likings(unit, [found.id]).get(found.id)


def test_a_like_stands_once_and_is_paid_for_once(world: Any, fakes: Any, thanked: thanks.Thanks) -> None:
    like(world, thanked)
    assert world.x.liked == ["1"]
    assert one(world, thanked.id).liked_at == world.clock()
    assert liking(world, thanked) is None
    world.put(NewJob(fakes.BRAND, thanks.LIKE, thanked.id))
    corridor.drain(world.parts)
    assert world.x.liked == ["1"]
    assert [row["amount"] for row in fakes.rows(world.database, spend)] == [15_000]


def test_what_went_unanswered_is_asked_again(world: Any, thanked: thanks.Thanks) -> None:
    world.x.answers = [Unanswered("X gaf geen antwoord")]
    like(world, thanked)
    waiting = liking(world, thanked)
    assert waiting is not None
    assert not waiting.refused
    world.hurry()
    corridor.drain(world.parts)
    assert world.x.liked == ["1"]
    assert one(world, thanked.id).liked_at is not None


def test_a_refusal_is_told_and_can_be_tried_again(world: Any, thanked: thanks.Thanks) -> None:
    world.x.answers = [Refused("X nam de like niet aan")]
    like(world, thanked)
    told = liking(world, thanked)
    assert told is not None
    assert (told.refused, told.reason) == (True, "X nam de like niet aan")
    assert one(world, thanked.id).liked_at is None
    like(world, thanked)
    assert world.x.liked == ["1"]
    assert liking(world, thanked) is None


def test_where_no_like_is_taken_none_is_sent(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(5, "bedankt!", channel="facebook"))
    corridor.drain(world.parts)
    found = one(world, 1)
    like(world, found)
    assert world.facebook.liked == []
    told = liking(world, found)
    assert told is not None
    assert told.refused
    with world.database.read() as unit:
        assert queue.depth(unit).dead == 1
