"""No statement on the trip of a mention reads a whole table: what it costs does not grow with the company."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from socialwatch.playground.volume import Volume
from socialwatch.store.unit import Database
from tests import fakes
from tests.measure import _filled, _trip

LARGE = frozenset(
    {
        "customer",
        "handle",
        "order",
        "order_line",
        "contact",
        "identity",
        "mention",
        "assessment",
        "case",
        "line",
        "reply",
    }
)
SIZE = Volume(brands=(fakes.BRAND, "lampenlab"), customers=200, lines=600, contacts=50, mentions=60, cases=40)
WHOLE = re.compile(r"SCAN (?:TABLE )?(\w+)")
Asked = list[tuple[str, str, Any]]  # step, statement, parameters


@pytest.fixture
def filled(sqlite: Database) -> Database:
    _filled.fill(sqlite, SIZE)
    return sqlite


@contextmanager
def listening(asked: Asked, step: str) -> Iterator[None]:
    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        asked.append((step, statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def asked_on_the_way(database: Database, trips: int) -> Asked:
    asked: Asked = []
    walking = _trip.trip(database, SIZE)
    for _ in range(trips):
        walking.walk(lambda step: listening(asked, step))
    return [each for each in asked if not each[1].startswith(("BEGIN", "PRAGMA"))]


def names(statement: str) -> dict[str, str]:
    """Which table each name in a plan stands for: itself, or what it is an alias of."""
    aliases = re.findall(r'(?:FROM|JOIN|,) "?(\w+)"? AS (\w+)', statement)
    return {each: each for each in LARGE} | {alias: table for table, alias in aliases}


def whole_reads(file: str, statement: str, parameters: Any) -> list[str]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    connection.close()
    known = names(statement)
    found = [known.get(match[1]) for row in rows if (match := WHOLE.match(row[3]))]
    return [each for each in found if each in LARGE]


def test_no_statement_reads_a_large_table_whole(filled: Database) -> None:
    file = str(filled.url.database)
    asked = asked_on_the_way(filled, 4)
    assert {step for step, _, _ in asked} == set(_trip.STEPS)
    found = {
        (step, table, statement)
        for step, statement, parameters in asked
        for table in whole_reads(file, statement, parameters)
    }
    assert found == set()


def test_one_mention_asks_little(filled: Database) -> None:
    """Each statement costs time on every mention; whoever adds one does so on purpose."""
    asked = asked_on_the_way(filled, 2)
    counts = {step: sum(1 for each in asked if each[0] == step) / 2 for step in _trip.STEPS}
    assert counts["identify"] <= 30
    assert counts["route"] <= 40
    assert counts["brief"] <= 40


def test_a_scan_is_seen(sqlite: Database) -> None:
    """The check does find what it looks for."""
    file = str(sqlite.url.database)
    assert whole_reads(file, "SELECT * FROM customer WHERE city = ?", ("Ede",)) == ["customer"]
    assert whole_reads(file, 'SELECT * FROM "order" AS bought WHERE bought.status = ?', ("packed",)) == ["order"]
    assert whole_reads(file, "SELECT * FROM customer WHERE brand = ? AND id = ?", ("b", "k")) == []
