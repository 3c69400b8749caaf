"""Slow: when the reading cannot keep up, the polling waits for it, and goes back to its pace by itself."""

from dataclasses import dataclass

from socialwatch.domain import pace
from socialwatch.store import health, sources
from socialwatch.store.events import tell
from socialwatch.store.unit import Database

BOTTLENECK = "assess"  # the step that the model makes slow
STEP = 0.5  # smaller changes of pace are not worth a write


@dataclass(frozen=True, slots=True)
class Backlog:
    """The backlog at one look: `came` counts all posts that ever came in, so that two looks tell how many were done."""

    at: float
    waiting: int
    came: int
    slowed: float


def run(database: Database, earlier: Backlog | None) -> Backlog:
    """Look at the backlog and set the pace of every source; the rate is what was done since the `earlier` look."""
    with database.read() as unit:
        waiting, oldest = health.backlog(unit, BOTTLENECK)
        known, at = sources.every(unit), unit.stamp()
    came = sum(each.polled for each in known)
    rate = None if earlier is None else _rate(earlier, Backlog(at, waiting, came, 1.0))
    slowed = round(pace.slower(oldest, waiting, rate) / STEP) * STEP
    if any(each.slowed != slowed for each in known):
        with database.write() as unit:
            sources.slow(unit, slowed)
            for brand in sorted({each.brand for each in known}):
                tell(unit, brand, "source", None)
    return Backlog(at, waiting, came, slowed)


def _rate(earlier: Backlog, now: Backlog) -> float | None:
    """Jobs per second between two looks, None when nothing can be said: no time passed, or nothing was done at all."""
    seconds, done = now.at - earlier.at, earlier.waiting + (now.came - earlier.came) - now.waiting
    return done / seconds if seconds > 0 and done > 0 else None
