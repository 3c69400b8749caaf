"""A customer (klant), what they bought, what was said before, and what we ask of an order system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from socialwatch.domain.channel import Finding


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
    """One product in an order; `price` is per piece, VAT included, in the order's currency; `size` is the size or the
    variant in the order system's words; `warranty_until` its last day, where the order system knows it.
    """

    product: str
    quantity: int = 1
    sku: str | None = None
    size: str | None = None
    price: Decimal | None = None
    warranty_until: date | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel of an order; `status` is shipped, delivered, lost or the carrier's own word; `url` follows it."""

    carrier: str | None = None
    tracking: str | None = None
    url: str | None = None
    status: str | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """What came back, or is to come back; `reason` and `answer` (why it was refused) in the words they were said in."""

    at: datetime
    status: str
    products: tuple[str, ...] = ()
    reason: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that went back, in the order's currency."""

    at: datetime
    amount: Decimal
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One order; `status` is packed, shipped, delivered, returned, cancelled or the order system's own word.

    `carrier`, `tracking` and their moments are those of its latest parcel; `ship_to` is where it goes when that is not
    the customer's own address; `total` includes VAT and postage.
    """

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
    total: Decimal | None = None
    ship_to: Address | None = None
    shipments: tuple[Shipment, ...] = ()
    returns: tuple[Return, ...] = ()
    refunds: tuple[Refund, ...] = ()
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
    """One order system of one brand, read only. Every question raises Unavailable, Refused or Halted (outgoing)."""

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

    def by_phone(self, number: str) -> list[Customer]:
        """Customers with this phone number, given as E.164 (+31612345678), however the order system writes it."""
        ...

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        """At most 50 customers whose name looks like this; asked only when an agent wants candidates."""
        ...

    def file(self, customer_id: str) -> File | None:
        """Orders and contacts of one customer, newest first, at most 50 orders."""
        ...

    def check(self) -> list[Finding]:
        """Can we get in, and what may we read? In plain Dutch."""
        ...
