"""The corridor: it claims, walks, gives back what failed, keeps leases, and ends when told to."""

import time
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.errors import Unavailable
from socialwatch.steps import line
from socialwatch.store import queue
from socialwatch.store.tables import job
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from socialwatch.worker.corridor import Corridor, Keeper


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def wait_until(happened: Any, seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def test_draining_walks_everything_to_its_place_and_counts(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht"), fakes.mention(2, "prachtig"))
    assert corridor.drain(world.parts) == 7  # assess, identify, route for two; explain for the one that opened a case
    assert corridor.drain(world.parts) == 0
    assert world.jobs() == []


def test_every_step_has_a_lane_and_every_follow_up_a_step() -> None:
    lanes = [step for lane in corridor.LANES for step in lane]
    assert sorted(lanes) == sorted(line.STAGES)
    assert set(line.NEXT.values()) <= set(line.STAGES)
    assert {step for step, _ in line.NEXT} <= set(line.STAGES)


def test_who_lost_the_lease_writes_nothing(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht"))

    def take_over() -> None:
        world.assessor.before = None
        with world.database.write() as unit:
            unit.run(update(job).values(leased_until=0))
            queue.reap(unit)
            assert queue.claim(unit, "assess") is not None

    world.assessor.before = take_over
    assert corridor.attempt(world.parts, "assess", Keeper(world.parts)) == 0
    assert world.jobs() == [("assess", world.stored(1).id, "leased")]


def test_slow_work_keeps_its_lease_while_it_is_being_done(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht"))
    keeper = Keeper(world.parts)

    def dawdle() -> None:
        with world.database.write() as unit:
            unit.run(update(job).values(leased_until=0))
        keeper.renew()
        corridor.sweep(world.parts)

    world.assessor.before = dawdle
    assert corridor.attempt(world.parts, "assess", keeper) == 1
    world.assessor.before = None
    keeper.renew()  # what is done is not kept any more


def test_a_database_that_goes_away_during_the_work_loses_nothing(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht"))

    def away() -> None:
        raise Unavailable("De database doet het even niet (OperationalError).")

    world.assessor.before = away
    assert corridor.attempt(world.parts, "assess", Keeper(world.parts)) == 0
    assert world.jobs() == [("assess", world.stored(1).id, "ready")]
    world.assessor.before = None
    world.hurry()
    corridor.drain(world.parts)
    assert world.stored(1).case_id is not None


def test_a_running_worker_whose_model_is_away_keeps_the_queue(world: Any, fakes: Any) -> None:
    def away() -> None:
        raise Unavailable("Het model is er even niet.", retry_after=0.0)

    world.assessor.before = away
    world.bring(*(fakes.mention(number, "klacht") for number in range(70)))
    running = Corridor(world.parts)
    running.start()
    wait_until(lambda: len(world.assessor.asked) >= 3)
    running.stop(20.0)
    assert {(step, state) for step, _, state in world.jobs()} == {("assess", "ready")}
    assert len(world.jobs()) == 70
    with world.database.read() as unit:
        assert queue.dead(unit) == []
    world.assessor.before = None
    world.hurry()
    corridor.drain(world.parts)
    assert world.jobs() == []
    assert all(world.stored(number).case_id is not None for number in range(70))


def test_the_threads_do_the_work_and_end_in_time(world: Any, fakes: Any) -> None:
    running = Corridor(world.parts)
    running.start()
    world.bring(*(fakes.mention(number, "klacht") for number in range(5)))
    wait_until(lambda: world.jobs() == [])
    assert world.stored(4).case_id is not None
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 2


def test_a_lane_survives_whatever_happens(world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    claimed = line.claim
    problems: list[Exception] = [Unavailable("De database doet het even niet."), ZeroDivisionError("a bug")]

    def claim(*given: Any) -> Any:
        if problems:
            raise problems.pop()
        return claimed(*given)

    monkeypatch.setattr(line, "claim", claim)
    running = Corridor(world.parts)
    running.start()
    world.bring(fakes.mention(1, "klacht"))
    wait_until(lambda: world.jobs() == [])
    running.stop()
    assert problems == []
