"""Written: what order systems write as text, as values: amounts, moments, days, yes or no, names, addresses. What
cannot be read is None.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.customer import Address, Customer, Order, Refund, Shipment
from socialwatch.domain.mention import clean

Fields = Mapping[str, Any]

ORDERS_SHOWN = 50
LIKE = 50  # candidates by name
_CENT = Decimal("0.01")
_MOST = Decimal(100_000_000)  # an amount above this is a mistake
_LONGEST = 2000  # characters of one text; a card with more is cut
LONGEST_ID = 80  # characters of the id of a customer, an order or a contact in our tables
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NO = ("", "0", "no", "nee", "false", "geen", "none", "off")


def fields(value: Any) -> Fields:
    """The object, or an empty one: a shop may leave out or empty whatever it likes."""
    return value if isinstance(value, Mapping) else {}


def rows(value: Any) -> list[Fields]:
    """The objects of a list; a Magento list without entries may come as null or as an object."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """Text without spaces around it; numbers count as text, what is empty or something else as None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return clean(str(value)).strip()[:_LONGEST] or None


def amount(value: Any) -> Decimal | None:
    """An amount of money to the cent; None for what is negative, absurd or no number."""
    try:
        read = Decimal(str(value))
        sound = read.is_finite() and 0 <= read <= _MOST
    except InvalidOperation:
        return None
    return read.quantize(_CENT) if sound else None


def count(value: Any) -> int:
    """A number of pieces, at least 1."""
    read = amount(value)
    return max(int(read), 1) if read is not None else 1


def moment(value: Any) -> datetime | None:
    """ISO 8601, or "2026-11-22 10:00:00" which is UTC; None for what cannot be a moment, such as 0000-00-00."""
    try:
        read = datetime.fromisoformat(str(value).strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(value: Any) -> date | None:
    """The first day in what a customer filled in: ISO, or day-month-year as in the Netherlands."""
    said = text(value) or ""
    parts = _DUTCH_DAY.search(said)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(said[:10])
    except ValueError:
        return None


def yes(value: Any) -> bool:
    """Whether a field that a shop made for itself says yes; anything but a no does."""
    if value is None or isinstance(value, bool):
        return bool(value)
    return (text(value) or "").casefold() not in _NO


def first(values: Iterable[Any]) -> str | None:
    """The first that has text."""
    return next((read for read in map(text, values) if read is not None), None)


def elsewhere(shipping: Address, own: Address) -> Address | None:
    """The address it goes to, when that is not the customer's own."""
    if shipping == Address() or _plain(shipping) == _plain(own):
        return None
    return shipping


def other(name: str | None, own: str) -> str | None:
    """The name on the parcel, when that is not the customer's own."""
    return name if name and name.casefold() != own.casefold() else None


def joined(values: Iterable[Any]) -> str:
    """The texts with a space between: lines of a street, parts of a name."""
    return " ".join(word for word in map(text, values) if word)


def email(value: Any) -> str | None:
    """An e-mail address as we compare it."""
    said = text(value)
    return said.lower() if said else None


def guest_id(value: Any) -> str | None:
    """Who has no account is known by their address; None for one that is longer than an id may be."""
    said = email(value)
    return said if said and "@" in said and len(said) <= LONGEST_ID else None


def at_home(owner: Customer, home: Address, phone: Any) -> Customer:
    """A customer who gave no address has that of their newest order, and its phone number when they gave none."""
    known = owner.address != Address()
    return owner if known else replace(owner, address=home, phone=owner.phone or text(phone))


def latest(parcels: Sequence[Shipment], ordered_at: datetime) -> Shipment:
    """The parcel that was sent last, or one of which nothing is known."""
    return max(parcels, key=lambda one: one.shipped_at or ordered_at, default=Shipment())


def paid_back(at: datetime | None, back: Decimal | None, reason: str | None) -> Refund | None:
    """Money that went back; without a moment or without any money there is no refund."""
    return Refund(at, back, reason) if at and back is not None and back > Decimal(0) else None


def newest(orders: Iterable[Order | None]) -> tuple[Order, ...]:
    """At most ORDERS_SHOWN orders, newest first, without those that could not be read."""
    known = [each for each in orders if each is not None]
    return tuple(sorted(known, key=lambda each: each.ordered_at, reverse=True)[:ORDERS_SHOWN])


def handle_spellings(handles: Sequence[str], fields_by_channel: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What to look for, and in which of the shop's own fields: each name with and without @."""
    wanted: dict[str, list[str]] = {}
    for pair in handles:
        channel, _, name = pair.partition(":")
        field = fields_by_channel.get(channel)
        if field and name:
            wanted.setdefault(field, []).extend((name, f"@{name}"))
    return list(wanted.items())


def handle(channel: str, value: Any) -> str | None:
    """What a customer filled in as "channel:name", in lower case and without @ or the address around it."""
    said = (text(value) or "").rstrip("/").rpartition("/")[2].lstrip("@").strip().lower()
    return f"{channel}:{said}" if said and " " not in said else None


def _plain(address: Address) -> tuple[str, ...]:
    """Enough to tell two addresses apart: postcode and street, without spaces and capitals."""
    parts = (address.postcode, address.street)
    return tuple(re.sub(r"[\s,.]", "", part or "").casefold() for part in parts)
