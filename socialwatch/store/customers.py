"""Customers, orders and earlier contacts as they were imported, and how we look them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.facts import as_e164
from socialwatch.domain.identity import name_key
from socialwatch.store.parcels import of_plain, plain_of
from socialwatch.store.tables import contact, customer, handle, order, order_line
from socialwatch.store.unit import Database, Unit

ORDERS_SHOWN = 50
MOST_LIKE = 50  # customers with one surname that an agent is shown


def import_customers(unit: Unit, found: Sequence[Customer], now: datetime) -> int:
    """Insert or replace customers with the handles they gave; the last row of an id wins. Gives back how many stand."""
    unique = {(each.brand, each.id): each for each in found}
    rows = [_customer_values(unique[key]) | {"imported_at": now} for key in sorted(unique)]
    _upsert(unit, customer, ["brand", "id"], rows)
    for brand, number in sorted(unique):
        unit.run(delete(handle).where(handle.c.brand == brand, handle.c.customer_id == number))
    handles = [
        {"brand": each.brand, "customer_id": each.id, "handle": given}
        for each in unique.values()
        for given in sorted(set(each.handles))
    ]
    _upsert(unit, handle, ["brand", "handle", "customer_id"], handles)
    return len(rows)


def import_orders(unit: Unit, found: Sequence[Order]) -> int:
    """Insert or replace orders with all their lines."""
    unique = {(each.brand, each.number): each for each in found}
    _upsert(unit, order, ["brand", "number"], [_order_values(unique[key]) for key in sorted(unique)])
    lines = []
    for (brand, number), each in sorted(unique.items()):
        unit.run(delete(order_line).where(order_line.c.brand == brand, order_line.c.number == number))
        lines += [
            _line_values(bought) | {"brand": brand, "number": number, "position": place}
            for place, bought in enumerate(each.lines)
        ]
    _upsert(unit, order_line, ["brand", "number", "position"], lines)
    return len(unique)


def import_contacts(unit: Unit, found: Sequence[Contact]) -> int:
    """Insert or replace earlier contacts."""
    unique = {(each.brand, each.id): each for each in found}
    names = [column.name for column in contact.c]
    rows = [{name: getattr(unique[key], name) for name in names} for key in sorted(unique)]
    _upsert(unit, contact, ["brand", "id"], rows)
    return len(rows)


def _upsert(unit: Unit, table: Table, keys: list[str], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = postgresql.insert(table) if unit.postgresql else sqlite.insert(table)
    fresh = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    if fresh:
        unit.run(insert.on_conflict_do_update(index_elements=keys, set_=fresh), rows)
    else:
        unit.run(insert.on_conflict_do_nothing(index_elements=keys), rows)


def _customer_values(each: Customer) -> dict[str, Any]:
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
        "phone_key": as_e164(each.phone, each.address.country) if each.phone else None,
        "name_key": name_key(each.name) or None,
    }


_IN_CENTS = frozenset({"total_cents"})
_AS_JSON = frozenset({"ship_to", "shipments", "returns", "refunds"})


def _order_values(each: Order) -> dict[str, Any]:
    plain = {
        name: getattr(each, name) for name in (column.name for column in order.c) if name not in _IN_CENTS | _AS_JSON
    }
    more = {name: plain_of(getattr(each, name)) for name in sorted(_AS_JSON)}
    return plain | more | {"total_cents": _cents(each.total)}


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _line_values(bought: OrderLine) -> dict[str, Any]:
    return {
        "product": bought.product,
        "sku": bought.sku,
        "size": bought.size,
        "quantity": bought.quantity,
        "price_cents": _cents(bought.price),
        "warranty_until": bought.warranty_until,
    }


@dataclass(frozen=True, slots=True)
class Book:
    """The imported order system of one brand: each question is a short reading unit of its own."""

    database: Database
    brand: str
    clock: Callable[[], datetime]

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        wanted = [each.lower() for each in handles]
        chosen = select(handle.c.customer_id).where(handle.c.brand == self.brand, handle.c.handle.in_(wanted))
        return self._customers(customer.c.id.in_(chosen))

    def by_order(self, number: str) -> list[Customer]:
        chosen = select(order.c.customer_id).where(order.c.brand == self.brand, order.c.number == number)
        return self._customers(customer.c.id.in_(chosen))

    def by_email(self, email: str) -> list[Customer]:
        return self._customers(customer.c.email == email.lower())

    def by_phone(self, number: str) -> list[Customer]:
        return self._customers(customer.c.phone_key == number)

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        """At most MOST_LIKE customers with this surname, those of the town first."""
        key = name_key(name)
        if not key:
            return []
        found = self._customers(customer.c.name_key == key)
        there = (city or "").casefold()
        return sorted(found, key=lambda each: (each.address.city or "").casefold() != there)[:MOST_LIKE]

    def file(self, customer_id: str) -> File | None:
        with self.database.read() as unit:
            return file_of(unit, self.brand, customer_id, self.clock())

    def _customers(self, condition: Any) -> list[Customer]:
        with self.database.read() as unit:
            query = select(customer).where(customer.c.brand == self.brand, condition).order_by(customer.c.id)
            return [_customer(unit, row) for row in unit.run(query).all()]


def file_of(unit: Unit, brand: str, customer_id: str, now: datetime) -> File | None:
    """One customer with orders and contacts, newest first; None when the order system does not know them."""
    row = unit.run(select(customer).where(customer.c.brand == brand, customer.c.id == customer_id)).one_or_none()
    if row is None:
        return None
    known = select(contact).where(contact.c.brand == brand, contact.c.customer_id == customer_id)
    contacts = tuple(_contact(each) for each in unit.run(known.order_by(contact.c.at.desc())))
    return File(_customer(unit, row), _orders(unit, brand, customer_id), contacts, row.imported_at or now)


def _orders(unit: Unit, brand: str, customer_id: str) -> tuple[Order, ...]:
    query = select(order).where(order.c.brand == brand, order.c.customer_id == customer_id)
    rows = unit.run(query.order_by(order.c.ordered_at.desc()).limit(ORDERS_SHOWN)).all()
    bought: dict[str, list[OrderLine]] = {row.number: [] for row in rows}
    lines = select(order_line).where(order_line.c.brand == brand, order_line.c.number.in_(sorted(bought)))
    for each in unit.run(lines.order_by(order_line.c.number, order_line.c.position)):
        line = OrderLine(
            each.product, each.quantity, each.sku, each.size, _euros(each.price_cents), each.warranty_until
        )
        bought[each.number].append(line)
    return tuple(_order(row._mapping, tuple(bought[row.number])) for row in rows)


def _order(values: Mapping[Any, Any], lines: tuple[OrderLine, ...]) -> Order:
    plain = {name: value for name, value in values.items() if name not in _IN_CENTS | _AS_JSON}
    more = {name: of_plain(name, values[name]) for name in _AS_JSON}
    return Order(lines=lines, total=_euros(values["total_cents"]), **plain, **more)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def _contact(row: Row[Any]) -> Contact:
    return Contact(**row._mapping)


def _customer(unit: Unit, row: Row[Any]) -> Customer:
    given = select(handle.c.handle).where(handle.c.brand == row.brand, handle.c.customer_id == row.id)
    known = Customer(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        address=Address(row.street, row.postcode, row.city, row.country),
        language=row.language,
        created_at=row.created_at,
        brand=row.brand,
    )
    return replace(known, handles=tuple(sorted(unit.run(given).scalars())))


def counts(unit: Unit, brand: str) -> dict[str, int]:
    """How many customers, orders and contacts stand in the book."""
    tables = {"customers": customer, "orders": order, "contacts": contact}
    return {
        name: unit.run(select(func.count()).select_from(table).where(table.c.brand == brand)).scalar_one()
        for name, table in tables.items()
    }
