"""Customers, orders and earlier contacts as they were imported, and how we look them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.identity import name_key
from socialwatch.store import stage
from socialwatch.store.parcels import of_plain
from socialwatch.store.stage import AS_JSON, IN_CENTS
from socialwatch.store.tables import contact, customer, handle, order, order_line
from socialwatch.store.unit import Database, Unit

ORDERS_SHOWN = 50
MOST_LIKE = 50  # customers that fit one question; more would tell nobody anything


def import_customers(unit: Unit, found: Sequence[Customer], now: datetime) -> int:
    """Insert or replace customers with the handles they gave; the last of an id wins. Gives back how many stand."""
    return _bring(unit, "customers", {(each.brand, each.id): each for each in found}, now)


def import_orders(unit: Unit, found: Sequence[Order]) -> int:
    """Insert or replace orders with all their lines."""
    return _bring(unit, "orders", {(each.brand, each.number): each for each in found}, _NEVER)


def import_contacts(unit: Unit, found: Sequence[Contact]) -> int:
    """Insert or replace earlier contacts."""
    return _bring(unit, "contacts", {(each.brand, each.id): each for each in found}, _NEVER)


_NEVER = datetime.min.replace(tzinfo=UTC)  # only a customer says when it was imported


def _bring(unit: Unit, what: str, found: Mapping[Any, Any], now: datetime) -> int:
    if not found:
        return 0
    stage.make(unit, what)
    stage.add(unit, what, list(enumerate(found.values())), now)
    stage.index(unit, what)
    count = stage.swap(unit, what)
    stage.clear(unit, what)
    return count


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
        likely = customer.c.name_key == key
        there = self._customers(likely & (func.lower(customer.c.city) == city.lower())) if city else []
        near = {each.id for each in there}
        return [*there, *(each for each in self._customers(likely) if each.id not in near)][:MOST_LIKE]

    def file(self, customer_id: str) -> File | None:
        with self.database.read() as unit:
            return file_of(unit, self.brand, customer_id, self.clock())

    def _customers(self, condition: Any) -> list[Customer]:
        query = select(customer).where(customer.c.brand == self.brand, condition).order_by(customer.c.id)
        with self.database.read() as unit:
            rows = unit.run(query.limit(MOST_LIKE)).all()
            given = _handles(unit, self.brand, [row.id for row in rows])
        return [_customer(row, given[row.id]) for row in rows]


def file_of(unit: Unit, brand: str, customer_id: str, now: datetime) -> File | None:
    """One customer with orders and contacts, newest first; None when the order system does not know them."""
    row = unit.run(select(customer).where(customer.c.brand == brand, customer.c.id == customer_id)).one_or_none()
    if row is None:
        return None
    known = select(contact).where(contact.c.brand == brand, contact.c.customer_id == customer_id)
    contacts = tuple(_contact(each) for each in unit.run(known.order_by(contact.c.at.desc())))
    given = _handles(unit, brand, [customer_id])[customer_id]
    return File(_customer(row, given), _orders(unit, brand, customer_id), contacts, row.imported_at or now)


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
    plain = {name: value for name, value in values.items() if name not in IN_CENTS | AS_JSON}
    more = {name: of_plain(name, values[name]) for name in AS_JSON}
    return Order(lines=lines, total=_euros(values["total_cents"]), **plain, **more)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def _contact(row: Row[Any]) -> Contact:
    return Contact(**row._mapping)


def _handles(unit: Unit, brand: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {each: [] for each in ids}
    theirs = select(handle.c.customer_id, handle.c.handle).where(handle.c.brand == brand, handle.c.customer_id.in_(ids))
    for row in unit.run(theirs.order_by(handle.c.handle)) if ids else ():
        found[row.customer_id].append(row.handle)
    return found


def _customer(row: Row[Any], given: Sequence[str]) -> Customer:
    return Customer(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        address=Address(row.street, row.postcode, row.city, row.country),
        language=row.language,
        handles=tuple(given),
        created_at=row.created_at,
        brand=row.brand,
    )


def counts(unit: Unit, brand: str) -> dict[str, int]:
    """How many customers, orders and contacts stand in the book."""
    tables = {"customers": customer, "orders": order, "contacts": contact}
    return {
        name: unit.run(select(func.count()).select_from(table).where(table.c.brand == brand)).scalar_one()
        for name, table in tables.items()
    }
