"""Questions that change nothing: bounded in time, asked once more after a stumble, and rest for who does not answer."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from socialwatch.errors import SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import CONNECT, Door, Judge, Site

Found = TypeVar("Found")

_BREATH = 0.2  # seconds before a second attempt
_WORTH = 2.0  # seconds; a longer wait is not spent here but told to the one who asked


class Busy(Unavailable):
    """The other side says that we ask too much. Who is told to wait does not ask again at once."""


class TimedDoor(Door):
    """A Door whose answers must begin within `seconds`: a shop has 64 questions waiting behind this one."""

    def __init__(self, site: Site, judge: Judge, seconds: float) -> None:
        super().__init__(site, judge)
        self._seconds = seconds

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        options["timeout"] = options.get("timeout") or (min(CONNECT, self._seconds), self._seconds)
        return super().send(request, *args, **options)


class Patience:
    """Asks twice at most; after that everybody hears at once, for `rest` seconds, that the other side is away.

    Without the rest a shop that hangs would cost its whole timeout for each of the questions in a batch.
    """

    def __init__(self, rest: float) -> None:
        self._rest = rest
        self._why = ""
        self._until = 0.0

    def ask(self, question: Callable[[], Found]) -> Found:
        """The answer to a question that only reads. Raises Unavailable (never Unanswered: it may be repeated) or
        Refused.
        """
        left = self._until - time.monotonic()
        if left > 0:
            raise Unavailable(self._why, retry_after=left)
        began = time.monotonic()
        try:
            return question()
        except Unavailable as problem:
            last = _as_read(problem)
        wait = _before_again(last)
        if wait <= _WORTH and time.monotonic() - began <= _WORTH:
            time.sleep(wait)
            try:
                return question()
            except Unavailable as problem:
                last = _as_read(problem)
        self._why, self._until = str(last), time.monotonic() + self._resting(last.retry_after)
        raise last

    def _resting(self, wait: float | None) -> float:
        return self._rest if wait is None else min(wait, self._rest)


def _before_again(problem: Unavailable) -> float:
    """Seconds; a limit of which nobody says when it ends is not tried."""
    if problem.retry_after is not None:
        return problem.retry_after
    return _WORTH + 1 if isinstance(problem, Busy) else _BREATH


def busy(problem: SocialwatchError | None, status: int) -> SocialwatchError | None:
    """What a status says, with a limit as Busy."""
    if status in (425, 429) and isinstance(problem, Unavailable):
        return Busy(str(problem), retry_after=problem.retry_after)
    return problem


def _as_read(problem: Unavailable) -> Unavailable:
    """The same, without the doubt that belongs to a write."""
    if not isinstance(problem, Unanswered):
        return problem
    return Unavailable(str(problem), retry_after=problem.retry_after)
