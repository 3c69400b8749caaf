"""The stage: what an import brings waits in temporary tables, and comes into the book all at once.

Filling the stage takes as long as the file is long and keeps no writer waiting; only `swap` does, and it is the one
statement after the other that the database can do by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from socialwatch.domain.customer import Contact, Customer, Order, OrderLine
from socialwatch.domain.facts import as_e164
from socialwatch.domain.identity import name_key
from socialwatch.store import forgotten
from socialwatch.store.parcels import plain_of
from socialwatch.store.tables import contact, customer, handle, order, order_line
from socialwatch.store.unit import Unit

_metadata = MetaData()


def _staged(table: Table, keys: Sequence[str], marks: Sequence[str] = ()) -> Table:
    """The same columns without any rule, the line of the file that a row came from, and the fingerprints (`marks`) by
    which the forgotten are known.
    """
    columns: list[Column[Any]] = [Column(each.name, each.type) for each in table.c]
    columns += [Column("line", Integer), *(Column(each, Text()) for each in marks)]
    staged = Table(f"staged_{table.name}", _metadata, *columns, prefixes=["TEMPORARY"])
    Index(f"ix_staged_{table.name}", *(staged.c[name] for name in keys), staged.c.line)
    return staged


@dataclass(frozen=True, slots=True)
class Stage:
    """A table of the book, the part of it that hangs below (handles, order lines), and how a row becomes values."""

    table: Table
    staged: Table
    keys: tuple[str, ...]
    values: Callable[[Any, datetime], dict[str, Any]]
    below: Table | None = None
    staged_below: Table | None = None
    parts: Callable[[Any], Iterator[dict[str, Any]]] = lambda _: iter(())

    @property
    def all_staged(self) -> tuple[Table, ...]:
        return (self.staged,) if self.staged_below is None else (self.staged, self.staged_below)


def make(unit: Unit, what: str) -> None:
    """Empty temporary tables for `what`: customers, orders or contacts."""
    for each in STAGES[what].all_staged:
        unit.run(CreateTable(each))  # without its index, which comes when the stage is full: that is quicker


def add(unit: Unit, what: str, found: Sequence[tuple[int, Any]], now: datetime) -> None:
    """More rows, each with its line number."""
    stage, key = STAGES[what], forgotten.secret(unit)
    rows = [stage.values(each, now) | forgotten.marks(key, each) | {"line": line} for line, each in found]
    unit.run(insert(stage.staged), rows)
    below = [part | {"line": line} for line, each in found for part in stage.parts(each)]
    if stage.staged_below is not None and below:
        unit.run(insert(stage.staged_below), below)


def index(unit: Unit, what: str) -> None:
    """The stage is full."""
    for each in STAGES[what].all_staged:
        for made in each.indexes:
            made.create(unit.connection)
        if unit.postgresql:  # it knows nothing of a new table by itself, and would choose slow ways
            unit.run(text(f"ANALYZE {each.name}"))


def twice(unit: Unit, what: str) -> list[tuple[int, int]]:
    """Take off the stage what stood in the file before: (its line, the line it stood in first)."""
    stage = STAGES[what]
    places = select(stage.staged.c.line, _first(stage)).subquery()
    found = unit.run(select(places.c.line, places.c.first).where(places.c.line > places.c.first)).all()
    _take_off(unit, stage.all_staged, [row.line for row in found])
    return [(row.line, row.first) for row in found]


def merge(unit: Unit, what: str, same: str) -> list[tuple[int, int]]:
    """Rows with one key are one: the first is kept, with what hangs below the others. Those that contradict it in
    the column `same` are taken off: (their line, the line of the first).
    """
    stage = STAGES[what]
    keys = [stage.staged.c[name] for name in stage.keys]
    said = func.first_value(stage.staged.c[same]).over(partition_by=keys, order_by=stage.staged.c.line)
    places = select(stage.staged.c.line, stage.staged.c[same], _first(stage), said.label("said")).subquery()
    wrong = select(places.c.line, places.c.first).where(places.c[same] != places.c.said)
    found = unit.run(wrong).all()
    _take_off(unit, stage.all_staged, [row.line for row in found])
    later = select(places.c.line).where(places.c.line > places.c.first)
    unit.run(delete(stage.staged).where(stage.staged.c.line.in_(later)))
    return [(row.line, row.first) for row in found]


def _first(stage: Stage) -> Any:
    keys = [stage.staged.c[name] for name in stage.keys]
    return func.min(stage.staged.c.line).over(partition_by=keys).label("first")


def _take_off(unit: Unit, tables: Sequence[Table], lines: Sequence[int]) -> None:
    for start in range(0, len(lines), 500):
        for each in tables:
            unit.run(delete(each).where(each.c.line.in_(lines[start : start + 500])))


def swap(unit: Unit, what: str) -> int:
    """All that stands on the stage comes into the book, but who was forgotten: what is known is replaced, the rest is
    new. Gives back how many rows of the upper table stood there.
    """
    stage = STAGES[what]
    _keep_out(unit, what)
    names = [each.name for each in stage.table.c]
    columns = [stage.staged.c[name] for name in names]
    in_order = select(*columns).where(true()).order_by(*(stage.staged.c[name] for name in stage.keys))
    _upsert(unit, stage.table, stage.keys, in_order)
    if what == "customers":
        _swap_handles(unit)
    elif what == "orders":
        _swap_lines(unit)
    return int(unit.run(select(func.count()).select_from(stage.staged)).scalar_one())


def _keep_out(unit: Unit, what: str) -> None:
    """Of who was forgotten an order comes in without a person, and nothing else."""
    stage = STAGES[what]
    if what == "orders":
        forgotten.make_bare(unit, stage.staged)
    else:
        _take_off(unit, stage.all_staged, forgotten.lines(unit, stage.staged))


def clear(unit: Unit, what: str) -> None:
    for each in STAGES[what].all_staged:
        each.drop(unit.connection)


def _swap_handles(unit: Unit) -> None:
    staged, given = STAGES["customers"].staged, _HANDLES
    same = [given.c[name] == handle.c[name] for name in ("brand", "customer_id", "handle")]
    theirs = tuple_(handle.c.brand, handle.c.customer_id).in_(select(staged.c.brand, staged.c.id))
    unit.run(delete(handle).where(theirs, ~exists().where(*same)))
    names = ["brand", "handle", "customer_id"]
    found = select(*(given.c[name] for name in names)).distinct().where(true()).order_by(given.c.handle)
    _upsert(unit, handle, names, found)


def _swap_lines(unit: Unit) -> None:
    staged, given = STAGES["orders"].staged, _LINES
    kept = select(func.count()).where(given.c.brand == order_line.c.brand, given.c.number == order_line.c.number)
    theirs = tuple_(order_line.c.brand, order_line.c.number).in_(select(staged.c.brand, staged.c.number))
    unit.run(delete(order_line).where(theirs, order_line.c.position >= kept.scalar_subquery()))
    place = func.row_number().over(
        partition_by=[given.c.brand, given.c.number], order_by=[given.c.line, given.c.position]
    )
    columns = [place - 1 if each.name == "position" else given.c[each.name] for each in order_line.c]
    _upsert(unit, order_line, ("brand", "number", "position"), select(*columns).where(true()))


def _upsert(unit: Unit, table: Table, keys: Sequence[str], found: Any) -> None:
    """Rows that stand there unchanged are not written again: a daily import of everything changes little."""
    names = [each.name for each in table.c]
    make = postgresql.insert(table) if unit.postgresql else sqlite.insert(table)
    given = make.from_select(names, found)
    fresh = {name: given.excluded[name] for name in names if name not in keys}
    if not fresh:
        unit.run(given.on_conflict_do_nothing(index_elements=keys))
        return
    changed = or_(*(_plain(table.c[name]).is_distinct_from(_plain(value)) for name, value in fresh.items()))
    unit.run(given.on_conflict_do_update(index_elements=keys, set_=fresh, where=changed))


def _plain(column: Any) -> Any:
    return cast(column, Text) if isinstance(column.type, JSON) else column  # PostgreSQL compares no json


def _customer_values(each: Customer, now: datetime) -> dict[str, Any]:
    return {
        "brand": each.brand,
        "id": each.id,
        "name": each.name,
        "email": each.email.lower() if each.email else None,
        "phone": each.phone,
        "street": each.address.street,
        "postcode": each.address.postcode,
        "city": each.address.city,
        "country": each.address.country,
        "language": each.language,
        "created_at": each.created_at,
        "imported_at": now,
        "phone_key": as_e164(each.phone, each.address.country) if each.phone else None,
        "name_key": name_key(each.name) or None,
    }


def _handle_values(each: Customer) -> Iterator[dict[str, Any]]:
    for given in each.handles:
        yield {"brand": each.brand, "customer_id": each.id, "handle": given}


IN_CENTS = frozenset({"total_cents"})
AS_JSON = frozenset({"ship_to", "shipments", "returns", "refunds"})
_PLAIN = [column.name for column in order.c if column.name not in IN_CENTS | AS_JSON]


def _order_values(each: Order, _: datetime) -> dict[str, Any]:
    values = {name: getattr(each, name) for name in _PLAIN}
    for name in AS_JSON:
        values[name] = plain_of(getattr(each, name))
    values["total_cents"] = _cents(each.total)
    return values


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _line_values(each: Order) -> Iterator[dict[str, Any]]:
    for place, bought in enumerate(each.lines):
        yield {"brand": each.brand, "number": each.number, "position": place, **_bought(bought)}


def _bought(line: OrderLine) -> dict[str, Any]:
    return {
        "product": line.product,
        "sku": line.sku,
        "size": line.size,
        "quantity": line.quantity,
        "price_cents": _cents(line.price),
        "warranty_until": line.warranty_until,
    }


def _contact_values(each: Contact, _: datetime) -> dict[str, Any]:
    return {column.name: getattr(each, column.name) for column in contact.c}


_HANDLES = _staged(handle, ("brand", "customer_id", "handle"))
_LINES = _staged(order_line, ("brand", "number"))
STAGES: Mapping[str, Stage] = {
    "customers": Stage(
        customer,
        _staged(customer, ("brand", "id"), ("mark", "mail_mark")),
        ("brand", "id"),
        _customer_values,
        handle,
        _HANDLES,
        _handle_values,
    ),
    "orders": Stage(
        order,
        _staged(order, ("brand", "number"), ("mark",)),
        ("brand", "number"),
        _order_values,
        order_line,
        _LINES,
        _line_values,
    ),
    "contacts": Stage(contact, _staged(contact, ("brand", "id"), ("mark",)), ("brand", "id"), _contact_values),
}
