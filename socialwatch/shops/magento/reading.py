"""What Magento's JSON says, in our words: customers, guests, orders with lines folded, parcels, refunds and returns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine, Refund, Return, Shipment
from socialwatch.domain.written import (
    Fields,
    amount,
    at_home,
    count,
    day,
    elsewhere,
    email,
    fields,
    first,
    guest_id,
    handle,
    joined,
    latest,
    moment,
    other,
    paid_back,
    rows,
    text,
    yes,
)
from socialwatch.shops.magento.keys import Settings

# Complete: all of it paid and sent. Closed: all of it paid back.
STATUSES = {
    "canceled": "cancelled",
    "complete": "shipped",
    "closed": "refunded",
    "holded": "on-hold",
    "pending_payment": "pending",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What Magento keeps apart from its orders, by the order's entity_id."""

    shipments: Mapping[str, Sequence[Fields]]
    refunds: Mapping[str, Sequence[Fields]]
    returns: Mapping[str, Sequence[Fields]]


def customer(given: Fields, settings: Settings) -> Customer:
    """A customer with an account; name, address and phone of the default billing address where there is one."""
    home = _home(rows(given.get("addresses")))
    return Customer(
        id=str(given["id"]),
        name=_name(given),
        email=email(given.get("email")),
        phone=text(home.get("telephone")),
        address=address(home),
        handles=_handles(given, settings),
        created_at=moment(given.get("created_at")),
        brand=settings.brand,
    )


def completed(owner: Customer, orders: Sequence[Fields]) -> Customer:
    """An account without an address has the one of its newest order."""
    billing = fields(orders[0].get("billing_address")) if orders else {}
    return at_home(owner, address(billing), billing.get("telephone"))


def said(orders: Sequence[Fields], owner: Customer) -> tuple[Contact, ...]:
    """What the customer wrote with an order, as an earlier contact."""
    notes = ((one, text(one.get("customer_note")), moment(one.get("created_at"))) for one in orders)
    return tuple(
        Contact(
            id=f"checkout-{one.get('increment_id')}",
            customer_id=owner.id,
            channel="checkout",
            at=at,
            asked=note,
            order_number=text(one.get("increment_id")),
            brand=owner.brand,
        )
        for one, note, at in notes
        if note and at
    )


def guest(order: Fields, settings: Settings) -> Customer | None:
    """Who ordered without an account: known by the e-mail address, which is their number here."""
    known_as, billing = guest_id(order.get("customer_email")), fields(order.get("billing_address"))
    if known_as is None:
        return None
    name = _name({name[len("customer_") :]: value for name, value in order.items() if name.startswith("customer_")})
    return Customer(
        id=known_as,
        name=name or _name(billing) or known_as,
        email=known_as,
        phone=text(billing.get("telephone")),
        address=address(billing),
        brand=settings.brand,
    )


def address(given: Fields) -> Address:
    """Street lines joined: the Netherlands keep house number and addition on lines of their own."""
    street = given.get("street")
    return Address(
        street=joined(street if isinstance(street, list) else [street]) or None,
        postcode=text(given.get("postcode")),
        city=text(given.get("city")),
        country=text(given.get("country_id")),
    )


def order(given: Fields, owner: Customer, beside: Beside, settings: Settings) -> Order | None:
    """One order in the currency it was paid in; None when it has no number or no moment."""
    number, at = text(given.get("increment_id")), moment(given.get("created_at"))
    if number is None or at is None:
        return None
    key, shipping = str(given.get("entity_id")), _shipping(given)
    parcels = tuple(parcel for one in beside.shipments.get(key, ()) for parcel in _parcels(one))
    last = latest(parcels, at)
    status = text(given.get("status")) or text(given.get("state")) or ""
    return Order(
        number=number,
        customer_id=owner.id,
        ordered_at=at,
        status=STATUSES.get(status, status),
        lines=tuple(_lines(rows(given.get("items")))),
        currency=text(given.get("order_currency_code")) or "EUR",
        gift_wrap=any(yes(place(one, settings.gift_wrap)) for one in (given, *rows(given.get("items")))),
        card_text=first(_cards(given, settings)),
        wished_date=day(place(given, settings.wished_date)),
        recipient=other(_name(shipping), owner.name),
        carrier=last.carrier,
        tracking=last.tracking,
        shipped_at=last.shipped_at,
        total=amount(given.get("grand_total")),
        ship_to=elsewhere(address(shipping), owner.address),
        shipments=parcels,
        returns=tuple(filter(None, (_return(one, given) for one in beside.returns.get(key, ())))),
        refunds=tuple(filter(None, (_refund(one) for one in beside.refunds.get(key, ())))),
        brand=settings.brand,
    )


