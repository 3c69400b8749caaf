"""Customers, orders and earlier contacts as they were imported, and how we look them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select

from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.identity import name_key
from socialwatch.domain.order_look import Look, looks
from socialwatch.store import stage
from socialwatch.store.parcels import of_plain
from socialwatch.store.stage import AS_JSON, IN_CENTS
from socialwatch.store.tables import contact, customer, handle, order, order_line
from socialwatch.store.unit import Database, Unit

ORDERS_SHOWN = 50
CONTACTS_SHOWN = 200
NUMBERS_LOOKED_AT = 50  # at either end of the order numbers
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


# Every mention asks these, so they are built once: building a statement takes as long as asking it.
_BRAND: BindParameter[Any] = bindparam("brand")
_CUSTOMERS = select(customer).where(customer.c.brand == _BRAND).order_by(customer.c.id).limit(MOST_LIKE)
_GAVE = select(handle.c.customer_id).where(
    handle.c.brand == _BRAND, handle.c.handle.in_(bindparam("handles", expanding=True))
)
_BOUGHT = select(order.c.customer_id).where(order.c.brand == _BRAND, order.c.number == bindparam("number"))
_BY_HANDLE = _CUSTOMERS.where(customer.c.id.in_(_GAVE))
_BY_ORDER = _CUSTOMERS.where(customer.c.id.in_(_BOUGHT))
_BY_EMAIL = _CUSTOMERS.where(customer.c.email == bindparam("email"))
_BY_PHONE = _CUSTOMERS.where(customer.c.phone_key == bindparam("phone"))
_BY_NAME = _CUSTOMERS.where(customer.c.name_key == bindparam("name"))
_BY_NAME_AND_CITY = _BY_NAME.where(func.lower(customer.c.city) == bindparam("city"))
_ONE = select(customer).where(customer.c.brand == _BRAND, customer.c.id == bindparam("customer_id"))
# Not asked for in order: SQLite would read all handles of the brand, which stand in that order in an index.
_HANDLES = select(handle.c.customer_id, handle.c.handle).where(
    handle.c.brand == _BRAND, handle.c.customer_id.in_(bindparam("ids", expanding=True))
)
_ORDERS = (
    select(order)
    .where(order.c.brand == _BRAND, order.c.customer_id == bindparam("customer_id"))
    .order_by(order.c.ordered_at.desc())
    .limit(ORDERS_SHOWN)
)
_LINES = (
    select(order_line)
    .where(order_line.c.brand == _BRAND, order_line.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(order_line.c.number, order_line.c.position)
)
_CONTACTS = (
    select(contact)
    .where(contact.c.brand == _BRAND, contact.c.customer_id == bindparam("customer_id"))
    .order_by(contact.c.at.desc())
    .limit(CONTACTS_SHOWN)
)


_NOT_PLAIN = IN_CENTS | AS_JSON
_NUMBERS = select(order.c.number).where(order.c.brand == _BRAND).limit(NUMBERS_LOOKED_AT)
_FIRST, _LAST = _NUMBERS.order_by(order.c.number), _NUMBERS.order_by(order.c.number.desc())


def order_looks(unit: Unit, brand: str) -> tuple[Look, ...]:
    """How the order numbers look that we know of this brand, by the first and the last of them."""
    both = (unit.run(each, {"brand": brand}).scalars() for each in (_FIRST, _LAST))
    return looks(dict.fromkeys(number for numbers in both for number in numbers))


@dataclass(frozen=True, slots=True)
class Book:
    """The imported order system of one brand: each question is a short reading unit of its own."""

    database: Database
    brand: str
    clock: Callable[[], datetime]

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        return self._customers(_BY_HANDLE, handles=[each.lower() for each in handles])

    def by_order(self, number: str) -> list[Customer]:
        return self._customers(_BY_ORDER, number=number)

    def by_email(self, email: str) -> list[Customer]:
        return self._customers(_BY_EMAIL, email=email.lower())

    def by_phone(self, number: str) -> list[Customer]:
        return self._customers(_BY_PHONE, phone=number)

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        """At most MOST_LIKE customers with this surname, those of the town first."""
        key = name_key(name)
        if not key:
            return []
        there = self._customers(_BY_NAME_AND_CITY, name=key, city=city.lower()) if city else []
        near = {each.id for each in there}
        others = (each for each in self._customers(_BY_NAME, name=key) if each.id not in near)
        return [*there, *others][:MOST_LIKE]

    def file(self, customer_id: str) -> File | None:
        with self.database.read() as unit:
            return file_of(unit, self.brand, customer_id, self.clock())

    def _customers(self, question: Select[Any], **values: Any) -> list[Customer]:
        with self.database.read() as unit:
            rows = unit.run(question, {"brand": self.brand, **values}).all()
            given = _handles(unit, self.brand, [row.id for row in rows])
        return [_customer(row, given[row.id]) for row in rows]


def file_of(unit: Unit, brand: str, customer_id: str, now: datetime) -> File | None:
    """One customer with orders and contacts, newest first; None when the order system does not know them."""
    who = {"brand": brand, "customer_id": customer_id}
    row = unit.run(_ONE, who).one_or_none()
    if row is None:
        return None
    contacts = tuple(_contact(each) for each in unit.run(_CONTACTS, who))
    given = _handles(unit, brand, [customer_id])[customer_id]
    return File(_customer(row, given), orders_of(unit, brand, customer_id), contacts, row.imported_at or now)


def orders_of(unit: Unit, brand: str, customer_id: str) -> tuple[Order, ...]:
    """One customer's latest orders, newest first."""
    who = {"brand": brand, "customer_id": customer_id}
    rows = unit.run(_ORDERS, who).all()
    bought: dict[str, list[OrderLine]] = {row.number: [] for row in rows}
    lines = unit.run(_LINES, {"brand": brand, "numbers": sorted(bought)}) if rows else ()
    for each in lines:
        line = OrderLine(
            each.product, each.quantity, each.sku, each.size, _euros(each.price_cents), each.warranty_until
        )
        bought[each.number].append(line)
    return tuple(_order(row._mapping, tuple(bought[row.number])) for row in rows)


def _order(values: Mapping[Any, Any], lines: tuple[OrderLine, ...]) -> Order:
    plain = {name: value for name, value in values.items() if name not in _NOT_PLAIN}
    more = {name: of_plain(name, values[name]) for name in AS_JSON}
    return Order(lines=lines, total=_euros(values["total_cents"]), **plain, **more)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def _contact(row: Row[Any]) -> Contact:
    return Contact(**row._mapping)


def _handles(unit: Unit, brand: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {each: [] for each in ids}
    for row in unit.run(_HANDLES, {"brand": brand, "ids": ids}) if ids else ():
        found[row.customer_id].append(row.handle)
    return {each: sorted(given) for each, given in found.items()}


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
