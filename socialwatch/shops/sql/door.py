"""Door: one question to a foreign database at a time, read only and with an end to its patience."""

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, TextClause, create_engine, event
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InvalidRequestError,
    NoSuchModuleError,
    NotSupportedError,
    ProgrammingError,
    ResourceClosedError,
    SQLAlchemyError,
)

from socialwatch.errors import Misconfigured, SocialwatchError, Unavailable
from socialwatch.shops.sql.keys import MOST, OF, Settings

CANCELLED, READ_ONLY = "57014", "25006"  # PostgreSQL's SQLSTATE
SQLITE_LOOK = 10_000  # virtual machine steps between two looks at the clock
POOL = 5
_WRONG = ("no such", "syntax error", "near ", "ambiguous", "wrong number of arguments")  # as SQLite says it
Row = dict[str, Any]


def opened(found: Settings) -> Engine:
    """An engine that has connected to nothing yet. Raises Misconfigured when its driver is not installed."""
    common: dict[str, Any] = {"hide_parameters": True, "pool_size": POOL, "pool_timeout": found.seconds}
    try:
        if found.url.get_backend_name() == "sqlite":
            engine = create_engine(found.url, creator=lambda: _sqlite(found), **common)
        else:
            engine = create_engine(found.url, pool_pre_ping=True, pool_recycle=1800, **common)
    except (ImportError, NoSuchModuleError):
        raise Misconfigured(f"url van {OF}: het stuurprogramma {found.url.drivername} is niet geïnstalleerd") from None
    except (SQLAlchemyError, TypeError, ValueError):
        raise Misconfigured(f"url van {OF} is geen databaseadres dat wij kennen") from None
    event.listen(engine, "begin", lambda connection: _restrain(connection, found.seconds))
    return engine


def _sqlite(found: Settings) -> sqlite3.Connection:
    """Opened for reading only, so that a wrong path makes no new file."""
    path = quote(str(Path(found.url.database or "").absolute()))
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=found.seconds, check_same_thread=False)


def _restrain(connection: Connection, seconds: int) -> None:
    """Reading only and not for ever, where the engine can promise that; nothing is ever committed anyway."""
    match connection.dialect.name:
        case "sqlite":
            end = time.monotonic() + seconds
            raw: Any = connection.connection.driver_connection
            raw.set_progress_handler(lambda: time.monotonic() > end, SQLITE_LOOK)
        case "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {seconds * 1000}")
        case "mysql":
            connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET SESSION max_execution_time = {seconds * 1000}")
        case "mariadb":
            connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET SESSION max_statement_time = {seconds}")


def ask(engine: Engine, query: tuple[str, TextClause], values: Mapping[str, Any]) -> list[Row]:
    """At most MOST rows, with their columns in lower case. Raises Unavailable, or Misconfigured naming the query.

    A value that the database cannot compare, such as letters with a number, fits no row.
    """
    name, statement = query
    try:
        with engine.connect() as connection:
            with connection.execute(statement, dict(values)) as rows:
                found = rows.fetchmany(MOST[name])
            return [{str(key).lower(): value for key, value in row._mapping.items()} for row in found]
    except DataError:
        return []
    except DBAPIError as problem:
        raise _told(name, problem) from None
    except ResourceClosedError:
        raise Misconfigured(f"queries.{name} van {OF} geeft geen rijen") from None
    except InvalidRequestError:
        raise Misconfigured(f"queries.{name} van {OF} past niet bij deze database") from None
    except (SQLAlchemyError, OSError) as problem:  # no connection free, for one
        raise Unavailable(f"Het {OF} is nu niet bereikbaar ({type(problem).__name__}).") from None


def _told(name: str, problem: DBAPIError) -> SocialwatchError:
    """What the database says may hold a password or somebody's data, so only its kind is passed on."""
    kind, said = type(problem.orig).__name__, str(problem.orig).lower()
    state = getattr(problem.orig, "sqlstate", None)
    if state == READ_ONLY or "readonly database" in said:
        return Misconfigured(f"queries.{name} van {OF} wil schrijven; wij lezen alleen")
    if state == CANCELLED or said == "interrupted":
        return Unavailable(f"Het {OF} deed te lang over queries.{name}.")
    if isinstance(problem, ProgrammingError | NotSupportedError) or (
        isinstance(problem.orig, sqlite3.Error) and _is_wrong(said)
    ):
        return Misconfigured(f"queries.{name} van {OF} klopt niet ({kind})")
    return Unavailable(f"Het {OF} is nu niet bereikbaar ({kind}).")


def _is_wrong(said: str) -> bool:
    return any(word in said for word in _WRONG)
