"""One transaction: a unit begins here, commits here at its edge, and nobody else commits."""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from socialwatch.errors import Misconfigured, Unavailable

# A host that was cut off in the middle of a transaction would keep its locks for hours otherwise.
PATIENCE = "-c idle_in_transaction_session_timeout=60s"
WAKE_CHANNEL = "socialwatch"
RENEWED = 1800  # seconds; a connection to SQLite reads what store/statistics found once, when it opens
WAL_TRIES, WAL_PAUSE = 100, 0.1  # ten seconds in all
_open_units: ContextVar[int] = ContextVar("open_units", default=0)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def open_units() -> int:
    """How many units this thread has open; no socket and no model may be asked while it is more than zero."""
    return _open_units.get()


class FairLock:
    """A first-come-first-served lock: writers of one process queue here before SQLite's own lock, which is not fair."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


@dataclass(slots=True)
class Unit:
    """An open transaction. `run` executes one statement; `wake` asks for one NOTIFY at the commit (PostgreSQL).

    What many mentions of a batch write alike is gathered and goes in together: before the next `run`, which might look
    at it, and at the latest before the commit.
    """

    connection: Connection
    postgresql: bool
    _wake: bool = field(default=False)
    _gathered: dict[Callable[["Unit", list[Any]], None], list[Any]] = field(default_factory=dict)

    def run(self, statement: Executable, rows: Any = None) -> CursorResult[Any]:
        self._store_gathered()
        return self.apart(statement, rows)

    def apart(self, statement: Executable, rows: Any = None) -> CursorResult[Any]:
        """As `run`, for a statement that neither reads nor changes what may be gathered: that stays gathered."""
        return self.connection.execute(statement, rows) if rows is not None else self.connection.execute(statement)

    def gather(self, store: Callable[["Unit", list[Any]], None], rows: Iterable[Any]) -> None:
        """Keep rows for one call of `store` with all of them, in this order."""
        found = list(rows)
        if found:
            self._gathered.setdefault(store, []).extend(found)

    def _store_gathered(self) -> None:
        while self._gathered:
            store = next(iter(self._gathered))
            store(self, self._gathered.pop(store))

    def wake(self) -> None:
        self._wake = True

    def alone(self, key: int) -> None:
        """Wait until no other unit holds this key, and hold it until the commit; SQLite has one writer anyway."""
        if self.postgresql:
            self.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})

    def stamp(self) -> float:
        """Seconds since 1970 for leases: the database's clock where there are several hosts, the host's own on
        SQLite.
        """
        if not self.postgresql:
            return time.time()
        return float(self.connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def _close(self) -> None:
        self._store_gathered()
        if self._wake and self.postgresql:
            self.connection.execute(text(f"NOTIFY {WAKE_CHANNEL}"))


class Database:
    """Two engines on one database: writers begin at once, readers never wait for them."""

    def __init__(self, url: str, pool_size: int = 50) -> None:
        self.url = _parsed(url)
        self.postgresql = self.url.get_backend_name() == "postgresql"
        self._turn = FairLock()
        self._writer = _engine(self.url, pool_size, "BEGIN IMMEDIATE")
        self._reader = self._writer if self.postgresql else _engine(self.url, pool_size, "BEGIN")

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit that commits when its block ends well and leaves no trace when it does not. Raises Unavailable.

        One inside another would wait for itself, so that mistake raises RuntimeError.
        """
        with self._alone(), self._unit(self._writer) as unit:
            yield unit

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if _writing.get():
            raise RuntimeError("a writing unit is open already: pass it on")
        mark = _writing.set(True)
        try:
            with nullcontext() if self.postgresql else self._turn:
                yield
        finally:
            _writing.reset(mark)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A unit for reading only. Raises Unavailable."""
        with self._unit(self._reader) as unit:
            yield unit

    @contextmanager
    def aside(self) -> Iterator["Aside"]:
        """A connection whose temporary tables only its own units see; they are gone when it closes, or dies."""
        with self._writer.connect() as connection:
            try:
                yield Aside(self, connection)
            finally:
                connection.invalidate()

    def _unit(self, engine: Engine) -> AbstractContextManager[Unit]:
        return self._around(engine.begin())

    @contextmanager
    def _around(self, transaction: AbstractContextManager[Connection]) -> Iterator[Unit]:
        mark = _open_units.set(_open_units.get() + 1)
        try:
            with transaction as connection:
                unit = Unit(connection, self.postgresql)
                yield unit
                unit._close()
        except (IntegrityError, DataError):  # a value that does not fit will not fit later either
            raise
        except DBAPIError as problem:
            raise Unavailable(_sentence(problem)) from problem
        finally:
            _open_units.reset(mark)

    @contextmanager
    def listen(self) -> Iterator[Any]:
        """A raw psycopg connection that listens for wake-ups; PostgreSQL only."""
        raw = self._writer.raw_connection()
        try:
            driver: Any = raw.driver_connection
            driver.rollback()
            driver.autocommit = True
            driver.execute(f"LISTEN {WAKE_CHANNEL}")
            yield driver
        finally:
            raw.invalidate()
            raw.close()

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands ready in temporary tables, and the way in: see Database.aside."""

    database: Database
    connection: Connection

    @contextmanager
    def prepare(self) -> Iterator[Unit]:
        """A unit that writes temporary tables only, so that it keeps no writer waiting. Raises Unavailable."""
        with self.database._around(self._begun("BEGIN")) as unit:
            yield unit

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """As Database.write, with the temporary tables in sight."""
        with self.database._alone(), self.database._around(self._begun("BEGIN IMMEDIATE")) as unit:
            yield unit

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Connection]:
        self.connection.execution_options(sqlite_begin=begin)
        with self.connection.begin():
            yield self.connection


def _sentence(problem: DBAPIError) -> str:
    if "full" in str(problem.orig):  # what SQLite says: "database or disk is full"
        return "De schijf van de database is vol."
    return f"De database doet het even niet ({type(problem.orig).__name__})."


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except SQLAlchemyError:
        raise Misconfigured("database.url is geen geldig databaseadres.") from None
    if backend not in {"sqlite", "postgresql"}:
        raise Misconfigured("database.url moet met sqlite:/// of postgresql+psycopg:// beginnen.")
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def _engine(url: URL, pool_size: int, begin: str) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={} if "options" in url.query else {"options": PATIENCE},
        )
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        pool_recycle=RENEWED,
        connect_args={"timeout": 30},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _begin(connection: Connection, usual: str) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", usual))


def _prepare_sqlite(connection: Any, _: object) -> None:
    # None: the driver begins nothing by itself, so that the begin event decides how.
    connection.isolation_level = None
    for pragma in ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """A file becomes WAL once, for ever. Two processes that both make it so do not wait for each other by themselves:
    SQLite says busy at once, whatever the timeout.
    """
    for wait in (*[WAL_PAUSE] * WAL_TRIES, None):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if wait is None:
                raise
            time.sleep(wait)
