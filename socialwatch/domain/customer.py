"""A customer (klant), what they bought, what was said before, and what we ask of an order system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Address:
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of one brand as the order system knows them; `id` is the order system's. `handles` are
    "channel:handle-or-id" pairs in lower case that the customer gave at checkout or in the account.
    """

    id: str
    name: str
    email: str | None = None
    phone: str | None = None
    address: Address = Address()
    language: str | None = None
    handles: tuple[str, ...] = ()
    created_at: datetime | None = None
    brand: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product in an order; `price` is per piece, VAT included, in the order's currency."""

    product: str
    quantity: int = 1
    sku: str | None = None
    size: str | None = None
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One order; `status` is packed, shipped, delivered, returned, cancelled or the order system's own word."""

    number: str
    customer_id: str
    ordered_at: datetime
    status: str
    lines: tuple[OrderLine, ...]
    currency: str = "EUR"
    gift_wrap: bool = False
    card_text: str | None = None
    wished_date: date | None = None
    recipient: str | None = None
    carrier: str | None = None
    tracking: str | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An earlier contact by phone, mail or chat. `outcome` is rejected, solved, open or the helpdesk's own word."""

    id: str
    customer_id: str
    channel: str
    at: datetime
    minutes_waited: int | None = None
    menu: str | None = None
    typed: str | None = None
    asked: str | None = None
    answered: str | None = None
    outcome: str | None = None
    order_number: str | None = None
    brand: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """All we know of one customer, newest first, with the moment it was true."""

    customer: Customer
    orders: tuple[Order, ...]
    contacts: tuple[Contact, ...]
    as_of: datetime


class Shop(Protocol):
    """One order system of one brand, read only."""

    kind: str

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        """Customers who gave one of these "channel:handle" pairs themselves."""
        ...

    def by_order(self, number: str) -> list[Customer]:
        """The customer of an order number, exactly as written by the order system; empty when unknown."""
        ...

    def by_email(self, email: str) -> list[Customer]:
        """Customers with this e-mail address, case-insensitive."""
        ...

    def file(self, customer_id: str) -> File | None:
        """Orders and contacts of one customer."""
        ...
