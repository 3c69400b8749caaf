"""A refund or a replacement order in WooCommerce, made once.

WooCommerce's REST API knows no idempotency key, so ours is written into what is made: in the `meta_data` of both, and
its first figures in a refund's reason too, because a refund's meta_data is stored a moment after the refund itself.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from socialwatch.domain.gesture import Carried, Gesture, Kind
from socialwatch.errors import Refused, Unanswered
from socialwatch.shops.woocommerce import wire
from socialwatch.shops.woocommerce.client import Client
from socialwatch.shops.woocommerce.verdict import NotDone
from socialwatch.shops.woocommerce.wire import Json

KEY, OF = "_socialwatch_key", "_socialwatch_order"
_EARLIER = timedelta(days=1)  # the shop's clock may be behind ours
_MOST = 100  # orders of one customer among which a replacement is looked for
_NAMES = ("first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country")


def needed(found: Json | None) -> Json:
    """The order that a gesture is about. Raises Refused when the shop does not know it."""
    if found is None:
        raise Refused("WooCommerce kent deze bestelling niet")
    return found


def carry(client: Client, gesture: Gesture, original: Json, *, api_refund: bool) -> Carried:
    """Raises Unavailable (nothing happened), Unanswered (nobody knows), Refused or Halted (never)."""
    earlier = find(client, gesture, original)
    if earlier is not None:
        return earlier
    if gesture.kind is Kind.REFUND:
        content = _refund(client, gesture, original) | {"api_refund": api_refund}
        return _carried(_give_back(client, wire.number(original), content))
    return _carried(client.make("/orders", _replacement(client, gesture, original)))


def _give_back(client: Client, order: int, content: dict[str, Any]) -> Json:
    """The shop takes back its own record of a refund that failed; what the bank had done by then is not known."""
    try:
        return client.make(f"/orders/{order}/refunds", content)
    except NotDone:
        if content["api_refund"]:
            raise Unanswered("WooCommerce kon niet bevestigen of de betaling terugging") from None
        raise


def find(client: Client, gesture: Gesture, original: Json) -> Carried | None:
    """What an earlier `carry` left behind."""
    if gesture.kind is Kind.REFUND:
        made = client.refunds(wire.number(original))
        left = [each for each in made if _ours(each, gesture) or _reference(gesture) in (_reason(each) or "")]
    else:
        left = [each for each in _theirs(client, gesture, original) if _ours(each, gesture)]
    return _carried(left[0]) if left else None


def _ours(found: Json, gesture: Gesture) -> bool:
    return wire.text(wire.meta(found, KEY)) == gesture.key


def _reason(found: Json) -> str | None:
    return wire.text(found.get("reason"))


def _reference(gesture: Gesture) -> str:
    return f"ref. {gesture.key[:12]}"


def _carried(made: Json) -> Carried:
    return Carried(str(wire.number(made)))


def _theirs(client: Client, gesture: Gesture, original: Json) -> list[Json]:
    """This customer's orders since the gesture; meta_data itself cannot be searched."""
    since = (gesture.at - _EARLIER).strftime("%Y-%m-%dT%H:%M:%S")
    account = wire.number({"id": original.get("customer_id")})
    if account:
        return client.orders(_MOST, after=since, dates_are_gmt="true", customer=account)
    address = wire.email(wire.part(original, "billing"))
    return client.orders(_MOST, after=since, dates_are_gmt="true", customer=0, search=address) if address else []


def _refund(client: Client, gesture: Gesture, original: Json) -> dict[str, Any]:
    """The whole amount without lines, so that nothing goes back into stock that never came back."""
    currency = wire.text(original.get("currency")) or "EUR"
    if currency != "EUR":
        raise Refused(f"Deze bestelling is in {currency[:3]} betaald; terugbetalen kan van hieruit alleen in euro")
    total = wire.amount(original.get("total")) or Decimal(0)
    back = [wire.amount(each.get("amount")) or Decimal(0) for each in client.refunds(wire.number(original))]
    left = total - sum((abs(each) for each in back), Decimal(0))
    if not Decimal(0) < gesture.cost <= left:
        raise Refused(f"Van deze bestelling kan nog {_euros(left)} terug, niet {_euros(gesture.cost)}")
    return {
        "amount": f"{gesture.cost:.2f}",
        "reason": f"Terugbetaling ({_reference(gesture)})",
        "api_restock": False,
        "meta_data": [{"key": KEY, "value": gesture.key}],
    }


def _euros(amount: Decimal) -> str:
    return f"€ {amount:.2f}".replace(".", ",")


def _replacement(client: Client, gesture: Gesture, original: Json) -> dict[str, Any]:
    """The same address, nothing to pay; paid at once, so that it goes to the warehouse like any order."""
    billing, shipping = wire.part(original, "billing"), wire.part(original, "shipping")
    return {
        "customer_id": wire.number({"id": original.get("customer_id")}),
        "currency": wire.text(original.get("currency")) or "EUR",
        "billing": _address(billing, ("email", "phone")),
        "shipping": _address(shipping or billing, ()),
        "line_items": [_free(*each) for each in _wanted(client, gesture, original)],
        "set_paid": True,
        "meta_data": [
            {"key": KEY, "value": gesture.key},
            {"key": OF, "value": wire.text(original.get("number")) or ""},
        ],
    }


def _address(found: Json, more: tuple[str, ...]) -> dict[str, str]:
    said = {name: wire.text(found.get(name)) for name in (*_NAMES, *more)}
    return {name: value for name, value in said.items() if value}


def _free(line: Mapping[str, int], quantity: int) -> dict[str, Any]:
    return {**line, "quantity": quantity, "subtotal": "0", "total": "0"}


def _wanted(client: Client, gesture: Gesture, original: Json) -> list[tuple[dict[str, int], int]]:
    """The lines that the gesture names, by sku or product; all of the order when it names none."""
    bought = wire.rows(original.get("line_items"))
    if not gesture.lines:
        found = [(_product(each), int(each.get("quantity") or 1)) for each in bought]
    else:
        found = [(_named(client, name, bought), quantity) for name, quantity in gesture.lines]
    if not found or not all(line.get("product_id") for line, _ in found):
        raise Refused("Een product van deze bestelling staat niet meer in WooCommerce")
    return found


def _product(line: Json) -> dict[str, int]:
    kept = {name: wire.number({"id": line.get(name)}) for name in ("product_id", "variation_id")}
    return {name: value for name, value in kept.items() if value}


def _named(client: Client, name: str, bought: list[Json]) -> dict[str, int]:
    wanted = name.strip().casefold()
    for each in bought:
        if wanted in {(wire.text(each.get(field)) or "").casefold() for field in ("sku", "name")}:
            return _product(each)
    for each in client.products(name):
        parent = wire.number({"id": each.get("parent_id")})
        return (
            {"product_id": parent, "variation_id": wire.number(each)} if parent else {"product_id": wire.number(each)}
        )
    raise Refused("WooCommerce kent een product van deze vervanging niet")
