"""Rows of an imported file (CSV or JSON) as customers, orders and contacts; a wrong row says in Dutch what is wrong."""

import re
from collections.abc import Sequence
from typing import Any

from socialwatch.domain import cells
from socialwatch.domain.cells import Row
from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine, Refund, Return, Shipment
from socialwatch.domain.mention import clean

LONGEST = 10_000
LONGEST_HANDLE = 200
MOST_HANDLES = 100
ADDRESS = {"street": 200, "postcode": 20, "city": 100, "country": 10}  # the longest each may be


def customer_of(row: Row, brand: str) -> Customer:
    """Columns: id, name, email, phone, street, postcode, city, country, language, handles (space-separated "x:naam"),
    created_at.

    Raises ValueError with the reason.
    """
    return Customer(
        id=cells.needed(row, "id", 80),
        name=cells.needed(row, "name", 200),
        email=_email(row),
        phone=cells.text(row, "phone", 40),
        address=_address(row),
        language=cells.text(row, "language", 10),
        handles=_handles(row.get("handles")),
        created_at=cells.moment_or_none(row, "created_at"),
        brand=brand,
    )


def _address(row: Row, before: str = "") -> Address:
    return Address(**{name: cells.text(row, f"{before}{name}", longest) for name, longest in ADDRESS.items()})


def _email(row: Row) -> str | None:
    found = cells.text(row, "email", 200)
    if found is None:
        return None
    found = found.lower()  # which may make it longer
    if "@" not in found or " " in found or len(found) > 200:
        raise ValueError("email is geen e-mailadres")
    return found


def _handles(given: Any) -> tuple[str, ...]:
    if given is None or isinstance(given, str):
        found = [each for each in re.split(r"[\s,;]+", given or "") if each]
    else:
        found = list(cells.words(given, "handles", LONGEST_HANDLE))
    if len(found) > MOST_HANDLES or not all(":" in each and len(each) <= LONGEST_HANDLE for each in found):
        raise ValueError('handles moet er zo uitzien: "x:naam facebook:123"')
    return tuple(sorted({clean(each).lower().replace(":@", ":")[:LONGEST_HANDLE] for each in found}))


def order_of(row: Row, brand: str) -> Order:
    """Columns: number, customer_id, ordered_at, status, currency, total, gift_wrap, card_text, wished_date, recipient,
    carrier, tracking, shipped_at, delivered_at, ship_to (or ship_to_street and so on), shipments, returns, refunds;
    and `lines` (JSON) or, one CSV row per line, product, sku, size, quantity, price, warranty_until.

    Raises ValueError with the reason.
    """
    return Order(
        number=cells.key(row, "number", 80),
        customer_id=cells.needed(row, "customer_id", 80),
        ordered_at=cells.moment(row, "ordered_at"),
        status=cells.text(row, "status", 40) or "onbekend",
        lines=_lines(row),
        currency=cells.currency(row),
        gift_wrap=cells.yes(row, "gift_wrap"),
        card_text=cells.text(row, "card_text", LONGEST),
        wished_date=cells.day(row, "wished_date"),
        recipient=cells.text(row, "recipient", 200),
        carrier=cells.text(row, "carrier", 80),
        tracking=cells.text(row, "tracking", 80),
        shipped_at=cells.moment_or_none(row, "shipped_at"),
        delivered_at=cells.moment_or_none(row, "delivered_at"),
        total=cells.amount(row, "total"),
        ship_to=_ship_to(row),
        shipments=tuple(_shipment(each) for each in cells.entries(row, "shipments")),
        returns=tuple(_return(each) for each in cells.entries(row, "returns")),
        refunds=tuple(_refund(each) for each in cells.entries(row, "refunds")),
        brand=brand,
    )


def _ship_to(row: Row) -> Address | None:
    given = row.get("ship_to")
    if given is not None and given != "" and not isinstance(given, dict):
        raise ValueError("ship_to moet een object zijn met street, postcode, city, country")
    found = _address(given) if given else _address(row, "ship_to_")
    return None if found == Address() else found


def _shipment(row: Row) -> Shipment:
    return Shipment(
        carrier=cells.text(row, "carrier", 80),
        tracking=cells.text(row, "tracking", 80),
        url=_url(row),
        status=cells.text(row, "status", 40),
        shipped_at=cells.moment_or_none(row, "shipped_at"),
        delivered_at=cells.moment_or_none(row, "delivered_at"),
    )


def _url(row: Row) -> str | None:
    """An agent may click on it, so it is an address and nothing else."""
    found = cells.text(row, "url", 2000)
    if found is not None and not found.startswith(("https://", "http://")):
        raise ValueError("url begint niet met https:// of http://")
    return found


def _return(row: Row) -> Return:
    return Return(
        at=cells.moment(row, "at"),
        status=cells.text(row, "status", 40) or "onbekend",
        products=cells.words(row.get("products"), "products", 300),
        reason=cells.text(row, "reason", LONGEST),
        answer=cells.text(row, "answer", LONGEST),
    )


def _refund(row: Row) -> Refund:
    amount = cells.amount(row, "amount")
    if amount is None:
        raise ValueError("amount ontbreekt")
    return Refund(cells.moment(row, "at"), amount, cells.text(row, "reason", LONGEST))


def _lines(row: Row) -> tuple[OrderLine, ...]:
    if "lines" not in row:
        return (_line(row),)
    given = row["lines"]
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise ValueError("lines moet een lijst zijn met ten minste één product")
    return tuple(_line(each) for each in cells.entries(row, "lines"))


def _line(row: Row) -> OrderLine:
    quantity = cells.whole(row, "quantity")
    if quantity is not None and quantity < 1:
        raise ValueError("quantity moet 1 of meer zijn")
    return OrderLine(
        product=cells.needed(row, "product", 300),
        quantity=1 if quantity is None else quantity,
        sku=cells.text(row, "sku", 80),
        size=cells.text(row, "size", 40),
        price=cells.amount(row, "price"),
        warranty_until=cells.day(row, "warranty_until"),
    )


def contact_of(row: Row, brand: str) -> Contact:
    """Columns: id, customer_id, channel, at, minutes_waited, menu, typed, asked, answered, outcome, order_number.

    Raises ValueError with the reason.
    """
    waited = cells.whole(row, "minutes_waited")
    if waited is not None and waited < 0:
        raise ValueError("minutes_waited kan niet onder nul zijn")
    return Contact(
        id=cells.needed(row, "id", 80),
        customer_id=cells.needed(row, "customer_id", 80),
        channel=cells.needed(row, "channel", 40),
        at=cells.moment(row, "at"),
        minutes_waited=waited,
        menu=cells.text(row, "menu", 80),
        typed=cells.text(row, "typed", 80),
        asked=cells.text(row, "asked", LONGEST),
        answered=cells.text(row, "answered", LONGEST),
        outcome=cells.text(row, "outcome", 40),
        order_number=cells.text(row, "order_number", 80),
        brand=brand,
    )
