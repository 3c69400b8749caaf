"""Bring: a file of mentions, customers, orders or contacts comes in; a bad row is named, the good rows are kept."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from socialwatch.domain import intake, ledger
from socialwatch.errors import Refused
from socialwatch.store import customers, mentions, queue
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database, Unit

CHUNK = 1000
LONGEST_FIELD = 4_000_000


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
    """Read the whole file in one unit: an import that dies halfway leaves the previous state.

    Raises Refused when the file cannot be read at all.
    """
    refused: list[tuple[int, str]] = []
    kept = new = 0
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file, database.write() as unit:
            good = _good(_rows(file, path.suffix.lower()), _parser(delivery), refused)
            for chunk in _chunks(good, delivery.what):
                some, fresh = _store(unit, delivery, chunk, now)
                kept += some
                new += fresh
    except OSError as problem:
        raise Refused(f"{path.name} is niet te lezen: {problem.strerror or 'onbekende fout'}.") from None
    return Report(kept, new, tuple(refused))


def _rows(file: TextIO, suffix: str) -> Iterator[tuple[int, Any]]:
    """(line number, row or the ValueError that reading it gave)."""
    return _csv_rows(file) if suffix == ".csv" else _json_rows(file)


def _json_rows(file: TextIO) -> Iterator[tuple[int, Any]]:
    for number, written in enumerate(file, 1):
        if not written.strip():
            continue
        try:
            row = json.loads(written)
        except (ValueError, RecursionError):
            row = ValueError("geen geldige JSON")
        yield number, row if isinstance(row, dict | ValueError) else ValueError("geen JSON-object")


def _csv_rows(file: TextIO) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(LONGEST_FIELD)
    head = file.readline()
    delimiter = ";" if head.count(";") > head.count(",") else ","
    names = next(csv.reader([head], delimiter=delimiter), [])
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num + 1, ValueError("geen geldige CSV")
            continue
        if not values:
            continue
        if len(values) != len(names):
            yield reader.line_num + 1, ValueError(f"{len(values)} kolommen in plaats van {len(names)}")
            continue
        yield reader.line_num + 1, dict(zip([each.strip() for each in names], values, strict=True))


def _parser(delivery: Delivery) -> Callable[[Mapping[str, Any]], Any]:
    brand = delivery.brand
    parsers: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
        "mentions": lambda row: replace(intake.mention_of(row), brand=brand),
        "customers": lambda row: ledger.customer_of(row, brand),
        "orders": lambda row: ledger.order_of(row, brand),
        "contacts": lambda row: ledger.contact_of(row, brand),
    }
    return parsers[delivery.what]


def _good(
    rows: Iterable[tuple[int, Any]], parse: Callable[[Mapping[str, Any]], Any], refused: list[tuple[int, str]]
) -> Iterator[Any]:
    for number, row in rows:
        try:
            if isinstance(row, ValueError):
                raise row
            yield parse(row)
        except ValueError as problem:
            refused.append((number, str(problem)))


def _chunks(good: Iterator[Any], what: str) -> Iterator[list[Any]]:
    # Rows of one order may stand anywhere in a CSV, so orders are merged over the whole file.
    if what == "orders":
        everything = ledger.merged(list(good))
        good = iter(everything)
    while chunk := list(islice(good, CHUNK)):
        yield chunk


def _store(unit: Unit, delivery: Delivery, chunk: list[Any], now: datetime) -> tuple[int, int]:
    match delivery.what:
        case "mentions":
            taken = mentions.take(unit, chunk, now)
            queue.put(unit, [delivery.first(each) for each in taken.new + taken.edited])
            return len(chunk), len(taken.new)
        case "customers":
            return customers.import_customers(unit, chunk, now), 0
        case "orders":
            return customers.import_orders(unit, chunk), 0
        case _:
            return customers.import_contacts(unit, chunk), 0
