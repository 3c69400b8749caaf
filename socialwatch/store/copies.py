"""What order systems elsewhere told us, kept in our own tables, so that the desk never has to wait for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.freshness import Copy, Trouble
from socialwatch.domain.written import LONGEST_ID
from socialwatch.store import customers, forgotten
from socialwatch.store.tables import contact, customer, handle, order, order_line
from socialwatch.store.tables.copies import shop_copy
from socialwatch.store.unit import Unit

SHOP_ITSELF = ""
_MOST_EUROS = Decimal(20_000_000)  # an INTEGER of PostgreSQL holds 2,147,483,647 cents
_MOST_PIECES = 1_000_000


def keep(unit: Unit, file: File, now: datetime) -> None:
    """The file of one customer replaces what we knew; an order the shop no longer tells of stays as it was. Of who was
    forgotten nothing is kept.
    """
    if forgotten.gone(unit, file.customer.brand).knows(file.customer):
        return
    customers.import_customers(unit, [_customer(file.customer)], now)
    customers.import_orders(unit, [_order(each) for each in file.orders if len(each.number) <= LONGEST_ID])
    customers.import_contacts(unit, [_contact(each) for each in file.contacts if len(each.id) <= LONGEST_ID])
    _mark(unit, file.customer.brand, file.customer.id, {"fetched_at": now, "asked_at": now, "trouble": None})


def meet(unit: Unit, found: Sequence[Customer], now: datetime) -> None:
    """Customers of whom we only know who they are, so that they can be offered by name; who is known stays as known."""
    new = {(each.brand, each.id): each for each in found}
    for brand, number in sorted(new):
        about = select(customer.c.id).where(customer.c.brand == brand, customer.c.id == number)
        if unit.run(about).one_or_none() is not None:
            del new[brand, number]
    customers.import_customers(unit, [_customer(each) for each in new.values()], now)


def learn(unit: Unit, found: Sequence[Customer], now: datetime) -> None:
    """As `meet`, and the handles these customers gave are added to those we know; none of who was forgotten."""
    meet(unit, found, now)
    away = {brand: forgotten.gone(unit, brand) for brand in {each.brand for each in found}}
    there = [_customer(each) for each in found if not away[each.brand].knows(each)]
    given = sorted({(each.brand, name, each.id) for each in there for name in each.handles})
    rows = [{"brand": brand, "handle": name, "customer_id": number} for brand, name, number in given]
    insert = postgresql.insert(handle) if unit.postgresql else sqlite.insert(handle)
    if rows:
        unit.run(insert.on_conflict_do_nothing(index_elements=["brand", "handle", "customer_id"]), rows)


def gleaned(unit: Unit, brand: str, now: datetime) -> None:
    """All that changed up to now was looked at; it stands with the empty customer, who is nobody."""
    _mark(unit, brand, SHOP_ITSELF, {"fetched_at": now, "asked_at": now, "trouble": None})


def missed(unit: Unit, who: tuple[str, str], trouble: Trouble, now: datetime) -> None:
    """An attempt that brought nothing; `who` is (brand, customer). What was known before stays known."""
    _mark(unit, *who, {"asked_at": now, "trouble": trouble.value})


def of(unit: Unit, brand: str, customer_id: str) -> Copy | None:
    """How our copy of this customer stands; None when the order system was never asked for it."""
    mine = (shop_copy.c.brand == brand) & (shop_copy.c.customer_id == customer_id)
    row = unit.run(select(shop_copy).where(mine)).one_or_none()
    return None if row is None else Copy(row.fetched_at, row.asked_at, Trouble(row.trouble) if row.trouble else None)


def _mark(unit: Unit, brand: str, customer_id: str, values: dict[str, Any]) -> None:
    insert = postgresql.insert(shop_copy) if unit.postgresql else sqlite.insert(shop_copy)
    unit.run(
        insert.values(brand=brand, customer_id=customer_id, **values).on_conflict_do_update(
            index_elements=["brand", "customer_id"], set_=values
        )
    )


def _customer(each: Customer) -> Customer:
    """As far as it fits: what a shop tells has no promised length, and PostgreSQL refuses what is too long."""
    words = {name: _cut(customer, name, getattr(each, name)) for name in ("name", "email", "phone", "language")}
    address = {name: _cut(customer, name, getattr(each.address, name)) for name in Address.__slots__}
    handles = tuple(_sound(name)[:200] for name in each.handles)
    return replace(each, **words, address=Address(**address), handles=handles)


def _order(each: Order) -> Order:
    names = ("status", "currency", "recipient", "carrier", "tracking", "card_text")
    words = {name: _cut(order, name, getattr(each, name)) for name in names}
    lines = tuple(_line(bought) for bought in each.lines)
    return replace(each, **words, lines=lines, total=_payable(each.total))


def _line(each: OrderLine) -> OrderLine:
    words = {name: _cut(order_line, name, getattr(each, name)) for name in ("product", "sku", "size")}
    pieces = min(max(each.quantity, 0), _MOST_PIECES)
    return replace(each, **words, quantity=pieces, price=_payable(each.price))


def _contact(each: Contact) -> Contact:
    names = ("channel", "menu", "typed", "asked", "answered", "outcome", "order_number")
    words = {name: _cut(contact, name, getattr(each, name)) for name in names}
    return replace(each, **words)


def _payable(amount: Decimal | None) -> Decimal | None:
    return amount if amount is not None and abs(amount) <= _MOST_EUROS else None


def _cut(table: Table, name: str, value: str | None) -> Any:
    if value is None:
        return None
    kind = table.c[name].type
    longest = kind.length if isinstance(kind, String) and kind.length else 20_000
    return _sound(value)[:longest]


def _sound(text: str) -> str:
    """Without NUL and lone surrogates, which PostgreSQL refuses."""
    return text.replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")
