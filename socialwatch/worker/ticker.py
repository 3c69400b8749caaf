"""The ticker: APScheduler rings, but what is due stands in the database, and one lease decides who polls."""

import os
import socket
import threading
import time
import uuid
from collections.abc import Sequence
from datetime import UTC

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from socialwatch.errors import SocialwatchError
from socialwatch.steps import line
from socialwatch.steps.line import Parts
from socialwatch.steps.poll import LEASE
from socialwatch.store import sources

RENEW_EVERY = 5.0  # seconds; a third of the lease
FOLLOW_EVERY = 300.0  # seconds between two rounds of looking; how old a look may be is a setting

_log = structlog.get_logger(__name__)


class Ticker:
    """Polls every source when it is due, while we hold the lease."""

    def __init__(self, parts: Parts, names: Sequence[str], every: float) -> None:
        self._parts = parts
        self._every = every
        self._holder = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._term: int | None = None
        self._guard = threading.Lock()
        # The default grace of one second would skip late rings in silence.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(names) + 2)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._lead, "interval", seconds=RENEW_EVERY)
        ring = max(0.2, min(1.0, every / 4))
        for name in names:
            self._scheduler.add_job(self._poll, "interval", seconds=ring, args=[name])
        self._scheduler.add_job(self._follow, "interval", seconds=min(FOLLOW_EVERY, every * 5), jitter=1)

    def start(self) -> None:
        self._lead()
        self._scheduler.start()

    def stop(self) -> None:
        """End without waiting: a page that was not stored is simply read again."""
        self._scheduler.shutdown(wait=False)

    def _lead(self) -> None:
        try:
            with self._parts.database.write() as unit:
                term = sources.lead(unit, LEASE, self._holder)
        except SocialwatchError as problem:
            _log.warning("lease_not_renewed", reason=str(problem))
            term = None
        with self._guard:
            self._term = term

    def _poll(self, name: str) -> None:
        with self._guard:
            term = self._term
        if term is None:
            return
        try:
            with self._parts.database.read() as unit:
                known = sources.one(unit, name)
            if known is None or known.halted or known.next_poll_at > time.time():
                return
            counted = line.poll_source(self._parts, name, term, self._every)
        except SocialwatchError as problem:
            _log.warning("poll_not_stored", source=name, reason=str(problem))
            return
        if counted is not None:
            _log.info("polled", source=name, new=counted.new, edited=counted.edited, failed=counted.failed)

    def _follow(self) -> None:
        with self._guard:
            leads = self._term is not None
        if not leads:
            return
        try:
            for failed in line.follow_all(self._parts):
                _log.warning("follow_failed", reason=failed)
        except SocialwatchError as problem:
            _log.warning("follow_failed", reason=str(problem))
