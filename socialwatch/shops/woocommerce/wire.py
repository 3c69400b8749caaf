"""What WooCommerce's REST API v3 says, in our words; whatever is missing or odd is left out, never invented.

Fields: developer.woocommerce.com/docs/apis/rest-api/v3 (orders, customers, order-refunds); parcels stand in the order's
meta_data under _wc_shipment_tracking_items, by the plugin Shipment Tracking (and Advanced Shipment Tracking).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine, Refund, Shipment
from socialwatch.domain.written import guest_id
from socialwatch.shops.woocommerce.keys import Fields

Json = Mapping[str, Any]
PARCELS = "_wc_shipment_tracking_items"
# WooCommerce's own words that mean what ours mean. `completed` says that the shop has done its part, not that the
# parcel arrived; with a parcel it is under way.
STATUSES = {"cancelled": "cancelled"}
_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
_NO = ("", "0", "no", "nee", "false", "off")


@dataclass(frozen=True, slots=True)
class Reader:
    """How one shop's answers are read."""

    brand: str
    fields: Fields


def rows(content: Any) -> list[Json]:
    """The objects of a list."""
    return [each for each in content if isinstance(each, Mapping)] if isinstance(content, list) else []


def text(value: Any) -> str | None:
    """Text with something in it; numbers count."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def part(found: Json, name: str) -> Json:
    """An object inside another, empty when it is none."""
    value = found.get(name)
    return value if isinstance(value, Mapping) else {}


def number(found: Json) -> int:
    """The id of an object, 0 when it has none."""
    value = found.get("id")
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def moment(value: Any) -> datetime | None:
    """A moment in GMT, as 2026-09-01T09:30:00 without a zone; a Unix time in parcels."""
    said = text(value) or ""
    with suppress(ValueError, OverflowError, OSError):
        if said.isdigit():
            return datetime.fromtimestamp(int(said), tz=UTC) if int(said) else None
        at = datetime.fromisoformat(said)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None


def amount(value: Any) -> Decimal | None:
    """An amount as text with a point, such as "12.95"."""
    try:
        found = Decimal(text(value) or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10_000_000 else None


def meta(found: Json, key: str) -> Any:
    """The value under a key of `meta_data`, the last one when there are several."""
    values = [each.get("value") for each in rows(found.get("meta_data")) if each.get("key") == key]
    return values[-1] if values and key else None


def email(found: Json) -> str | None:
    """An address in lower case."""
    said = text(found.get("email"))
    return said.lower() if said and "@" in said else None


def customer(found: Json, reader: Reader) -> Customer:
    """A registered customer."""
    billing = part(found, "billing")
    return Customer(
        id=str(number(found)),
        name=_name(found) or _name(billing) or email(found) or "",
        email=email(found) or email(billing),
        phone=text(billing.get("phone")),
        address=_address(billing),
        handles=_handles(found, reader),
        created_at=moment(found.get("date_created_gmt")),
        brand=reader.brand,
    )


def guest(found: Json, reader: Reader) -> Customer | None:
    """Who ordered without an account: the e-mail address of the bill is all that tells them apart."""
    billing = part(found, "billing")
    address = guest_id(billing.get("email"))
    if address is None:
        return None
    return Customer(
        id=address,
        name=_name(billing) or address,
        email=address,
        phone=text(billing.get("phone")),
        address=_address(billing),
        handles=_handles(found, reader),
        brand=reader.brand,
    )


def handles(found: Sequence[Json], reader: Reader) -> tuple[str, ...]:
    """All that was given in these orders, each once."""
    return tuple(dict.fromkeys(each for one in found for each in _handles(one, reader)))


def _handles(found: Json, reader: Reader) -> tuple[str, ...]:
    given = {channel: text(meta(found, key)) for channel, key in reader.fields.handles.items()}
    pairs = {channel: (name or "").lstrip("@").strip().lower() for channel, name in given.items()}
    return tuple(f"{channel}:{name}" for channel, name in pairs.items() if name)


def _name(found: Json) -> str:
    return " ".join(each for each in (text(found.get("first_name")), text(found.get("last_name"))) if each)


def _address(found: Json) -> Address:
    street = " ".join(each for each in (text(found.get("address_1")), text(found.get("address_2"))) if each)
    return Address(street or None, text(found.get("postcode")), text(found.get("city")), text(found.get("country")))


def order(found: Json, refunds: Sequence[Json], customer_id: str, reader: Reader) -> Order | None:
    """One order with its refunds; None when it has no number or no moment."""
    name, at = text(found.get("number")) or text(found.get("id")), moment(found.get("date_created_gmt"))
    if name is None or at is None:
        return None
    parcels = tuple(_parcels(found))
    last = parcels[-1] if parcels else Shipment()
    fields, billing, shipping = reader.fields, part(found, "billing"), part(found, "shipping")
    elsewhere = _address(shipping) not in (Address(), _address(billing))
    return Order(
        number=name,
        customer_id=customer_id,
        ordered_at=at,
        status=_status(found, parcels, fields),
        lines=tuple(_line(each, fields) for each in rows(found.get("line_items"))),
        currency=(text(found.get("currency")) or "EUR")[:3].upper(),
        gift_wrap=_wrapped(found, fields),
        card_text=text(meta(found, fields.card_text)),
        wished_date=day(meta(found, fields.wished_date)),
        recipient=_name(shipping) if _name(shipping) not in ("", _name(billing)) else None,
        carrier=last.carrier,
        tracking=last.tracking,
        shipped_at=last.shipped_at,
        total=amount(found.get("total")),
        ship_to=_address(shipping) if elsewhere else None,
        shipments=parcels,
        refunds=tuple(each for each in map(_refund, refunds) if each is not None),
        brand=reader.brand,
    )


def _status(found: Json, parcels: Sequence[Shipment], fields: Fields) -> str:
    said = text(found.get("status")) or "unknown"
    if said in fields.statuses:
        return fields.statuses[said]
    return "shipped" if said == "completed" and parcels else STATUSES.get(said, said)


def _line(found: Json, fields: Fields) -> OrderLine:
    quantity = found.get("quantity")
    pieces = quantity if isinstance(quantity, int) and quantity > 0 else 1
    return OrderLine(
        product=text(found.get("name")) or text(found.get("sku")) or "product",
        quantity=pieces,
        sku=text(found.get("sku")),
        size=_variant(found, fields),
        price=_paid_each(found, pieces),
    )


def _paid_each(found: Json, pieces: int) -> Decimal | None:
    """What was paid per piece, VAT included: `price` itself is without."""
    total, tax = amount(found.get("total")), amount(found.get("total_tax")) or Decimal(0)
    return None if total is None else ((total + tax) / pieces).quantize(Decimal("0.01"))


def _variant(found: Json, fields: Fields) -> str | None:
    """The values of the variation; of the named attributes only, when the section names them."""
    said = []
    for each in rows(found.get("meta_data")):
        key, value = text(each.get("key")) or "", text(each.get("display_value")) or text(each.get("value"))
        named = {key.casefold(), (text(each.get("display_key")) or "").casefold()}
        if value and not key.startswith("_") and (not fields.sizes or named & set(fields.sizes)):
            said.append(value)
    return ", ".join(said) or None


def _wrapped(found: Json, fields: Fields) -> bool:
    fees = [(text(each.get("name")) or "").casefold() for each in rows(found.get("fee_lines"))]
    by_fee = bool(fields.gift_wrap_fee) and any(fields.gift_wrap_fee in each for each in fees)
    value = meta(found, fields.gift_wrap)
    return by_fee or value is True or (text(value) or "").casefold() not in _NO


def day(value: Any) -> date | None:
    """A day as checkout plugins write it; a moment counts for its day."""
    said = (text(value) or "")[:10]
    for form in _DATES:
        with suppress(ValueError):
            return datetime.strptime(said, form).replace(tzinfo=UTC).date()
    return None


def _parcels(found: Json) -> Iterator[Shipment]:
    """Oldest first, as the plugins keep them."""
    for each in rows(meta(found, PARCELS)):
        named = ("custom_tracking_provider", "formatted_tracking_provider", "tracking_provider")
        links = ("custom_tracking_link", "formatted_tracking_link", "ast_tracking_link")
        link = next((said for said in (text(each.get(name)) for name in links) if said), None)
        yield Shipment(
            carrier=next((said for said in (text(each.get(name)) for name in named) if said), None),
            tracking=text(each.get("tracking_number")),
            url=link if link and link.startswith(("https://", "http://")) else None,
            status="shipped",
            shipped_at=moment(each.get("date_shipped")),
        )


def _refund(found: Json) -> Refund | None:
    at, sum_ = moment(found.get("date_created_gmt")), amount(found.get("amount"))
    return None if at is None or sum_ is None else Refund(at, abs(sum_), text(found.get("reason")))


def note(found: Json, customer_id: str, reader: Reader) -> Contact | None:
    """What the customer wrote at the checkout: said once, so never to be asked again."""
    said, at, name = text(found.get("customer_note")), moment(found.get("date_created_gmt")), text(found.get("number"))
    if said is None or at is None or name is None:
        return None
    return Contact(
        f"woocommerce-{number(found)}", customer_id, "checkout", at, asked=said, order_number=name, brand=reader.brand
    )
