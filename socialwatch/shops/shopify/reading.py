"""What Shopify's GraphQL says, in our words: customers, guests, orders with their parcels, refunds and returns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Refund, Return, Shipment
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
from socialwatch.shops.shopify.keys import Place, Settings
from socialwatch.shops.shopify.session import number

DELIVERED = ("DELIVERED", "PICKED_UP")
_UNDER_WAY = ("FULFILLED", "MARKED_AS_FULFILLED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "CARRIER_PICKED_UP", "SUBMITTED")
_NO_CHOICE = "Default Title"  # how Shopify calls the one variant of a product without variants
_STATES = {
    "UNFULFILLED": "processing",
    "IN_PROGRESS": "processing",
    "PENDING_FULFILLMENT": "processing",
    "OPEN": "processing",
    "ON_HOLD": "on-hold",
    "SCHEDULED": "on-hold",
    "PARTIALLY_FULFILLED": "deels verstuurd",
}
_OURS = re.compile(r"\s*\(socialwatch [^)]+\)$")


def customer(given: Fields, settings: Settings) -> Customer:
    """A customer; `id` is the number in Shopify's own id."""
    home = fields(given.get("defaultAddress"))
    said = (
        handle(channel, fields(given.get(f"handle_{channel}")).get("value")) for channel in settings.handles
    )  # those kept as attributes of orders are added by `completed`
    return Customer(
        id=number(given["id"]),
        name=_name(given) or text(home.get("name")) or text(given.get("displayName")) or "",
        email=email(fields(given.get("defaultEmailAddress")).get("emailAddress")),
        phone=text(fields(given.get("defaultPhoneNumber")).get("phoneNumber")) or text(home.get("phone")),
        address=address(home),
        language=(text(given.get("locale")) or "")[:2].lower() or None,
        handles=tuple(each for each in said if each),
        created_at=moment(given.get("createdAt")),
        brand=settings.brand,
    )


def guest(order: Fields, settings: Settings) -> Customer | None:
    """Who ordered and is no customer of the shop: known by the e-mail address, which is their number here."""
    known_as = guest_id(order.get("email"))
    if known_as is None:
        return None
    home = fields(order.get("billingAddress")) or fields(order.get("shippingAddress"))
    return Customer(
        id=known_as,
        name=text(home.get("name")) or known_as,
        email=known_as,
        phone=text(order.get("phone")) or text(home.get("phone")),
        address=address(home),
        brand=settings.brand,
    )


def completed(owner: Customer, orders: Sequence[Fields], settings: Settings) -> Customer:
    """What the newest orders add: names given as an attribute at the checkout, and an address where there is none."""
    known = with_handles(owner, orders, settings)
    home = fields(orders[0].get("billingAddress")) if orders else {}
    return at_home(known, address(home), home.get("phone"))


def with_handles(owner: Customer, orders: Iterable[Fields], settings: Settings) -> Customer:
    """Names given as an attribute at the checkout, after those of the account."""
    given = [
        handle(channel, _attribute(order, place))
        for order in orders
        for channel, place in settings.handles.items()
        if not place.namespace
    ]
    return replace(owner, handles=tuple(dict.fromkeys([*owner.handles, *(each for each in given if each)])))


def order(given: Fields, lines: Sequence[Fields], owner: Customer, settings: Settings) -> Order | None:
    """One order in the currency it was paid in; None when it has no number or no moment."""
    named, at = name(given), moment(given.get("createdAt"))
    if not named or at is None:
        return None
    parcels = tuple(parcel for one in rows(given.get("fulfillments")) for parcel in _parcels(one))
    last = latest(parcels, at)
    shipping = fields(given.get("shippingAddress"))
    money = fields(fields(given.get("totalPriceSet")).get("presentmentMoney"))
    return Order(
        number=named,
        customer_id=owner.id,
        ordered_at=at,
        status=_status(given, parcels),
        lines=tuple(_line(one, taxed=given.get("taxesIncluded") is not False) for one in lines),
        currency=text(money.get("currencyCode")) or "EUR",
        gift_wrap=yes(_own(given, lines, settings.gift_wrap, "gift_wrap")),
        card_text=text(_own(given, lines, settings.card_text, "card_text")),
        wished_date=day(_own(given, lines, settings.wished_date, "wished_date")),
        recipient=other(text(shipping.get("name")), owner.name),
        carrier=last.carrier,
        tracking=last.tracking,
        shipped_at=last.shipped_at,
        delivered_at=last.delivered_at,
        total=amount(money.get("amount")),
        ship_to=elsewhere(address(shipping), owner.address),
        shipments=parcels,
        returns=tuple(filter(None, map(_return, rows(fields(given.get("returns")).get("nodes"))))),
        refunds=tuple(filter(None, map(_refund, rows(given.get("refunds"))))),
        brand=settings.brand,
    )


