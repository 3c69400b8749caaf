"""The bell: wakes the lanes at once where the database can say that there is work, and now and then elsewhere."""

import threading

import structlog

from socialwatch.store.unit import Database

LOOK_EVERY = 0.25  # seconds between two looks while nobody can wake us
FALLBACK = 1.0  # seconds between two looks while the database does: a wake-up may be lost, and what waits falls due
HEAR_FOR = 0.5  # seconds in one go, so that the end is noticed in time

_log = structlog.get_logger(__name__)


class Bell:
    """On PostgreSQL a thread listens and rings for every sleeper; on SQLite sleepers look for themselves."""

    def __init__(self, database: Database, stop: threading.Event) -> None:
        self._database = database
        self._stop = stop
        self._guard = threading.Lock()
        self._sleepers: list[threading.Event] = []
        self._hears = False
        self.threads = [threading.Thread(target=self._listen, name="bell")] if database.postgresql else []

    def sleeper(self) -> threading.Event:
        """One per lane: cleared before a lane looks for work, so that no ring between looking and sleeping is lost."""
        woken = threading.Event()
        with self._guard:
            self._sleepers.append(woken)
        return woken

    def wait(self, woken: threading.Event) -> None:
        woken.wait(FALLBACK if self._hears else LOOK_EVERY)

    def ring(self) -> None:
        with self._guard:
            for each in self._sleepers:
                each.set()

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                with self._database.listen() as driver:
                    self._hears = True
                    self.ring()  # whatever came before we listened
                    while not self._stop.is_set():
                        for _ in driver.notifies(timeout=HEAR_FOR, stop_after=1):
                            self.ring()
            except Exception as problem:  # the database went away; lanes look for themselves meanwhile
                _log.warning("bell_is_silent", reason=type(problem).__name__)
            self._hears = False
            self._stop.wait(1.0)
