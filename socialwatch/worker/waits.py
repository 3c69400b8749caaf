"""Waits: how long each source still waits, and whether the clock jumped, by a clock that nobody can put back."""

import time

from socialwatch.domain import pace
from socialwatch.store.sources import Source

JUMP = 2.0  # seconds; clocks are set by less than this all the time


class Waits:
    """Per source when its next poll is due. What stands in the database is a moment of the wall clock; once seen, it
    is also held to the time that really passes.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[float, float]] = {}

    def over(self, source: Source, every: float, now: float) -> bool:
        """Whether a poll of this source is due at `now`, in seconds since 1970."""
        next_at, known = source.next_poll_at, self._seen.get(source.name)
        if known is None or known[0] != next_at:
            known = self._seen[source.name] = (next_at, time.monotonic() + next_at - now)
        most = pace.longest(every, source.failures)
        return pace.due(next_at, now, most) or time.monotonic() >= known[1]


class ClockWatch:
    """Notices that the wall clock was set."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def jumped(self) -> float:
        """By how many seconds the wall clock was set since the last look; 0 when it just ran on."""
        offset = time.time() - time.monotonic()
        moved, self._offset = offset - self._offset, offset
        return moved if abs(moved) > JUMP else 0.0
