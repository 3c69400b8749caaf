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
        self._lost: dict[str, tuple[int, float]] = {}

    def over(self, source: Source, every: float, now: float) -> bool:
        """Whether a poll of this source is due at `now`, in seconds since 1970."""
        if time.monotonic() < self._lost.get(source.name, (0, 0.0))[1]:
            return False
        next_at, known = source.next_poll_at, self._seen.get(source.name)
        if known is None or known[0] != next_at:
            known = self._seen[source.name] = (next_at, time.monotonic() + next_at - now)
        most = pace.longest(every, source.failures)
        return pace.due(next_at, now, most) or time.monotonic() >= known[1]

    def not_stored(self, name: str, every: float) -> None:
        """A poll could not even be noted, as on a full disk, so the database does not know that it has to wait: it
        waits here, longer each time.
        """
        tries = self._lost.get(name, (0, 0.0))[0]
        self._lost[name] = (tries + 1, time.monotonic() + pace.wait_after(every, tries, None))

    def stored(self, name: str) -> None:
        """The database knows again."""
        self._lost.pop(name, None)


class ClockWatch:
    """Notices that the wall clock was set."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def jumped(self) -> float:
        """By how many seconds the wall clock was set since the last look; 0 when it just ran on."""
        offset = time.time() - time.monotonic()
        moved, self._offset = offset - self._offset, offset
        return moved if abs(moved) > JUMP else 0.0