def place(given: Fields, path: str) -> Any:
    """What stands at "extension_attributes.gift_message.message"; None when there is no such place."""
    found: Any = given
    for name in path.split("."):
        found = fields(found).get(name)
    return found


def by_order(found: Iterable[Fields]) -> dict[str, list[Fields]]:
    """Shipments, credit memos or returns by the entity_id of their order."""
    sorted_out: dict[str, list[Fields]] = {}
    for one in found:
        sorted_out.setdefault(str(one.get("order_id")), []).append(one)
    return sorted_out


def _home(addresses: Sequence[Fields]) -> Fields:
    return next((one for one in addresses if one.get("default_billing")), addresses[0] if addresses else {})


def _name(given: Fields) -> str:
    return joined(given.get(name) for name in ("firstname", "middlename", "lastname"))


def _handles(given: Fields, settings: Settings) -> tuple[str, ...]:
    kept = {one.get("attribute_code"): one.get("value") for one in rows(given.get("custom_attributes"))}
    found = (handle(channel, kept.get(code)) for channel, code in settings.handles.items())
    return tuple(each for each in found if each is not None)


def _shipping(given: Fields) -> Fields:
    """An order of downloads alone has none."""
    assigned = rows(fields(given.get("extension_attributes")).get("shipping_assignments"))
    return fields(fields(assigned[0].get("shipping")).get("address")) if assigned else {}


def _cards(given: Fields, settings: Settings) -> Iterable[Any]:
    """The card with the order, then the cards with its products."""
    yield from (place(one, settings.card_text) for one in (given, *rows(given.get("items"))))


def _lines(items: Sequence[Fields]) -> Iterable[OrderLine]:
    """One line per product: Magento writes what was chosen (the blue one in 42) as a line below the product's own."""
    children: dict[str, list[Fields]] = {}
    for one in items:
        if one.get("parent_item_id"):
            children.setdefault(str(one["parent_item_id"]), []).append(one)
    for one in items:
        if not one.get("parent_item_id"):
            yield _line(one, children.get(str(one.get("item_id")), []))


def _line(item: Fields, chosen: Sequence[Fields]) -> OrderLine:
    product = text(item.get("name")) or text(item.get("sku")) or "onbekend product"
    price = amount(item.get("price_incl_tax"))
    return OrderLine(
        product=product,
        quantity=count(item.get("qty_ordered")),
        sku=text(item.get("sku")),
        size=", ".join(filter(None, (_variant(one, product) for one in chosen))) or _own_option(item),
        price=amount(item.get("price")) if price is None else price,
    )


def _variant(chosen: Fields, product: str) -> str | None:
    """ "Sok-42-Blauw" below "Sok" is 42-Blauw: the options themselves come as numbers without their names."""
    name = text(chosen.get("name"))
    return (name.removeprefix(product).lstrip(" -") or None) if name else None


def _own_option(item: Fields) -> str | None:
    """What the customer filled in themselves for this product, such as an engraving; choices come as numbers."""
    said = rows(place(item, "product_option.extension_attributes.custom_options"))
    words = (text(one.get("option_value")) for one in said)
    return ", ".join(word for word in words if word and not word.replace(",", "").isdigit()) or None


def _parcels(shipment: Fields) -> list[Shipment]:
    """Each with its tracking code; a shipment without one is a parcel too. Magento does not know of deliveries."""
    at = moment(shipment.get("created_at"))
    tracks = rows(shipment.get("tracks"))
    if not tracks:
        return [Shipment(status="shipped", shipped_at=at)]
    return [
        Shipment(first((one.get("title"), one.get("carrier_code"))), text(one.get("track_number")), None, "shipped", at)
        for one in tracks
    ]


def _refund(memo: Fields) -> Refund | None:
    reasons = (one.get("comment") for one in rows(memo.get("comments")))
    return paid_back(moment(memo.get("created_at")), amount(memo.get("grand_total")), first(reasons))


def _return(given: Fields, order: Fields) -> Return | None:
    """A return of Adobe Commerce. The reason is a number there, so that the comments tell it."""
    at, status = moment(given.get("date_requested")), text(given.get("status"))
    if at is None or status is None:
        return None
    names = {str(one.get("item_id")): text(one.get("name")) for one in rows(order.get("items"))}
    back = (names.get(str(one.get("order_item_id"))) for one in rows(given.get("items")))
    said = rows(given.get("comments"))
    return Return(
        at=at,
        status=status,
        products=tuple(each for each in back if each),
        reason=first(one.get("comment") for one in said if not yes(one.get("admin"))),
        answer=first(one.get("comment") for one in said if yes(one.get("admin"))),
    )
