"""Every timer of the product while the clock is changed: over both nights of Amsterdam, and by jumps both ways.

    python -m tests.chaos.simulated_clocks

Prints what each timer did. Timers stand in the database as seconds since 1970 (UTC), so a clock change moves none of
them; a jump of the clock does: ahead, timers go off early and once; back, they move along (store/timers). On
PostgreSQL the clock is the database's; here both follow the same simulated one.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from socialwatch.steps import say
from socialwatch.store import queue, sources, timers
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import reply
from socialwatch.store.unit import Database, Unit
from tests import fakes
from tests.chaos import simulated_ground as ground

NIGHTS = (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2027, 3, 27, 22, 0, tzinfo=UTC))
STEP = 50.0
JUMPS = {"an hour on": 3600.0, "an hour back": -3600.0, "a day on": 86400.0, "a day back": -86400.0}
WAIT = 100.0  # seconds; below what a leader may hold at most (store/sources)
PATIENCE = 3  # times WAIT, within which a timer must have fired in real time, whatever the clock says


@dataclass
class Host:
    """The clock of whoever asks: real seconds that pass, and what the clock makes of them."""

    real: float
    jumped: float = 0.0

    @property
    def stamp(self) -> float:
        return self.real + self.jumped

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.stamp, UTC)


@contextmanager
def clock(host: Host) -> Iterator[None]:
    """Leases and waits follow this clock, on either engine."""
    with mock.patch.object(Unit, "stamp", property(lambda _: lambda: host.stamp)):
        yield


Timer = Callable[[fakes.World, Host], bool]


def delayed_job(world: fakes.World, _: Host) -> bool:
    """A look for our own reply, a notice that is tried again: a job that waits."""
    with world.database.write() as unit:
        held = queue.claim(unit, "notify")
        return held is not None and bool(queue.ack(unit, held))


def dead_workers_lease(world: fakes.World, _: Host) -> bool:
    """What a worker held when it died comes back."""
    with world.database.write() as unit:
        return queue.reap(unit) > 0


def poll_due(world: fakes.World, host: Host) -> bool:
    """A source is due as the ticker sees it; polling it sets the next time."""
    with world.database.write() as unit:
        source = sources.one(unit, "brand/x")
        if source is None or source.next_poll_at > host.stamp:
            return False
        sources.polled(unit, "brand/x", host.now(), WAIT * 100)
    return True


def dead_leaders_lease(world: fakes.World, _: Host) -> bool:
    """Another poller takes over from one that died."""
    with world.database.write() as unit:
        return sources.lead(unit, "clocks", "other") is not None


def answer_without_outcome(world: fakes.World, _: Host) -> bool:
    """A reply whose sender died becomes unknown, and a look for it is queued."""
    with world.database.write() as unit:
        return say.overdue(unit) > 0


TIMERS: dict[str, Timer] = {
    "a job that waits": delayed_job,
    "a dead worker's lease": dead_workers_lease,
    "a source that is due": poll_due,
    "a dead leader's lease": dead_leaders_lease,
    "an answer without outcome": answer_without_outcome,
}


def set_timers(world: fakes.World, host: Host) -> None:
    with world.database.write() as unit:
        queue.put(unit, [NewJob("brand", "notify", 1, after=WAIT), NewJob("brand", "say", 2)])
        queue.claim(unit, "say", lease=WAIT)
        sources.register(unit, "brand/x", "brand", "x")
        sources.polled(unit, "brand/x", host.now(), WAIT)
    who = world.colleague()
    (target,) = world.bring(fakes.mention(1))
    sending = {"brand": fakes.BRAND, "mention_id": target, "agent_id": who.id, "text": "Sorry", "state": "sending"}
    timing = {"approval": "a", "created_at": fakes.START, "deadline": host.stamp + WAIT}
    fakes.add(world.database, reply, **sending, **timing)
    with world.database.write() as unit:
        sources.lead(unit, "clocks", "me", WAIT)


def watch(world: fakes.World, host: Host, until: float, jump: float = 0.0) -> dict[str, list[float]]:
    """Real seconds after which each timer fired. The jump happens halfway the first wait."""
    start, fired = host.real, {name: list[float]() for name in TIMERS}
    while host.real < start + until:
        host.real += STEP / 5
        if jump and host.real >= start + WAIT / 2:
            host.jumped, jump = host.jumped + jump, 0.0
        with world.database.write() as unit:
            timers.heed(unit)  # as every sweep of a worker does
        for name, timer in TIMERS.items():
            if name == "a dead leader's lease" and fired[name]:
                continue  # the other one keeps it from then on, which is no second time
            if timer(world, host):
                fired[name].append(host.real - start)
    return fired


def fresh(database: Database, start: datetime) -> tuple[fakes.World, Host]:
    host = Host(start.timestamp())
    world = fakes.World(database)
    with clock(host):
        set_timers(world, host)
    return world, host


def run(url: str, start: datetime, jump: float) -> dict[str, list[float]]:
    """When each timer fired, in real seconds after it was set; it was set for WAIT."""
    database = Database(url)
    world, host = fresh(database, start)
    with clock(host):
        fired = watch(world, host, PATIENCE * WAIT, jump)
    database.close()
    return fired


def verdict(fired: dict[str, list[float]]) -> dict[str, Any]:
    return {
        "missed": sorted(name for name, times in fired.items() if not times),
        "twice": sorted(name for name, times in fired.items() if len(times) > 1),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="python -m tests.chaos.simulated_clocks").parse_args(arguments)
    good = True
    for engine in ground.ENGINES:
        for name, start, jump in cases():
            with ground.prepared(engine) as url:
                found = verdict(run(url, start, jump))
            good &= found == {"missed": [], "twice": []}
            print(json.dumps({"engine": engine, "fault": name, **found}), flush=True)
    return 0 if good else 1


def cases() -> list[tuple[str, datetime, float]]:
    nights = [(f"the night of {each:%Y-%m-%d}", each + timedelta(hours=2, minutes=55), 0.0) for each in NIGHTS]
    return [*nights, *((name, fakes.START, jump) for name, jump in JUMPS.items())]


if __name__ == "__main__":
    sys.exit(main())