def name(given: Fields) -> str:
    """The order's name without the # in front, which customers leave out as often as not."""
    return (text(given.get("name")) or "").lstrip("#")


def address(given: Fields) -> Address:
    return Address(
        street=joined((given.get("address1"), given.get("address2"))) or None,
        postcode=text(given.get("zip")),
        city=text(given.get("city")),
        country=text(given.get("countryCodeV2")),
    )


def _name(given: Fields) -> str:
    return joined((given.get("firstName"), given.get("lastName")))


def _attribute(given: Fields, place: Place) -> Any:
    """Whoever made the form chose the capitals."""
    wanted = place.key.casefold()
    for one in rows(given.get("customAttributes")):
        if str(one.get("key")).strip().casefold() == wanted:
            return one.get("value")
    return None


def _own(given: Fields, lines: Sequence[Fields], place: Place | None, alias: str) -> Any:
    """What the shop keeps for itself: at the order, or else at one of its lines, where forms on products put it."""
    if place is None:
        return None
    if place.namespace:
        return fields(given.get(f"own_{alias}")).get("value")
    return next((said for one in (given, *lines) if (said := _attribute(one, place)) is not None), None)


def _status(given: Fields, parcels: Sequence[Shipment]) -> str:
    """A word that the desk knows where it means the same, else Shopify's own in lower case."""
    whole = text(given.get("displayFulfillmentStatus")) or ""
    if given.get("cancelledAt"):
        return "cancelled"
    if given.get("returnStatus") == "RETURNED":
        return "returned"
    if whole == "FULFILLED":
        return "delivered" if parcels and all(one.status == "delivered" for one in parcels) else "shipped"
    return _STATES.get(whole, whole.lower())


def _line(given: Fields, *, taxed: bool) -> OrderLine:
    """Shops that keep prices without VAT give no price per piece with it: then none is better than a wrong one."""
    chosen = text(given.get("variantTitle"))
    money = fields(fields(given.get("originalUnitPriceSet")).get("presentmentMoney"))
    return OrderLine(
        product=text(given.get("title")) or text(given.get("sku")) or "onbekend product",
        quantity=count(given.get("quantity")),
        sku=text(given.get("sku")),
        size=None if chosen == _NO_CHOICE else chosen,
        price=amount(money.get("amount")) if taxed else None,
    )


def _parcels(given: Fields) -> list[Shipment]:
    """One per tracking code; a fulfillment that was called off is none."""
    if given.get("status") in ("CANCELLED", "ERROR", "FAILURE"):
        return []
    shown = text(given.get("displayStatus")) or "FULFILLED"
    bare = Shipment(
        status="delivered" if shown in DELIVERED else "shipped" if shown in _UNDER_WAY else shown.lower(),
        shipped_at=moment(given.get("inTransitAt")) or moment(given.get("createdAt")),
        delivered_at=moment(given.get("deliveredAt")),
    )
    tracks = rows(given.get("trackingInfo"))
    return [
        replace(bare, carrier=text(one.get("company")), tracking=text(one.get("number")), url=_web(one.get("url")))
        for one in tracks
    ] or [bare]


def _web(value: Any) -> str | None:
    """Shown as a link, so that nothing else than a web address will do."""
    said = text(value)
    return said if said and said.startswith(("https://", "http://")) else None


def _refund(given: Fields) -> Refund | None:
    """Money that went back; a return without any is no refund. What we wrote ourselves to know it by is left out."""
    at = moment(given.get("createdAt"))
    back = amount(fields(fields(given.get("totalRefundedSet")).get("presentmentMoney")).get("amount"))
    note = _OURS.sub("", text(given.get("note")) or "") or None
    return paid_back(at, back, note)


def _return(given: Fields) -> Return | None:
    at: datetime | None = moment(given.get("createdAt"))
    status = text(given.get("status"))
    if at is None or status is None:
        return None
    lines = rows(fields(given.get("returnLineItems")).get("nodes"))
    names = (fields(fields(one.get("fulfillmentLineItem")).get("lineItem")).get("title") for one in lines)
    declined = fields(given.get("decline"))
    return Return(
        at=at,
        status=status.lower(),
        products=tuple(each for each in map(text, names) if each),
        reason=first(word for one in lines for word in _reasons(one)),
        answer=first((declined.get("note"), declined.get("reason"))),
    )


def _reasons(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """In the customer's own words before those of a list."""
    named = fields(line.get("returnReasonDefinition")).get("name")
    return line.get("customerNote"), line.get("returnReasonNote"), named
