"""The same work by another queue library: store pages of mentions, enqueue each, claim, write an outcome, acknowledge.

Run by tests/bench/queue.py as a script in an environment of its own, which has the libraries and not our package:

    python -P rival.py huey|procrastinate sqlite|postgresql ADDRESS COUNT

Prints the seconds that it took. Every commit waits for the disk, as ours do.
"""

import logging
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

PAGE = 100
TABLE = "CREATE TABLE mention (id {key}, native_id TEXT UNIQUE, text TEXT, state TEXT)"
STORE = "INSERT INTO mention (native_id, text, state) VALUES ({p}, {p}, 'waiting') ON CONFLICT DO NOTHING RETURNING id"
OUTCOME = "UPDATE mention SET state = 'done' WHERE id = {p}"


class Sqlite:
    """The mentions' own table beside the library's, with the same durability as ours."""

    def __init__(self, address: str) -> None:
        self.connection = sqlite3.connect(address, isolation_level=None, check_same_thread=False, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute(TABLE.format(key="INTEGER PRIMARY KEY"))

    def store(self, rows: Sequence[tuple[str, str]]) -> list[int]:
        self.connection.execute("BEGIN IMMEDIATE")
        ids = [self.connection.execute(STORE.format(p="?"), row).fetchone()[0] for row in rows]
        self.connection.execute("COMMIT")
        return ids

    def outcome(self, number: int) -> None:
        self.connection.execute(OUTCOME.format(p="?"), (number,))


class Postgresql:
    def __init__(self, address: str) -> None:
        import psycopg

        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute(TABLE.format(key="SERIAL PRIMARY KEY"))

    def store(self, rows: Sequence[tuple[str, str]]) -> list[int]:
        with self.connection.transaction(), self.connection.pipeline():
            found = [self.connection.execute(STORE.format(p="%s"), row) for row in rows]
        return [each.fetchone()[0] for each in found]  # type: ignore[index]

    def outcome(self, number: int) -> None:
        self.connection.execute(OUTCOME.format(p="%s"), (number,))


def pages(count: int) -> list[list[tuple[str, str]]]:
    rows = [(str(number), f"Waar blijft mijn pakket nummer {number}") for number in range(count)]
    return [rows[at : at + PAGE] for at in range(0, count, PAGE)]


def huey(engine: str, address: str, count: int) -> float:
    from huey import SqliteHuey

    if engine == "sqlite":
        queue: Any = SqliteHuey(filename=address + ".huey", fsync=True, results=False)
        table: Any = Sqlite(address)
    else:
        from huey.contrib.sql_huey import SqlHuey
        from peewee import PostgresqlDatabase

        parts = dict(each.split("=", 1) for each in address.split())
        database = PostgresqlDatabase(parts["dbname"], user="postgres", host=parts["host"], prefer_psycopg3=True)
        queue, table = SqlHuey(database=database, results=False), Postgresql(address)

    @queue.task()
    def assess(number: int) -> None:
        table.outcome(number)

    def put(ids: Sequence[int]) -> None:
        for each in ids:
            assess(each)

    def work() -> None:
        while (task := queue.dequeue()) is not None:
            queue.execute(task)

    return _timed(table, count, put, work)


def procrastinate(engine: str, address: str, count: int) -> float:
    """Its worker claims one job at a time; it puts a page at once."""
    assert engine == "postgresql", "it knows no other"
    import procrastinate as library

    app = library.App(connector=library.PsycopgConnector(conninfo=address))
    table = Postgresql(address)

    @app.task(name="assess")
    def assess(number: int) -> None:
        table.outcome(number)

    with library.App(connector=library.SyncPsycopgConnector(conninfo=address)).open() as waiting:
        waiting.schema_manager.apply_schema()
        putting = waiting.configure_task("assess", allow_unknown=True)

        def put(ids: Sequence[int]) -> None:
            putting.batch_defer(*({"number": each} for each in ids))

        def work() -> None:
            app.run_worker(wait=False, install_signal_handlers=False, delete_jobs="successful")

        return _timed(table, count, put, work)


def _timed(table: Any, count: int, put: Callable[[Sequence[int]], None], work: Callable[[], None]) -> float:
    start = time.perf_counter()
    for page in pages(count):
        put(table.store(page))
    work()
    took = time.perf_counter() - start
    done = table.connection.execute("SELECT count(*) FROM mention WHERE state = 'done'").fetchone()[0]
    if done != count:
        raise SystemExit(f"{done} of {count} were done")
    return took


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    print({"huey": huey, "procrastinate": procrastinate}[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4])))
