"""Slow: an old backlog slows the polling, a young one does not, and the pace comes back by itself."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from socialwatch.domain.channel import Page
from socialwatch.steps import line
from socialwatch.store import queue, sources
from socialwatch.store.tables import event, job
from socialwatch.store.unit import Database


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def factors(world: Any) -> list[float]:
    with world.database.read() as unit:
        return [each.slowed for each in sources.every(unit)]


def age(world: Any, seconds: float) -> None:
    with world.database.write() as unit:
        unit.run(update(job).values(created_at=job.c.created_at - seconds))


def test_the_older_the_backlog_the_slower_the_polling_and_back_again(world: Any, fakes: Any) -> None:
    world.register("facebook")
    world.bring(fakes.mention(1))
    assert line.pace(world.parts, None).slowed == 1.0
    age(world, 620)
    assert line.pace(world.parts, None).slowed == 2.0
    assert factors(world) == [2.0, 2.0]
    world.poll(Page((), cursor="c"))
    with world.database.read() as unit:
        known = sources.one(unit, f"{fakes.BRAND}/x")
        assert known is not None
        assert 110 < known.next_poll_at - unit.stamp() <= 120
    age(world, 100_000)
    assert line.pace(world.parts, None).slowed == 8.0
    with world.database.write() as unit:
        unit.run(delete(job))
    assert line.pace(world.parts, None).slowed == 1.0
    assert factors(world) == [1.0, 1.0]


def test_a_flood_that_the_measured_rate_cannot_take_slows_before_it_is_old(world: Any, fakes: Any) -> None:
    world.bring(*(fakes.mention(number) for number in range(70)))
    earlier = line.pace(world.parts, None)
    assert (earlier.waiting, earlier.came, earlier.slowed) == (70, 70, 1.0)
    with world.database.write() as unit:
        held = queue.claim(unit, "assess", 1)
        assert held is not None
        queue.ack(unit, held)
    # one done in ten seconds: the last of the other 69 waits more than eleven minutes
    ten_seconds_ago = type(earlier)(earlier.at - 10, 70, 70, 1.0)
    assert line.pace(world.parts, ten_seconds_ago).slowed == pytest.approx(2.5, abs=0.5)


@pytest.mark.parametrize("step", ["say", "notify"])
def test_an_answer_that_waits_slows_nobody(world: Any, fakes: Any, step: str) -> None:
    world.register("x")
    world.put(queue.NewJob(fakes.BRAND, step, 1, 9))
    age(world, 100_000)
    assert line.pace(world.parts, None).slowed == 1.0


def test_the_pages_hear_of_a_new_pace_once(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1))
    age(world, 1000)
    before = fakes.count(world.database, event)
    line.pace(world.parts, None)
    line.pace(world.parts, None)
    assert fakes.count(world.database, event) == before + 1
