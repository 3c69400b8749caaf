"""The ticker: only the leader polls, every source when it is due, and a halted one not at all."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import update

from socialwatch.domain.channel import Page
from socialwatch.errors import Halted, Unavailable
from socialwatch.steps.poll import LEASE
from socialwatch.store import sources
from socialwatch.store.tables import lease, mention
from socialwatch.store.tables import source as source_table
from socialwatch.store.unit import Database
from socialwatch.worker.rounds import Round, rounds
from socialwatch.worker.ticker import Ticker
from socialwatch.worker.waits import ClockWatch, Waits


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


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)], ids=["an hour", "a day"])
def test_a_clock_that_is_put_back_stops_no_polling(world: Any, fakes: Any, back: timedelta) -> None:
    running = ticker(world, fakes)
    running.start()
    wait_until(lambda: len(world.x.cursors) >= 2)
    with time_machine.travel(datetime.now(UTC) - back, tick=True):
        before = len(world.x.cursors)
        wait_until(lambda: len(world.x.cursors) >= before + 4)
    running.stop()


def test_a_clock_that_is_put_forward_polls_no_more_than_it_should(world: Any, fakes: Any) -> None:
    running = ticker(world, fakes)
    running.start()
    wait_until(lambda: len(world.x.cursors) >= 2)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=True):
        before, began = len(world.x.cursors), time.monotonic()
        wait_until(lambda: len(world.x.cursors) >= before + 3)
        passed = time.monotonic() - began
    running.stop()
    assert len(world.x.cursors) - before <= passed / 0.8 + 3


def test_a_wait_is_held_to_the_time_that_passes(world: Any, fakes: Any) -> None:
    waits, now = Waits(), time.time()
    with world.database.read() as unit:
        (one, *_) = sources.every(unit)

    def over(name: str, wait: float, at: float) -> bool:
        return waits.over(replace(one, name=name, next_poll_at=now + wait), 60.0, at)

    assert [over("x", 0.2, now), over("y", 60, now), over("z", -1, now)] == [False, False, True]
    time.sleep(0.25)
    hour_back = now - 3600
    assert over("x", 0.2, hour_back + 0.25)  # seen before: what passed since, counts
    assert not over("y", 60, now + 0.25)
    assert over("w", 60, hour_back)  # never seen before, and further away than we ever wait
    assert over("y", 60, now + 61)


def test_what_could_not_even_be_noted_waits_here_and_longer_each_time(world: Any, fakes: Any) -> None:
    waits, now = Waits(), time.time()
    with world.database.read() as unit:
        (one, *_) = sources.every(unit)
    due = replace(one, name="x", next_poll_at=now - 1)
    assert waits.over(due, 0.2, now)
    waits.not_stored("x", 0.2)
    assert not waits.over(due, 0.2, now)
    time.sleep(0.25)
    assert waits.over(due, 0.2, now)
    waits.not_stored("x", 0.2)
    time.sleep(0.25)
    assert not waits.over(due, 0.2, now)
    waits.stored("x")
    assert waits.over(due, 0.2, now)


def test_a_clock_that_is_set_is_noticed_once() -> None:
    watch = ClockWatch()
    assert watch.jumped() == 0.0
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=True):
        assert watch.jumped() == pytest.approx(-3600, abs=2)
        assert watch.jumped() == 0.0


def test_of_two_pollers_one_leads_and_the_other_takes_over(world: Any, fakes: Any) -> None:
    first, second = ticker(world, fakes), ticker(world, fakes)
    first.start()
    second.start()
    wait_until(lambda: len(world.x.cursors) >= 2)
    with world.database.read() as unit:
        assert unit.run(lease.select().where(lease.c.name == LEASE)).one().term == 1
    first.stop()
    before = len(world.x.cursors)
    wait_until(lambda: len(world.x.cursors) >= before + 2)
    second.stop()
    with world.database.read() as unit:
        assert unit.run(lease.select().where(lease.c.name == LEASE)).one().term == 2


@pytest.fixture
def shared(database: Database, fakes: Any) -> Any:
    found = fakes.World(database)
    found.register("x", "facebook")
    return found


def test_who_stops_hands_the_lease_back(shared: Any, fakes: Any) -> None:
    running = ticker(shared, fakes)
    running.start()
    assert shared.lead("ander") is None
    running.stop()
    assert shared.lead("ander") == 2
    running._lead()  # a renewal that was under way
    with shared.database.read() as unit:
        assert unit.run(lease.select().where(lease.c.name == LEASE)).one().holder == "ander"


def test_a_renewal_that_comes_after_the_stop_takes_nothing_again(shared: Any, fakes: Any) -> None:
    running = ticker(shared, fakes)
    running.start()
    running.stop()
    running._lead()
    assert shared.lead("ander") == 2


def test_who_does_not_lead_hands_nothing_back(shared: Any, fakes: Any) -> None:
    assert shared.lead("ander") == 1
    running = ticker(shared, fakes)
    running.start()
    running.stop()
    assert shared.lead("ander") == 1


def test_a_database_that_hangs_does_not_keep_the_ticker_from_ending(world: Any, fakes: Any) -> None:
    running = ticker(world, fakes)
    running.start()
    with world.database.write():
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < 2


def test_who_begins_to_lead_forgets_the_streams_of_who_led_before(world: Any, fakes: Any) -> None:
    with world.database.write() as unit:
        unit.run(update(source_table).values(streaming=True))
    running = ticker(world, fakes)
    running.start()
    running.stop()
    with world.database.read() as unit:
        assert not any(each.streaming for each in sources.every(unit))


def situating(world: Any) -> Round:
    return next(each for each in rounds(world.parts, 60.0) if each.failed == "not_situated")


def test_only_who_leads_looks_for_situations(world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("socialwatch.worker.rounds.situate.run", lambda *given: asked.append(given) or 0)
    found = ticker(world, fakes)
    found._go_round(situating(world))
    assert asked == []
    found._lead()
    found._go_round(situating(world))
    assert asked == [(world.database, world.parts.situations, world.parts.clock())]


def test_a_look_for_situations_that_fails_stops_nothing(
    world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> int:
        raise Unavailable("De database doet het even niet.")

    monkeypatch.setattr("socialwatch.worker.rounds.situate.run", away)
    found = ticker(world, fakes)
    found._lead()
    found._go_round(situating(world))
    assert found._leading() is not None
