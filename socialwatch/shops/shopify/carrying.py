"""A refund or a replacement order in Shopify, made once.

A refund carries Shopify's own idempotency key, which it remembers for 24 hours (@idempotent, from version 2026-01);
ours stands in its note as well, to find it by later. An order has no such key: ours stands in a tag, which can be
searched, and in an attribute, which proves it.
"""

import hashlib
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialwatch.domain.gesture import Carried, Gesture, Kind
from socialwatch.domain.written import Fields, amount, fields, rows, text
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.shops.shopify import queries, reading
from socialwatch.shops.shopify.keys import Settings
from socialwatch.shops.shopify.session import Session, number, quoted

ATTRIBUTE = "socialwatch-key"
CODE = "SOCIALWATCH"  # the discount of 100 % on a replacement
_SPACE = uuid.UUID("2f0c9b0e-3d5e-5a57-9d43-6a1c7d6f9a10")
_ADDRESS = ("firstName", "lastName", "company", "address1", "address2", "zip", "city", "provinceCode", "phone")
_LONGEST = 200  # characters of what Shopify says is wrong
_PREPARED = 40.0  # seconds; whoever began longer ago may be thought dead by the time the write is done


def can(gesture: Gesture, settings: Settings) -> bool:
    """A refund needs an amount, a replacement needs to know of what."""
    if gesture.kind not in settings.carries or not gesture.order_number:
        return False
    return gesture.cost > 0 if gesture.kind is Kind.REFUND else bool(gesture.lines)


def carry(session: Session, gesture: Gesture, settings: Settings) -> Carried:
    """Raises Unavailable (nothing happened), Unanswered (nobody knows), Refused or Halted (never)."""
    begun = time.monotonic()
    order = _order(session, gesture)
    if order is None:
        raise Refused("Shopify kent deze bestelling niet")
    earlier = _left(session, gesture, order, settings)
    if earlier is not None:
        return earlier
    refund = gesture.kind is Kind.REFUND
    asked = _asked_back(gesture, order, settings) if refund else _wished(session, gesture, order)
    if time.monotonic() - begun > _PREPARED:
        raise Unavailable("Shopify is nu te traag; er is nog niets gedaan")
    if refund:
        return _carried(_refund(session, gesture, asked), order, settings)
    new = _replace(session, asked, settings)
    return _carried(new, new, settings)


def find(session: Session, gesture: Gesture, settings: Settings) -> Carried | None:
    """What an earlier `carry` left behind."""
    order = _order(session, gesture)
    return None if order is None else _left(session, gesture, order, settings)


def tag(gesture: Gesture) -> str:
    """Shopify's tags hold at most 40 characters."""
    return f"socialwatch-{hashlib.sha256(gesture.key.encode()).hexdigest()[:24]}"


def _order(session: Session, gesture: Gesture) -> Fields | None:
    wanted = (gesture.order_number or "").lstrip("#")
    spelled = " OR ".join(f"name:{quoted(each)}" for each in (wanted, f"#{wanted}"))
    found = rows(fields(session.ask(queries.MADE_OF, query=spelled).get("orders")).get("nodes"))
    return next((one for one in found if reading.name(one).casefold() == wanted.casefold()), None)


def _left(session: Session, gesture: Gesture, order: Fields, settings: Settings) -> Carried | None:
    if gesture.kind is Kind.REFUND:
        notes = ((one, text(one.get("note")) or "") for one in rows(order.get("refunds")))
        return next((_carried(one, order, settings) for one, note in notes if _mark(gesture) in note), None)
    made = (one for one in _candidates(session, gesture, order) if _is_ours(one, gesture))
    return next((_carried(one, one, settings) for one in made), None)


def _candidates(session: Session, gesture: Gesture, order: Fields) -> Iterable[Fields]:
    """By the tag, and among the customer's newest orders: what is searched lags behind what is stored."""
    tagged = session.ask(queries.TAGGED, query=f"tag:{quoted(tag(gesture))}")
    yield from rows(fields(tagged.get("orders")).get("nodes"))
    owner = fields(order.get("customer")).get("id")
    if owner:
        newest = fields(session.ask(queries.NEWEST, id=owner).get("customer"))
        yield from rows(fields(newest.get("orders")).get("nodes"))


def _is_ours(order: Fields, gesture: Gesture) -> bool:
    kept = {str(one.get("key")): one.get("value") for one in rows(order.get("customAttributes"))}
    return kept.get(ATTRIBUTE) == gesture.key


def _mark(gesture: Gesture) -> str:
    return f"(socialwatch {gesture.key})"


def _carried(made: Fields, order: Fields, settings: Settings) -> Carried:
    """The order's own name where there is one; the address opens the order in Shopify."""
    return Carried(
        platform_id=reading.name(made) or number(made.get("id")),
        url=f"{settings.base_url}/admin/orders/{number(order.get('id'))}",
    )


def _asked_back(gesture: Gesture, order: Fields, settings: Settings) -> dict[str, Any]:
    """Back along the ways it was paid; no lines, so that nothing goes back into stock that never came back."""
    return {
        "orderId": order.get("id"),
        "note": f"{gesture.what[:_LONGEST]} {_mark(gesture)}".strip(),
        "notify": settings.notify,
        "currency": _euros(order),
        "transactions": _transactions(order, gesture.cost),
    }


