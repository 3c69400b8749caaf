"""Streams: what comes is stored as if polled, a broken line is mended and caught up, and the end is quick."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.budget import MILLIONTHS
from socialwatch.domain.channel import Page
from socialwatch.errors import Halted, Unavailable
from socialwatch.steps import poll
from socialwatch.store import sources
from socialwatch.store.tables import lease, mention
from socialwatch.store.unit import Database
from socialwatch.worker import stream
from socialwatch.worker.stream import Supervisor
from socialwatch.worker.ticker import Ticker

ALIVE = Page(())


class Line:
    """A platform's stream: per connection a list of pages and problems; after them it stays open, or hangs."""

    def __init__(self, world: Any, *connections: list[Any]) -> None:
        self.connections = list(connections)
        self.opened = 0
        self.hangs = threading.Event()
        self.let_go = threading.Event()
        world.x.streaming = True
        world.x.stream = self.stream

    def stream(self, stopped: Callable[[], bool]) -> Iterator[Page]:
        self.opened += 1
        for each in self.connections.pop(0) if self.connections else []:
            if isinstance(each, Exception):
                raise each
            yield each
        while not stopped() or self.hangs.is_set():
            if self.hangs.is_set():
                self.let_go.wait(20)
                return
            time.sleep(0.02)


@pytest.fixture
def world(sqlite: Database, fakes: Any) -> Any:
    found = fakes.World(sqlite)
    found.register("x")
    return found


@pytest.fixture
def supervised(world: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Supervisor]]:
    monkeypatch.setattr(stream, "backoff", lambda _: 0.02)
    running: list[Supervisor] = []

    def start(term: Callable[[], int | None] | None = None) -> Supervisor:
        held = world.lead()
        made = Supervisor(world.parts, f"{fakes.BRAND}/x", term or (lambda: held))
        made.start()
        running.append(made)
        return made

    yield start
    for each in running:
        each.stop()


def wait_until(happened: Callable[[], bool], seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def source(world: Any, fakes: Any) -> sources.Source:
    with world.database.read() as unit:
        found = sources.one(unit, f"{fakes.BRAND}/x")
    assert found is not None
    return found


def later(world: Any) -> None:
    """As if a poll has just been made."""
    with world.database.write() as unit:
        sources.polled(unit, "sokkerij/x", world.clock(), 500.0)


def test_what_comes_is_stored_with_its_job_and_the_source_shows_its_line(
    world: Any, fakes: Any, supervised: Any
) -> None:
    later(world)
    Line(world, [ALIVE, Page((fakes.mention(1),)), Page((fakes.mention(2), fakes.mention(1)))])
    running = supervised()
    wait_until(lambda: fakes.count(world.database, mention) == 2 and source(world, fakes).streaming)
    assert [step for step, _, _ in world.jobs()] == ["assess", "assess"]
    assert source(world, fakes).next_poll_at == 0  # what came before the line stood is polled for
    assert source(world, fakes).cursor is None
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 2
    assert not source(world, fakes).streaming


def test_after_every_break_the_line_is_opened_again_and_caught_up(world: Any, fakes: Any, supervised: Any) -> None:
    platform = Line(world, [ALIVE, Unavailable("X brak af.")], [ALIVE, Page((fakes.mention(1),)), Unavailable("weer")])
    supervised()
    wait_until(lambda: platform.opened >= 3)
    later(world)
    assert source(world, fakes).failures == 0  # a broken line is no failed poll
    assert fakes.count(world.database, mention) == 1


def test_a_platform_that_says_when_is_obeyed(world: Any, fakes: Any, supervised: Any) -> None:
    platform = Line(world, [Unavailable("Te veel verbindingen.", retry_after=30.0)])
    supervised()
    wait_until(lambda: platform.opened == 1)
    time.sleep(0.5)
    assert platform.opened == 1


def test_the_wait_doubles_with_jitter_up_to_a_limit() -> None:
    for failures, longest in ((0, 1.0), (1, 1.0), (3, 4.0), (50, stream.LONGEST_WAIT)):
        waits = [stream.backoff(failures) for _ in range(50)]
        assert longest / 2 <= min(waits) <= max(waits) <= longest
        assert len(set(waits)) > 1


def test_a_refused_line_halts_the_source_with_one_sentence(world: Any, fakes: Any, supervised: Any) -> None:
    platform = Line(world, [Halted("De sleutel van X is ingetrokken.")])
    supervised()
    wait_until(lambda: source(world, fakes).halted)
    time.sleep(0.2)
    assert (source(world, fakes).last_error, platform.opened) == ("De sleutel van X is ingetrokken.", 1)


def test_who_does_not_lead_opens_no_line(world: Any, supervised: Any) -> None:
    platform = Line(world, [ALIVE])
    supervised(lambda: None)
    time.sleep(0.4)
    assert platform.opened == 0


def test_a_line_of_a_frozen_leader_stores_nothing_any_more(world: Any, fakes: Any, supervised: Any) -> None:
    gate = threading.Event()

    def pages(stopped: Callable[[], bool]) -> Iterator[Page]:
        yield ALIVE
        gate.wait(20)
        yield Page((fakes.mention(1),))

    platform = Line(world)
    world.x.stream = pages
    supervised()
    wait_until(lambda: source(world, fakes).streaming)
    with world.database.write() as unit:
        unit.run(update(lease).values(expires_at=0))
        assert sources.lead(unit, poll.LEASE, "ander") is not None
    gate.set()
    time.sleep(0.4)
    assert fakes.count(world.database, mention) == 0
    assert platform.opened == 0
    assert source(world, fakes).streaming  # the new leader's to say, not ours


def test_a_line_that_falls_silent_is_left_and_a_new_one_opened(
    world: Any, fakes: Any, supervised: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SILENCE", 0.4)
    platform = Line(world, [ALIVE])
    platform.hangs.set()
    running = supervised()
    wait_until(lambda: platform.opened >= 2)
    began = time.monotonic()
    running.stop()  # even while a read hangs that nothing can end
    assert time.monotonic() - began < 2
    platform.let_go.set()


def test_a_stream_stops_when_the_days_money_is_used_up(world: Any, fakes: Any, supervised: Any) -> None:
    with world.database.write() as unit:
        sources.limit(unit, f"{fakes.BRAND}/x", MILLIONTHS)
    costly = [Page((fakes.mention(number),), cost=MILLIONTHS) for number in range(3)]
    platform = Line(world, costly, [Page((fakes.mention(9),))])
    supervised()
    wait_until(lambda: platform.opened == 1 and not source(world, fakes).streaming)
    time.sleep(0.3)
    assert (fakes.count(world.database, mention), platform.opened) == (2, 1)


def test_beside_a_line_that_stands_polling_goes_on_slower(world: Any, fakes: Any) -> None:
    with world.database.write() as unit:
        sources.stream(unit, f"{fakes.BRAND}/x", True)
    world.poll(Page((), cursor="c"))
    with world.database.read() as unit:
        assert 290 < source(world, fakes).next_poll_at - unit.stamp() <= 300


@pytest.mark.parametrize("told", [True, False])
def test_the_ticker_opens_the_lines_it_was_told_to(world: Any, fakes: Any, told: bool) -> None:
    platform = Line(world, [Page((fakes.mention(1),))])
    world.x.streaming = told
    running = Ticker(world.parts, [f"{fakes.BRAND}/x"], 0.8)
    running.start()
    wait_until(lambda: len(world.x.cursors) >= 1)
    if told:
        wait_until(lambda: fakes.count(world.database, mention) == 1)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 2.5
    assert platform.opened == (1 if told else 0)
