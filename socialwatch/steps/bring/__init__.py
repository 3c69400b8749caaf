"""Bring: a file of mentions, customers, orders or contacts comes in; a bad row is named, the good rows are kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from socialwatch.domain import intake, ledger
from socialwatch.errors import Refused
from socialwatch.steps.bring import letters, rows
from socialwatch.store import mentions, queue, stage, statistics
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database

CHUNK = 1000
Good = Iterator[tuple[int, Any]]  # line number, what the row says


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows were kept, how many of them were new (mentions), and the refused ones as (line number, reason)."""

    kept: int
    new: int
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is brought in, for which brand, and where a mention's trip starts."""

    what: str
    brand: str
    first: Callable[[Stored], NewJob]


def run(database: Database, delivery: Delivery, path: Path, now: datetime) -> Report:
    """Read the whole file; all of it comes in at once, so that an import that dies halfway leaves the previous state.

    Raises Refused when the file cannot be read at all, Unavailable when the database cannot take it now.
    """
    refused: list[tuple[int, str]] = []
    kept = new = 0
    sheet = path.suffix.lower() == ".csv"
    try:
        encoding, odd = letters.encoding(path, sheet)
        with path.open(encoding=encoding, errors=odd, newline="") as file:
            found = rows.sheet_rows(file) if sheet else rows.json_rows(file)
            good = _good(found, _parser(delivery), refused)
            if delivery.what == "mentions":
                kept, new = _mentions(database, delivery, good, now)
            else:
                kept, again = _book(database, (delivery.what, sheet), good, now)
                refused += again
    except OSError as problem:
        raise Refused(f"{path.name} is niet te lezen: {problem.strerror or 'onbekende fout'}.") from None
    with database.write() as unit:
        statistics.renew(unit)
    return Report(kept, new, tuple(sorted(refused)))


def _parser(delivery: Delivery) -> Callable[[Mapping[str, Any]], Any]:
    brand = delivery.brand
    parsers: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
        "mentions": lambda row: replace(intake.mention_of(row), brand=brand),
        "customers": lambda row: ledger.customer_of(row, brand),
        "orders": lambda row: ledger.order_of(row, brand),
        "contacts": lambda row: ledger.contact_of(row, brand),
    }
    return parsers[delivery.what]


def _good(found: Iterable[rows.Row], parse: Callable[[Mapping[str, Any]], Any], refused: list[tuple[int, str]]) -> Good:
    for number, row in found:
        try:
            if isinstance(row, ValueError):
                raise row
            yield number, parse(row)
        except ValueError as problem:
            refused.append((number, str(problem)))


def _mentions(database: Database, delivery: Delivery, good: Good, now: datetime) -> tuple[int, int]:
    kept = new = 0
    with database.write() as unit:
        while chunk := list(islice(good, CHUNK)):
            taken = mentions.take(unit, [each for _, each in chunk], now)
            queue.put(unit, [delivery.first(each) for each in taken.new + taken.edited])
            kept += len(chunk)
            new += len(taken.new)
    return kept, new


def _book(database: Database, kind: tuple[str, bool], good: Good, now: datetime) -> tuple[int, list[tuple[int, str]]]:
    """Reading a long file takes minutes; the writers of the database wait only while all of it is swapped in."""
    what, sheet = kind
    with database.aside() as aside:
        with aside.prepare() as unit:
            stage.make(unit, what)
        while chunk := list(islice(good, CHUNK)):
            with aside.prepare() as unit:
                stage.add(unit, what, chunk, now)
        with aside.prepare() as unit:
            stage.index(unit, what)
            if what == "orders" and sheet:  # one row per order line
                wrong = [
                    (line, f"customer_id is een andere dan op regel {first}")
                    for line, first in stage.merge(unit, what, "customer_id")
                ]
            else:
                wrong = [(line, f"staat al op regel {first}") for line, first in stage.twice(unit, what)]
        with aside.write() as unit:
            return stage.swap(unit, what), wrong
