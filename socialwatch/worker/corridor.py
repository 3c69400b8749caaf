"""The corridor: claims jobs and walks them through the line, again and again, until told to stop."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import inf

import structlog

from socialwatch.errors import Refused, SocialwatchError, Unavailable
from socialwatch.steps import line, perform, say
from socialwatch.steps.parts import Parts
from socialwatch.store import deliveries, events, queue, timers
from socialwatch.store.queue import Claim
from socialwatch.worker.bell import Bell

# What an agent waits for has a lane of its own, so that a slow platform never holds up the reading, nor the other way
# round.
LANES = (
    ("say", "perform", "notify", "advise"),
    ("tell", "trial", "like"),
    ("route", "identify", "assess", "explain"),
    ("seek", "refresh", "reidentify", "forget"),
)
SOONEST = 1.0  # seconds until what was unavailable is tried again, also when it says "now"
SWEEP_EVERY = 5.0  # seconds

_log = structlog.get_logger(__name__)


class Keeper:
    """Renews the leases of what is being worked on, so that slow work is not taken for a dead worker's."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._held: dict[str, Claim] = {}
        self._guard = threading.Lock()

    @contextmanager
    def keeping(self, held: Claim) -> Iterator[None]:
        with self._guard:
            self._held[held.token] = held
        try:
            yield
        finally:
            with self._guard:
                self._held.pop(held.token, None)

    def renew(self) -> None:
        with self._guard:
            held = list(self._held.values())
        for each in held:
            with self._parts.database.write() as unit:
                queue.renew(unit, each)


def attempt(parts: Parts, step: str, keeper: Keeper, worst: float = inf) -> int | None:
    """Claim and walk one batch of a step; gives back how many jobs were finished, None when nothing was ready."""
    held = line.claim(parts, step, worst)
    if held is None:
        return None
    try:
        with keeper.keeping(held):
            return line.walk(parts, step, held)
    except queue.LeaseLost:
        _log.warning("lease_lost", step=step, jobs=len(held.jobs))
    except Exception as problem:  # whatever it was, the jobs go back or become dead letters with their reason
        _give_back(parts, step, held, problem)
    return 0


def _give_back(parts: Parts, step: str, held: Claim, problem: Exception) -> None:
    expected = isinstance(problem, SocialwatchError)
    reason = str(problem) if expected else f"Onverwachte fout ({type(problem).__name__})"
    _log.warning("step_failed", step=step, jobs=len(held.jobs), reason=reason, exc_info=not expected)
    with parts.database.write() as unit:
        if isinstance(problem, Unavailable):
            asked = None if problem.retry_after is None else max(SOONEST, problem.retry_after)
            queue.later(unit, held, reason, wait=asked, forgive=True)
        elif len(held.jobs) > 1:
            queue.halve(unit, held)
        elif isinstance(problem, Refused):
            queue.bury(unit, held, reason)
        else:
            queue.later(unit, held, reason)


def forward(parts: Parts, steps: Sequence[str], keeper: Keeper) -> int | None:
    """One batch of whichever of these steps holds the most pressing job; None when nothing was ready.

    So what was read and found grave goes on before more is read, and the mild only after (domain/triage).
    """
    with parts.database.read() as unit:
        order = queue.foremost(unit, steps)
    for (step, _), (_, next_best) in pairwise([*order, ("", inf)]):  # another worker may be quicker at the first
        done = attempt(parts, step, keeper, next_best)
        if done is not None:
            return done
    return None


def drain(parts: Parts) -> int:
    """Work until nothing is ready any more; gives back how many jobs were finished. What waits for later is left."""
    keeper = Keeper(parts)
    sweep(parts)
    finished = 0
    steps = [step for lane in LANES for step in lane]
    while (done := forward(parts, steps, keeper)) is not None:
        finished += done
    return finished


def sweep(parts: Parts) -> None:
    """Give back what dead workers held, turn overdue *sending* into *unknown*, forget old events and deliveries."""
    with parts.database.write() as unit:
        back = timers.heed(unit)
        queue.reap(unit)
        say.overdue(unit)
        perform.overdue(unit)
        events.sweep(unit)
        deliveries.sweep(unit)
    if back:
        _log.warning("clock_set_back", seconds=round(back))


class Corridor:
    """The worker's threads: one per lane, one that keeps leases and sweeps, one that listens where that is possible."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._keeper = Keeper(parts)
        self._stop = threading.Event()
        self._bell = Bell(parts.database, self._stop)
        lanes = [threading.Thread(target=self._lane, args=(lane,), name=f"lane-{lane[0]}") for lane in LANES]
        self._threads = [*lanes, *self._bell.threads, threading.Thread(target=self._keep, name="keeper")]

    def start(self) -> None:
        for each in self._threads:
            each.daemon = True
            each.start()

    def stop(self, patience: float = 2.0) -> None:
        """Ask the threads to end; what they hold comes back by its lease when they do not make it in time."""
        self._stop.set()
        self._bell.ring()
        for each in self._threads:
            each.join(patience)

    def _lane(self, steps: Sequence[str]) -> None:
        woken = self._bell.sleeper()
        while not self._stop.is_set():
            woken.clear()
            try:
                busy = forward(self._parts, steps, self._keeper) is not None
            except Exception as problem:  # the database is away, or worse; a lane that ends would not be missed
                _complain("lane_waits", problem)
                self._stop.wait(1.0)
                continue
            if not busy:
                self._bell.wait(woken)

    def _keep(self) -> None:
        while not self._stop.wait(SWEEP_EVERY):
            try:
                self._keeper.renew()
                sweep(self._parts)
            except Exception as problem:
                _complain("sweep_failed", problem)


def _complain(what: str, problem: Exception) -> None:
    expected = isinstance(problem, SocialwatchError)
    _log.warning(what, reason=str(problem) if expected else type(problem).__name__, exc_info=not expected)
