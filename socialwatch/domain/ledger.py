"""Rows of an imported file (CSV or JSON) as customers, orders and contacts; a wrong row says in Dutch what is wrong."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine
from socialwatch.domain.mention import clean

Row = Mapping[str, Any]
LONGEST = 10_000
CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK"})
EARLIEST_YEAR = 1990


def customer_of(row: Row, brand: str) -> Customer:
    """Columns: id, name, email, phone, street, postcode, city, country, language, handles (space-separated "x:naam"),
    created_at.

    Raises ValueError with the reason.
    """
    return Customer(
        id=_needed(row, "id", 80),
        name=_needed(row, "name", 200),
        email=_email(row),
        phone=_text(row, "phone", 40),
        address=Address(
            _text(row, "street", 200), _text(row, "postcode", 20), _text(row, "city", 100), _text(row, "country", 10)
        ),
        language=_text(row, "language", 10),
        handles=_handles(row.get("handles")),
        created_at=_moment(row, "created_at") if row.get("created_at") else None,
        brand=brand,
    )


def _email(row: Row) -> str | None:
    found = _text(row, "email", 200)
    if found is not None and ("@" not in found or " " in found):
        raise ValueError("email is geen e-mailadres")
    return found


def _handles(given: Any) -> tuple[str, ...]:
    words = [each for each in re.split(r"[\s,;]+", given) if each] if isinstance(given, str) else list(given or [])
    if not all(isinstance(each, str) and ":" in each for each in words):
        raise ValueError('handles moet er zo uitzien: "x:naam facebook:123"')
    return tuple(sorted({clean(each).lower().replace(":@", ":") for each in words}))


def order_of(row: Row, brand: str) -> Order:
    """Columns: number, customer_id, ordered_at, status, currency, gift_wrap, card_text, wished_date, recipient,
    carrier, tracking, shipped_at, delivered_at; and `lines` (JSON) or, one CSV row per line, product, sku, size,
    quantity,
    price.

    Raises ValueError with the reason.
    """
    return Order(
        number=_needed(row, "number", 80).upper(),
        customer_id=_needed(row, "customer_id", 80),
        ordered_at=_moment(row, "ordered_at"),
        status=_text(row, "status", 40) or "onbekend",
        lines=_lines(row),
        currency=_currency(row),
        gift_wrap=_yes(row.get("gift_wrap")),
        card_text=_text(row, "card_text", LONGEST),
        wished_date=_day(row, "wished_date"),
        recipient=_text(row, "recipient", 200),
        carrier=_text(row, "carrier", 80),
        tracking=_text(row, "tracking", 80),
        shipped_at=_moment(row, "shipped_at") if row.get("shipped_at") else None,
        delivered_at=_moment(row, "delivered_at") if row.get("delivered_at") else None,
        brand=brand,
    )


def _lines(row: Row) -> tuple[OrderLine, ...]:
    given: Any = row.get("lines") if "lines" in row else [row]
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise ValueError("lines moet een lijst zijn met ten minste één product")
    if not all(isinstance(each, Mapping) for each in given):
        raise ValueError("elke regel in lines moet een object zijn")
    return tuple(_line(each) for each in given)


def _line(row: Row) -> OrderLine:
    quantity = _whole(row, "quantity")
    if quantity is not None and quantity < 1:
        raise ValueError("quantity moet 1 of meer zijn")
    return OrderLine(
        product=_needed(row, "product", 300),
        quantity=1 if quantity is None else quantity,
        sku=_text(row, "sku", 80),
        size=_text(row, "size", 40),
        price=_amount(row, "price"),
    )


def contact_of(row: Row, brand: str) -> Contact:
    """Columns: id, customer_id, channel, at, minutes_waited, menu, typed, asked, answered, outcome, order_number.

    Raises ValueError with the reason.
    """
    waited = _whole(row, "minutes_waited")
    if waited is not None and waited < 0:
        raise ValueError("minutes_waited kan niet onder nul zijn")
    return Contact(
        id=_needed(row, "id", 80),
        customer_id=_needed(row, "customer_id", 80),
        channel=_needed(row, "channel", 40),
        at=_moment(row, "at"),
        minutes_waited=waited,
        menu=_text(row, "menu", 80),
        typed=_text(row, "typed", 80),
        asked=_text(row, "asked", LONGEST),
        answered=_text(row, "answered", LONGEST),
        outcome=_text(row, "outcome", 40),
        order_number=_text(row, "order_number", 80),
        brand=brand,
    )


def merged(orders: Sequence[Order]) -> list[Order]:
    """CSV gives one row per order line: rows with one number become one order; the head is the first row's."""
    found: dict[str, Order] = {}
    for each in orders:
        known = found.get(each.number)
        found[each.number] = each if known is None else _with_lines(known, each)
    return list(found.values())


def _with_lines(known: Order, more: Order) -> Order:
    values = {name: getattr(known, name) for name in known.__slots__}
    return Order(**values | {"lines": known.lines + more.lines})


def _text(row: Row, name: str, longest: int) -> str | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool | float | list | dict):
        raise ValueError(f"{name} moet tekst zijn")
    words = clean(str(value)).strip()
    if len(words) > longest:
        raise ValueError(f"{name} is langer dan {longest} tekens")
    return words or None


def _needed(row: Row, name: str, longest: int) -> str:
    found = _text(row, name, longest)
    if found is None:
        raise ValueError(f"{name} ontbreekt")
    return found


def _moment(row: Row, name: str) -> datetime:
    written = _needed(row, name, 60)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} is geen datum met tijd (zoals 2026-11-23T14:05:00+01:00)") from None
    if found.utcoffset() is None:
        raise ValueError(f"{name} heeft geen tijdzone")
    if found.year < EARLIEST_YEAR:
        raise ValueError(f"{name} ligt voor {EARLIEST_YEAR}")
    return found


def _day(row: Row, name: str) -> date | None:
    written = _text(row, name, 40)
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} is geen datum (zoals 2026-11-23)") from None


def _whole(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool | float):
            raise ValueError
        found = int(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is geen heel getal") from None
    if abs(found) > 1_000_000:
        raise ValueError(f"{name} is te groot")
    return found


def _amount(row: Row, name: str) -> Decimal | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        found = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"{name} is geen bedrag") from None
    if not found.is_finite() or found < 0 or found > 10_000_000:
        raise ValueError(f"{name} is geen bedrag van nul of meer")
    return found


def _currency(row: Row) -> str:
    found = (_text(row, "currency", 3) or "EUR").upper()
    if found not in CURRENCIES:
        raise ValueError("currency is geen bekende munt")
    return found


def _yes(value: Any) -> bool:
    return value is True or str(value).strip().lower() in {"1", "true", "ja", "yes"}
