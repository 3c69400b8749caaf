"""The pace that Meta's usage headers ask for: slower from 75 %, no reading from 95 %, replies always.

https://developers.facebook.com/docs/graph-api/overview/rate-limiting
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from socialwatch.channels.facebook.verdict import PAUSE, USAGE, fullness, regain
from socialwatch.errors import Unavailable
from socialwatch.outgoing import Usage

SLOW, FULL = 75, 95  # per cent; Meta blocks at 100, and a block lasts longer than a pause
GAPS = (60.0, PAUSE)  # seconds between two rounds, at 75 % and just below 95 %
_RESTS = (0.2, 2.0)  # seconds before one request, likewise


@dataclass(slots=True)
class Pace:
    """What was told of each limit and when. Meta leaves the headers out of many answers, so the last one counts
    until access is said to come back, or five minutes. `seconds` is a monotonic clock, `rest` waits.
    """

    seconds: Callable[[], float] = time.monotonic
    rest: Callable[[float], None] = time.sleep
    _told: dict[str, Usage] = field(default_factory=dict)
    _began: float | None = None

    def note(self, usage: Usage) -> None:
        """Remember what the last answer told."""
        for name in USAGE:
            if name in usage.headers:
                self._told[name] = Usage({name: usage.headers[name]}, usage.status, usage.at)

    @property
    def used(self) -> int:
        """How full the fullest limit is, in per cent."""
        return max((fullness(one.headers) for one in self._told.values() if self._left(one) > 0), default=0)

    def begin_round(self) -> None:
        """Before a poll. Raises Unavailable when the limit is three quarters full and the last one was just now."""
        now, used = self.seconds(), self.used
        left = 0.0 if self._began is None else self._began + _between(GAPS, used) - now
        if SLOW <= used < FULL and left > 0:
            raise Unavailable(f"Facebook wordt rustiger gelezen: {used}% van de limiet is gebruikt", retry_after=left)
        self._began = now

    def before_reading(self) -> None:
        """Before one request to read. Raises Unavailable just before the limit, so that replies still go out."""
        used = self.used
        if used >= FULL:
            left = max(self._left(one) for one in self._told.values() if fullness(one.headers) >= FULL)
            raise Unavailable("De limiet van Facebook is bijna bereikt; lezen wacht even", retry_after=left)
        if used >= SLOW:
            self.rest(_between(_RESTS, used))

    def notice(self) -> str | None:
        """One Dutch sentence while reading is slower than asked, or stands still."""
        used = self.used
        if used >= FULL:
            return f"Facebook: {used}% van de limiet is gebruikt; lezen staat even stil, antwoorden gaan door"
        if used >= SLOW:
            return f"Facebook: {used}% van de limiet is gebruikt; we lezen rustiger, antwoorden gaan gewoon door"
        return None

    def _left(self, usage: Usage) -> float:
        return usage.at + (regain(usage.headers) or PAUSE) - self.seconds()


def _between(ends: tuple[float, float], used: int) -> float:
    share = min(max(used - SLOW, 0) / (FULL - SLOW), 1.0)
    return ends[0] + (ends[1] - ends[0]) * share
