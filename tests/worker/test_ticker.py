"""The ticker: only the leader polls, every source when it is due, and a halted one not at all."""

import time
from typing import Any

import pytest

from socialwatch.domain.channel import Page
from socialwatch.errors import Halted
from socialwatch.store import sources
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database
from socialwatch.worker.ticker import Ticker


@pytest.fixture
def world(sqlite: Database, fakes: Any) -> Any:
    found = fakes.World(sqlite)
    found.register("x", "facebook")
    return found


def ticker(world: Any, fakes: Any) -> Ticker:
    return Ticker(world.parts, [f"{fakes.BRAND}/x", f"{fakes.BRAND}/facebook"], 0.8)


def wait_until(happened: Any, seconds: float = 15.0) -> None:
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def test_it_polls_again_and_again_and_ends_at_once(world: Any, fakes: Any) -> None:
    world.x.polls = [[Page((fakes.mention(number),), cursor=str(number))] for number in range(2)]
    running = ticker(world, fakes)
    running.start()
    wait_until(lambda: fakes.count(world.database, mention) == 2)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 1
    assert world.x.cursors[:2] == [None, "0"]


def test_who_does_not_lead_does_not_poll(world: Any, fakes: Any) -> None:
    world.lead("ander")
    running = ticker(world, fakes)
    running.start()
    time.sleep(0.7)
    running.stop()
    assert world.x.cursors == []


def test_a_source_that_is_halted_does_not_stop_the_others(world: Any, fakes: Any) -> None:
    world.x.polls = [[Halted("Het tegoed is op.")]]
    world.facebook.polls = [[], [Page((fakes.mention(1, channel="facebook"),), cursor="c")]]
    running = ticker(world, fakes)
    running.start()
    wait_until(lambda: fakes.count(world.database, mention) == 1)
    running.stop()
    assert len(world.x.cursors) == 1
    with world.database.read() as unit:
        assert [each.halted for each in sources.every(unit)] == [False, True]
