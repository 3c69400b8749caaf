"""Streams: one supervisor per source keeps its line open, while we lead, and polls for what a broken line missed."""

import random
import threading
import time
from collections.abc import Callable

import structlog

from socialwatch.errors import Refused, SocialwatchError, Unavailable
from socialwatch.steps import line, poll
from socialwatch.steps.parts import Parts
from socialwatch.store import sources

SILENCE = 90.0  # seconds without a sign of life; platforms give one every 20 or so
LIVED = 60.0  # seconds; a line that stood this long was no failure
SOONEST, LONGEST_WAIT = 1.0, 320.0  # seconds between two attempts
LOOK_EVERY = 0.2  # seconds
WITHOUT_LEASE = 1.0  # seconds

_log = structlog.get_logger(__name__)


class Reader(threading.Thread):
    """One open line. It may hang in a read that nothing can end, so whoever gives up on it just leaves it: from then
    on it stores nothing any more.
    """

    def __init__(self, parts: Parts, name: str, term: int) -> None:
        super().__init__(name=f"stream-{name}", daemon=True)
        self._parts, self._source, self._term = parts, name, term
        self._given_up = threading.Event()
        self.ended = threading.Event()
        self.began = self.heard_at = time.monotonic()
        self.heard = False
        self.problem: Exception | None = None

    def run(self) -> None:
        try:
            for _ in line.listen_to(self._parts, self._source, self._term, self._given_up.is_set):
                self.heard, self.heard_at = True, time.monotonic()
        except Exception as problem:  # the supervisor judges it
            self.problem = problem
        self.ended.set()

    def give_up(self) -> None:
        self._given_up.set()

    def silent(self) -> bool:
        return time.monotonic() - self.heard_at > SILENCE


class Supervisor:
    """Keeps the line of one source open under the present term of the lease; `term` gives it, or None."""

    def __init__(self, parts: Parts, name: str, term: Callable[[], int | None]) -> None:
        self._parts, self._name, self._term = parts, name, term
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"supervisor-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        self._stop.set()
        self._thread.join(patience)

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                wait, lived = self._stand(self._term())
            except Exception as problem:  # the database is away; a supervisor that ends would not be missed
                _log.warning("stream_waits", source=self._name, reason=_reason(problem))
                wait, lived = None, False
            failures = 0 if lived else failures + 1
            self._stop.wait(backoff(failures) if wait is None else wait)

    def _stand(self, term: int | None) -> tuple[float | None, bool]:
        """One line from its opening to its end; gives back how long to wait (None: as long as usual) and whether it
        stood long enough to be no failure.
        """
        if term is None or self._halted():
            return WITHOUT_LEASE, True
        reader = Reader(self._parts, self._name, term)
        reader.start()
        shown = False
        while not self._over(reader, term):
            if reader.heard and not shown:
                shown = self._show(term, True)
            reader.ended.wait(LOOK_EVERY)
        reader.give_up()
        self._show(term, False)
        if self._stop.is_set() or self._term() != term:
            return WITHOUT_LEASE, True
        return self._verdict(reader, term)

    def _over(self, reader: Reader, term: int) -> bool:
        return self._stop.is_set() or reader.ended.is_set() or reader.silent() or self._term() != term

    def _verdict(self, reader: Reader, term: int) -> tuple[float | None, bool]:
        problem = reader.problem
        lived = reader.heard and reader.heard_at - reader.began >= LIVED
        _log.warning("stream_ended", source=self._name, reason=_reason(problem), silent=reader.silent())
        match problem:
            case poll.UsedUp():
                return LONGEST_WAIT, True  # the poll beside it says so on screen
            case poll.Overtaken():
                return WITHOUT_LEASE, True
            case Refused():
                self._halt(term, str(problem))
            case Unavailable() if problem.retry_after is not None:
                return min(max(SOONEST, problem.retry_after), LONGEST_WAIT * 10), lived
        return None, lived

    def _halted(self) -> bool:
        with self._parts.database.read() as unit:
            known = sources.one(unit, self._name)
        return known is None or known.halted

    def _show(self, term: int, alive: bool) -> bool:
        """Write down whether the line stands, and have what was missed polled for. Only the leader speaks."""
        with self._parts.database.write() as unit:
            if sources.leads(unit, poll.LEASE, term):
                sources.stream(unit, self._name, alive)
        return alive

    def _halt(self, term: int, reason: str) -> None:
        with self._parts.database.write() as unit:
            if sources.leads(unit, poll.LEASE, term):
                sources.failed(unit, self._name, reason, LONGEST_WAIT, halted=True)


def backoff(failures: int) -> float:
    """Seconds until the next attempt: doubling from one, spread by half, so that lines do not come back all at once."""
    return min(2.0 ** max(0, failures - 1), LONGEST_WAIT) * random.uniform(0.5, 1.0)  # noqa: S311 - spread, not secrecy


def _reason(problem: Exception | None) -> str:
    if isinstance(problem, SocialwatchError | poll.UsedUp):
        return str(problem)
    return "de verbinding hield op" if problem is None else type(problem).__name__
