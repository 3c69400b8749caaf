"""Pollers and workers as processes of their own: the product's ticker and corridor, a shorter lease, and a count."""

import functools
import logging
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Column, Float, Integer, MetaData, String, Table, insert

from socialwatch.domain.channel import Channel
from socialwatch.domain.mention import Mention
from socialwatch.steps import notify, poll
from socialwatch.steps.parts import Parts
from socialwatch.store import queue, sources
from socialwatch.store.unit import Database, Unit
from socialwatch.worker import bell, corridor, ticker
from tests import fakes
from tests.chaos.timeline import BRAND, PAGE, SOURCE, Tally, Timeline, post

# No unique constraint on either: what is done twice, or by a leader of the past, shows.
beside = MetaData()
outcome = Table(
    "chaos_outcome",
    beside,
    Column("id", Integer, primary_key=True),
    Column("step", String(20)),
    Column("subject", Integer),
    Column("at", Float),
)
committed = Table(
    "chaos_committed",
    beside,
    Column("id", Integer, primary_key=True),
    Column("term", Integer),
    Column("process", Integer),
)
OURS = ("head", "asked", "twice", "full", "overtaken")
LOGGED = ("lease_lost", "step_failed", "lane_waits", "sweep_failed", "poll_not_stored", "lease_not_renewed")


@dataclass(frozen=True)
class Stage:
    """What every process of a run shares. `lease` in seconds, for jobs and for the leader alike; `pace` and `size` are
    the timeline's, `every` the seconds between two polls; `stall` is how often a worker freezes whole in the middle of
    reading a batch, 0..1.
    """

    url: str
    tally: Tally = field(default_factory=lambda: Tally(*OURS, *LOGGED))
    lease: float = 0.6
    pace: float = 0.0
    size: int = PAGE
    every: float = 0.05
    stall: float = 0.0
    write: Callable[[int], Mention] = post
    read: Callable[[str], Any] = fakes.reading


@dataclass
class Reader(fakes.Assessor):
    """Reads by words, as the tests' stand-in does; `how` decides what a text does to it."""

    how: Callable[[str], Any] = fakes.reading
    stall: float = 0.0

    def read(self, texts: Any) -> list[Any]:
        if random.random() < self.stall:
            os.kill(os.getpid(), signal.SIGSTOP)
        return [self.how(each) for each in texts]


def parts(stage: Stage, database: Database, channels: Mapping[str, Channel]) -> Parts:
    reader = Reader(how=stage.read, stall=stage.stall)
    return Parts(
        database=database,
        clock=lambda: datetime.now(UTC),
        assessor=lambda: reader,
        channels=channels,
        shops={BRAND: fakes.Shop()},
        notifiers={"log": fakes.Notifier()},
        link="http://desk",
    )


def poller(stage: Stage, seed: int) -> None:
    """The ticker on the timeline, until killed."""
    database = Database(stage.url, pool_size=6)
    channel = Timeline(stage.tally, random.Random(seed), stage.pace, stage.size, stage.write)
    ticker.Ticker(parts(stage, database, {SOURCE: channel}), [SOURCE], stage.every).start()
    signal.pause()


def worker(stage: Stage, seed: int) -> None:
    """The corridor, until killed."""
    random.seed(seed)
    database = Database(stage.url, pool_size=6)
    corridor.Corridor(parts(stage, database, {})).start()
    signal.pause()


Role = Callable[[Stage, int], None]


def fork(role: Role, stage: Stage, seed: int) -> int:
    """Start a process that opens everything itself; one that ends by itself ends with 1."""
    number = os.fork()
    if number:
        return number
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        adapt(stage)
        role(stage, seed)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(1)


def frozen(number: int) -> bool:
    """Whether a process stands still by SIGSTOP."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    return told.rpartition(")")[2].split()[0] == "T"


def kill(number: int) -> int:
    """End a process the hard way; 1 when it had ended by itself before."""
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    return 0 if os.WIFSIGNALED(status) else 1


def adapt(stage: Stage) -> None:
    """From the outside, in this process only: a short lease, short waits, outcomes and terms counted, logs tallied."""
    _set(queue, "LEASE", stage.lease)
    _set(notify, "MINUTE", timedelta(seconds=stage.lease))
    _set(queue, "LONGEST_WAIT", min(1.0, stage.lease))
    _set(sources, "lead", functools.partial(sources.lead, length=stage.lease))
    _set(corridor, "SWEEP_EVERY", stage.lease / 3)
    _set(bell, "LOOK_EVERY", 0.02)
    _set(bell, "FALLBACK", 0.1)
    _set(ticker, "RENEW_EVERY", stage.lease / 3)
    _set(queue, "ack", counting(queue.ack))
    _set(poll, "take", _signing(poll.take))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(processors=[functools.partial(_tally, stage.tally)], cache_logger_on_first_use=False)


def _set(module: Any, name: str, value: Any) -> None:
    """A name that is no longer there would change nothing in silence."""
    if not hasattr(module, name):
        raise AttributeError(f"{module.__name__} has no {name} any more")
    setattr(module, name, value)


def counting(ack: Callable[..., set[int]]) -> Callable[..., set[int]]:
    def counted(unit: Unit, held: queue.Claim, *rest: Any) -> set[int]:
        ours = ack(unit, held, *rest)
        rows = [
            {"step": each.step, "subject": each.subject, "at": time.time()} for each in held.jobs if each.id in ours
        ]
        if rows:
            unit.run(insert(outcome), rows)
        return ours

    return counted


def _signing(take: Callable[..., Any]) -> Callable[..., Any]:
    def signed(unit: Unit, turn: poll.Round, *rest: Any) -> Any:
        taken = take(unit, turn, *rest)
        unit.run(insert(committed).values(term=turn.term, process=os.getpid()))
        return taken

    return signed


def _tally(tally: Tally, _: Any, __: str, event: Any) -> Any:
    failed = str(event.get("failed") or "")
    tally.add("overtaken" if "overgenomen" in failed else str(event.get("event")))
    raise structlog.DropEvent
