"""The ticker: APScheduler rings, but what is due stands in the database, and one lease decides who polls."""

import os
import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from socialwatch.domain.channel import Streaming
from socialwatch.errors import SocialwatchError
from socialwatch.steps import line
from socialwatch.steps.parts import Parts
from socialwatch.steps.poll import LEASE
from socialwatch.steps.slow import Backlog
from socialwatch.store import sources, timers
from socialwatch.store.sources import Source
from socialwatch.worker.rounds import Round, rounds
from socialwatch.worker.stream import Supervisor
from socialwatch.worker.waits import ClockWatch, Waits

RENEW_EVERY = 5.0  # seconds; a third of the lease
PACE_EVERY = 10.0  # seconds between two looks at the backlog
AUDIT_EVERY = 60.0  # seconds between two audits of the cases
WATCH_EVERY = 1.0  # seconds between two looks at the clock
RELEASED_WITHIN = 1.0  # seconds; a database that is away does not keep us from ending

_log = structlog.get_logger(__name__)


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler carries no types
    """So many seconds after the last ring. APScheduler's own interval counts up every ring that was missed, one by
    one: after a clock that was put forward a day, that takes minutes.
    """

    def __init__(self, seconds: float) -> None:
        self._span = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + self._span


class Ticker:
    """Polls every source when it is due, keeps the streams open and audits the cases, while we hold the lease.

    `audit` gives back what is in nobody's hands; whatever else it does with a clean outcome is its own.
    """

    def __init__(
        self, parts: Parts, names: Sequence[str], every: float, audit: Callable[[], Sequence[str]] | None = None
    ) -> None:
        self._parts = parts
        self._audit = audit
        self._names = names
        self._every = every
        self._holder = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._term: int | None = None
        self._guard = threading.Lock()
        self._reaching = threading.Lock()  # for the lease: a renewal under way must not take it again once it is back
        self._waits = Waits()
        self._backlog: Backlog | None = None
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_clock, name="clock", daemon=True)
        self._streams = [Supervisor(parts, name, self._leading) for name in names if _streams(parts, name)]
        # The default grace of one second would skip late rings in silence.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(names) + 8)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._lead, Every(RENEW_EVERY))
        ring = max(0.2, min(1.0, every / 4))
        for name in names:
            self._scheduler.add_job(self._poll, Every(ring), args=[name])
        for each in rounds(parts, every):
            at_once = {"next_run_time": datetime.now(UTC)} if each.at_once else {}
            self._scheduler.add_job(self._go_round, Every(each.every), args=[each], **at_once)
        self._scheduler.add_job(self._pace, Every(PACE_EVERY))
        if audit is not None:
            self._scheduler.add_job(self._look_after, Every(AUDIT_EVERY))

    def start(self) -> None:
        self._lead()
        self._scheduler.start()
        self._watch.start()
        for each in self._streams:
            each.start()

    def stop(self) -> None:
        """End without waiting for a poll: a page that was not stored is simply read again. The lease goes back, so
        that another poller need not wait for its end.
        """
        self._ended.set()
        self._scheduler.remove_all_jobs()  # or it still rings while its threads are being closed
        self._scheduler.shutdown(wait=False)
        for each in self._streams:
            each.stop()
        releasing = threading.Thread(target=self._release, name="release", daemon=True)
        releasing.start()
        releasing.join(RELEASED_WITHIN)

    def _leading(self) -> int | None:
        """The term under which we lead, None while another does."""
        with self._guard:
            return self._term

    def _lead(self) -> None:
        with self._reaching:
            if self._ended.is_set():
                return
            term = self._reach()
            with self._guard:
                self._term = term

    def _reach(self) -> int | None:
        """Take or keep the lease; its term, or None."""
        before = self._leading()
        try:
            with self._parts.database.write() as unit:
                timers.heed(unit)
                term = sources.lead(unit, LEASE, self._holder)
                if term is not None and term != before:
                    for name in self._names:  # whatever stood open, stood open under somebody else
                        sources.stream(unit, name, False)
        except SocialwatchError as problem:
            _log.warning("lease_not_renewed", reason=str(problem))
            return None
        return term

    def _release(self) -> None:
        with self._reaching, self._guard:
            term, self._term = self._term, None
        if term is None:
            return
        try:
            with self._parts.database.write() as unit:
                sources.release(unit, LEASE, self._holder, term)
        except SocialwatchError as problem:
            _log.warning("lease_not_released", reason=str(problem))

    def _poll(self, name: str) -> None:
        term = self._leading()
        if term is None:
            return
        try:
            with self._parts.database.read() as unit:
                known = sources.one(unit, name)
                now = unit.stamp()
            if known is None or not self._due(known, now):
                return
            counted = line.poll_source(self._parts, name, term, self._every)
        except SocialwatchError as problem:
            _log.warning("poll_not_stored", source=name, reason=str(problem))
            self._waits.not_stored(name, self._every)
            return
        self._waits.stored(name)
        if counted is not None:
            said = {"failed": counted.failed, "paused": counted.paused}
            _log.info("polled", source=name, new=counted.new, edited=counted.edited, **said)

    def _due(self, known: Source, now: float) -> bool:
        return not known.halted and self._waits.over(known, self._every, now)

    def _go_round(self, each: Round) -> None:
        if self._leading() is None:
            return
        try:
            for failed in each.go(self._parts):
                _log.warning(each.failed, reason=failed)
        except SocialwatchError as problem:
            _log.warning(each.failed, reason=str(problem))

    def _pace(self) -> None:
        if self._leading() is None:
            self._backlog = None
            return
        try:
            self._backlog = line.pace(self._parts, self._backlog)
        except SocialwatchError as problem:
            _log.warning("pace_not_set", reason=str(problem))

    def _look_after(self) -> None:
        if self._audit is None or self._leading() is None:
            return
        try:
            for said in self._audit():
                _log.warning("audit", reason=said)
        except SocialwatchError as problem:
            _log.warning("audit_failed", reason=str(problem))

    def _watch_clock(self) -> None:
        """APScheduler holds rings to the wall clock: put back a day, it is silent for a day unless it is set again."""
        watch = ClockWatch()
        while not self._ended.wait(WATCH_EVERY):
            moved = watch.jumped()
            if not moved:
                continue
            _log.warning("clock_was_set", seconds=round(moved))
            self._heed_clock()
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))

    def _heed_clock(self) -> None:
        """What was due in a minute is due in a minute still."""
        try:
            with self._parts.database.write() as unit:
                timers.heed(unit)
        except SocialwatchError as problem:
            _log.warning("clock_not_mended", reason=str(problem))


def _streams(parts: Parts, name: str) -> bool:
    """Whether this source has a stream and is told to use it."""
    channel = parts.channels.get(name)
    return isinstance(channel, Streaming) and bool(getattr(channel, "streaming", False))
