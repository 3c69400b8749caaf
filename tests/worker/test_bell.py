"""The bell: on PostgreSQL a lane is woken at once; where nobody can wake it, it looks for itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from socialwatch.store import queue
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database
from socialwatch.worker import bell
from socialwatch.worker.bell import Bell


@pytest.fixture
def listening(database: Database) -> Iterator[Bell]:
    stop = threading.Event()
    made = Bell(database, stop)
    for each in made.threads:
        each.start()
    yield made
    stop.set()
    made.ring()
    for each in made.threads:
        each.join(5)


def put(database: Database, number: int) -> None:
    with database.write() as unit:
        queue.put(unit, [NewJob("merk", "assess", number)])


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_whoever_sleeps_is_woken_by_work_long_before_the_next_look(
    listening: Bell, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "FALLBACK", 20.0)
    sleepers = [listening.sleeper() for _ in range(2)]
    assert all(each.wait(10) for each in sleepers)  # it rings once when it begins to listen
    for number in range(3):
        for each in sleepers:
            each.clear()
        began = time.monotonic()
        put(database, number)
        for each in sleepers:
            listening.wait(each)
            assert each.is_set()
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_where_nobody_can_wake_it_it_looks_four_times_a_second(listening: Bell) -> None:
    assert listening.threads == []
    woken, began = listening.sleeper(), time.monotonic()
    listening.wait(woken)
    assert not woken.is_set()
    assert bell.LOOK_EVERY * 0.9 <= time.monotonic() - began < 10


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_database_that_goes_away_is_listened_to_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    listen, tries = database.listen, []

    @contextmanager
    def flaky() -> Iterator[Any]:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("weg")
        with listen() as driver:
            yield driver

    monkeypatch.setattr(database, "listen", flaky)
    stop = threading.Event()
    made = Bell(database, stop)
    woken = made.sleeper()
    for each in made.threads:
        each.start()
    assert woken.wait(10)
    stop.set()
    for each in made.threads:
        each.join(5)
    assert len(tries) == 2