def _refund(session: Session, gesture: Gesture, asked: Mapping[str, Any]) -> Fields:
    key = str(uuid.uuid5(_SPACE, gesture.key))
    made = fields(session.change(queries.REFUND, input=asked, key=key).get("refundCreate"))
    return _made(made, "refund", "terugbetaling")


def _euros(order: Fields) -> str:
    """Our amounts are euros."""
    currency = text(order.get("presentmentCurrencyCode")) or text(order.get("currencyCode")) or "EUR"
    if currency != "EUR":
        raise Refused(f"Deze bestelling is in {currency} betaald; betaal dit in Shopify zelf terug")
    return currency


def _transactions(order: Fields, cost: Decimal) -> list[dict[str, Any]]:
    """As Shopify itself would pay it back, up to the amount. Raises Refused when there is not so much left."""
    left, asked = cost, []
    for one in rows(fields(order.get("suggestedRefund")).get("suggestedTransactions")):
        most = _amount(one.get("amountSet"))
        part = min(left, most)
        if part > 0:
            parent = fields(one.get("parentTransaction")).get("id")
            asked.append({"parentId": parent, "gateway": one.get("gateway"), "amount": str(part)})
        left -= max(part, Decimal(0))
    if left > 0:
        there = str(cost - left).replace(".", ",")
        raise Refused(f"Op deze bestelling staat nog € {there} om terug te betalen; dat is te weinig")
    return [{"orderId": order.get("id"), "kind": "REFUND", **one} for one in asked]


def _amount(money: Any) -> Decimal:
    return amount(fields(fields(money).get("presentmentMoney")).get("amount")) or Decimal(0)


def _wished(session: Session, gesture: Gesture, order: Fields) -> dict[str, Any]:
    """A new order that costs nothing, to where the old one went."""
    owner = fields(order.get("customer")).get("id")
    asked: dict[str, Any] = {
        "currency": text(order.get("currencyCode")) or "EUR",
        "lineItems": [_wanted(session, order, *line) for line in gesture.lines],
        "discountCode": {"itemPercentageDiscountCode": {"code": CODE, "percentage": 100}},
        "customAttributes": [{"key": ATTRIBUTE, "value": gesture.key}],
        "tags": ["socialwatch", tag(gesture)],
        "note": f"{gesture.what[:_LONGEST]} (vervangt {reading.name(order)})",
        "shippingAddress": _address(fields(order.get("shippingAddress"))),
        "email": order.get("email"),
        "customer": {"toAssociate": {"id": owner}} if owner else None,
    }
    return {name: value for name, value in asked.items() if value}


def _replace(session: Session, asked: Mapping[str, Any], settings: Settings) -> Fields:
    """Stock is taken, and refused when there is none; the customer hears of it when `notify` says so."""
    told = {"sendReceipt": settings.notify, "sendFulfillmentReceipt": settings.notify}
    options = {"inventoryBehaviour": "DECREMENT_OBEYING_POLICY", **told}
    made = fields(session.change(queries.REPLACE, order=asked, options=options).get("orderCreate"))
    return _made(made, "order", "vervangende bestelling")


def _address(given: Fields) -> dict[str, Any]:
    kept = {name: given[name] for name in _ADDRESS if given.get(name)}
    return kept | ({"countryCode": given["countryCodeV2"]} if given.get("countryCodeV2") else {})


def _wanted(session: Session, order: Fields, what: str, quantity: int) -> dict[str, Any]:
    """One line, by article number or name: of this order, or else any product of the shop (another size)."""
    for one in rows(fields(order.get("lineItems")).get("nodes")):
        known = [(text(one.get(key)) or "").casefold() for key in ("sku", "name", "title")]
        variant = fields(one.get("variant")).get("id")
        if variant and what.casefold() in known:
            return {"variantId": variant, "quantity": quantity}
    found = rows(fields(session.ask(queries.VARIANTS, query=f"sku:{quoted(what)}").get("productVariants")).get("nodes"))
    same = [one.get("id") for one in found if (text(one.get("sku")) or "").casefold() == what.casefold()]
    if len(same) != 1:
        raise Refused("Shopify kent een van deze producten niet (meer); maak de bestelling in Shopify zelf")
    return {"variantId": same[0], "quantity": quantity}


def _made(answer: Mapping[str, Any], what: str, called: str) -> Fields:
    """What was made. Raises Refused when Shopify says why not, Unanswered when it says neither."""
    made, errors = fields(answer.get(what)), rows(answer.get("userErrors"))
    if made.get("id"):
        return made
    said = _said(errors)
    if not said or "idempoten" in said.lower() or "in progress" in said.lower():
        raise Unanswered(f"Shopify zegt niet of de {called} er is")
    raise Refused(f"Shopify maakt de {called} niet: {said}")


def _said(errors: Sequence[Fields]) -> str:
    return " ".join(filter(None, (text(one.get("message")) for one in errors)))[:_LONGEST]
