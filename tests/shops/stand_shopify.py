"""A Shopify on loopback: the GraphQL Admin API as shopify.dev documents it, its errors, its costs and its writes."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from socialwatch.domain.customer import Address, Customer, Order, Shipment
from socialwatch.domain.facts import as_e164
from socialwatch.store.unit import Database

_HERE = Path(__file__).parent
counter: Any = sys.modules["tests_shops_stands"].module(_HERE / "counter.py")
graphql: Any = sys.modules["tests_shops_stands"].module(_HERE / "tiny_graphql.py")
Asked, Answer = counter.Asked, counter.Answer

VERSION = "2026-10"
TOKEN, DAILY, SECRET = "shpat_geheim_en_lang", "shpat_voor_een_dag", "shpss_client_geheim"
RIGHTS = ("read_customers", "read_orders", "read_all_orders", "read_returns", "write_orders")
_CONDITION = re.compile(r'([\w.]+):("(?:[^"\\]|\\.)*")')
SHOWN = {"shipped": "FULFILLED", "delivered": "DELIVERED"}


@dataclass
class Stand(counter.Counter):
    """`throttled` questions to come are refused for want of points; `most` is what one page of orders may hold."""

    remote: ClassVar[bool] = True
    lacks: ClassVar[frozenset[str]] = frozenset({"phone"})  # Shopify writes every number as E.164
    setting: ClassVar[str] = "access_token"

    database: Database | None = None
    folder: Path | None = None
    kind: str = "shopify"
    secrets: tuple[str, ...] = (TOKEN, DAILY, SECRET)
    customers: list[dict[str, Any]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    variants: list[dict[str, Any]] = field(default_factory=list)
    rights: set[str] = field(default_factory=lambda: set(RIGHTS))
    keys: set[str] = field(default_factory=lambda: {TOKEN})
    throttled: int = 0
    points: float = 0.0
    most: int = 50
    speaks: str = VERSION
    approved: bool = True
    indexed: bool = True
    remembered: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    written: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def start(self) -> dict[str, Any]:
        self.open()
        return {
            "brand": "sokkerij",
            "base_url": self.url,
            "access_token": TOKEN,
            "handle_keys": {"x": "custom.x_naam"},
            "gift_wrap_key": "Cadeauverpakking",
            "card_text_key": "custom.kaart",
            "wished_date_key": "Bezorgdatum",
            "carries": ["refund", "replacement"],
            "timeout_seconds": 3,
            "rest_seconds": 0,
        }

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        known = {each.id: each for each in customers}
        self.customers += [self._customer(each) for each in customers]
        for each in orders:
            self.add_order(each, known[each.customer_id])

    def writes(self, asked: Any) -> bool:
        return b"mutation" in asked.body

    def refusal(self, status: int) -> Any:
        said = {401: "[API] Invalid API key or access token (unrecognized login or wrong password)"}
        return {"errors": said.get(status, "Internal Server Error")}

    def answer(self, asked: Any) -> Any:
        if asked.path == "/admin/oauth/access_token":
            return self._signed_in(asked)
        if asked.headers.get("x-shopify-access-token") not in self.keys:
            return 401, self.refusal(401)
        if not asked.path.startswith("/admin/api/20"):
            return 404, {"errors": "Not Found"}
        headers = {"X-Shopify-API-Version": self.speaks}
        if self.throttled:
            self.throttled -= 1
            return 200, self._throttle(), headers
        content = asked.json()
        try:
            return 200, self._run(content["query"], content.get("variables") or {}), headers
        except graphql.Invalid as problem:
            return 200, {"errors": [{"message": str(problem), "extensions": {"code": problem.code}}]}, headers

    def _signed_in(self, asked: Any) -> Any:
        sent = dict(pair.split("=") for pair in asked.body.decode().split("&"))
        if sent != {"grant_type": "client_credentials", "client_id": "klant1", "client_secret": SECRET}:
            return 400, {"error": "invalid_client", "error_description": "Client authentication failed"}
        self.keys = {DAILY}
        return 200, {"access_token": DAILY, "scope": ",".join(self.rights), "expires_in": 86399}

    def _throttle(self) -> Any:
        status = {"maximumAvailable": 2000.0, "currentlyAvailable": self.points, "restoreRate": 100.0}
        cost = {"requestedQueryCost": 700, "actualQueryCost": None, "throttleStatus": status}
        error = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return {"errors": [error], "extensions": {"cost": cost}}

    def _run(self, text: str, variables: Mapping[str, Any]) -> Any:
        document = graphql.read(text, variables)
        for one in document.asked:
            if one.name == "orders" and one.arguments.get("first", 0) > self.most:
                raise graphql.Invalid("Query cost is 1200, which exceeds the limit of 1000", "MAX_COST_EXCEEDED")
        denied = self._denied(text)
        if denied:
            return {"data": None, "errors": [denied]}
        if document.kind == "mutation":
            return {"data": {one.alias: self._write(one) for one in document.asked}}
        return {"data": graphql.answer(document.asked, self._root())}

    def _denied(self, text: str) -> Any:
        wanted = [("Buyer", "read_customers"), ("orders", "read_orders"), ("Create(", "write_orders")]
        wanted.append(("returns(", "read_returns"))
        if not self.approved and "Buyer" in text:
            return {"message": "This app is not approved to access the Customer object.", "path": ["customers"]}
        for word, right in wanted:
            if word in text and right not in self.rights:
                need = f"`{right}` access scope."
                extensions = {"code": "ACCESS_DENIED", "requiredAccess": need}
                return {"message": f"Access denied. Required access: {need}", "extensions": extensions}
        return None

    def _root(self) -> dict[str, Any]:
        scopes = [{"handle": each} for each in sorted(self.rights)]
        return {
            "shop": {"name": "De Sokkerij"},
            "currentAppInstallation": {"accessScopes": scopes},
            "customer": lambda id: next((one for one in self.customers if one["id"] == id), None),
            "customers": lambda first, query: graphql.page(_found(self.customers, query), first),
            "order": lambda id: next((one for one in self.orders if one["id"] == id), None),
            "orders": self._search_orders,
            "productVariants": lambda first, query: graphql.page(_found(self.variants, query), first),
        }

    def _search_orders(
        self, first: int, query: str, after: str | None = None, sortKey: str = "", reverse: bool = False
    ) -> Any:
        since = query.removeprefix("updated_at:>=")
        if since != query:
            return graphql.page(_newest([one for one in self.orders if one["createdAt"] >= since]), first, after)
        found = _found(self.orders if self.indexed else [], query)
        return graphql.page(_newest(found) if reverse else found, first, after)

    def _write(self, one: Any) -> Any:
        call = {"refundCreate": self._refund, "orderCreate": self._create}[one.name]
        key = one.directives.get("idempotent", {}).get("key")
        if one.name == "refundCreate" and not key:
            raise graphql.Invalid("The idempotent directive is required", "BAD_REQUEST")
        if key in self.remembered:
            asked, made = self.remembered[key]
            if asked != one.arguments:
                message = "The same idempotency key cannot be used with different operation parameters."
                return {"refund": None, "userErrors": [{"field": None, "message": message}]}
            return made
        made = graphql.answer(one.inside, call(**one.arguments))
        if key:
            self.remembered[key] = (one.arguments, made)
        return made

    def _refund(self, input: dict[str, Any]) -> dict[str, Any]:
        self.written.append(("refund", input))
        order = next(each for each in self.orders if each["id"] == input["orderId"])
        total = sum(Decimal(each["amount"]) for each in input["transactions"])
        if total > order["open"]:
            return {"refund": None, "userErrors": [{"field": ["x"], "message": "Refund amount exceeds what is left"}]}
        order["open"] -= total
        made = _refund(datetime(2026, 11, 22, 10, tzinfo=UTC), total, input["note"], len(self.written) + 700)
        order["kept"].append(made)
        return {"refund": made, "userErrors": []}

    def _create(self, order: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
        self.written.append(("order", order | {"options": options}))
        if any(each["variantId"].endswith("/uitverkocht") for each in order["lineItems"]):
            message = "Unable to reserve inventory"
            return {"order": None, "userErrors": [{"field": ["order"], "message": message}]}
        owner = (order.get("customer") or {}).get("toAssociate", {}).get("id")
        buyer = next((each for each in self.customers if each["id"] == owner), None)
        number = f"#R{len(self.orders) + 1}"
        made = self._order(number, "2026-11-22T10:00:00Z", buyer, order.get("email"))
        made["customAttributes"], made["tags"] = order["customAttributes"], order["tags"]
        self.orders.append(made)
        return {"order": made, "userErrors": []}

    def add_order(self, order: Order, owner: Customer, **changes: Any) -> dict[str, Any]:
        """`changes` over what Shopify would say, such as customer=None for somebody who is no customer."""
        buyer = next(each for each in self.customers if each["number"] == owner.id)
        made = self._order(f"#{order.number}", stamp(order.ordered_at), buyer, owner.email)
        lines = [self._line(each) for each in order.lines]
        extra = {"Cadeauverpakking": "ja" if order.gift_wrap else None}
        extra["bezorgdatum"] = order.wished_date.isoformat() if order.wished_date else None
        made |= {
            "cancelledAt": stamp(order.ordered_at) if order.status == "cancelled" else None,
            "displayFulfillmentStatus": "FULFILLED" if order.shipments else "UNFULFILLED",
            "customAttributes": [{"key": key, "value": value} for key, value in extra.items() if value],
            "metafield": _metafields({"custom.kaart": order.card_text}),
            "totalPriceSet": money(order.total, order.currency),
            "shippingAddress": _address(order.ship_to or owner.address, order.recipient or owner.name),
            "billingAddress": _address(owner.address, owner.name, owner.phone),
            "lineItems": lambda first, after=None: graphql.page(lines, first, after),
            "fulfillments": lambda first: [_fulfillment(each) for each in order.shipments][:first],
            "open": order.total or Decimal(0),
        }
        made["kept"] += [_refund(each.at, each.amount, each.reason, 600) for each in order.refunds]
        made.update(changes)
        self.orders.append(made)
        return made

    def _customer(self, each: Customer) -> dict[str, Any]:
        given, _, surname = each.name.partition(" ")
        names = {channel: name for channel, _, name in (pair.partition(":") for pair in each.handles)}
        me = f"gid://shopify/Customer/{each.id}"
        return {
            "__typename": "Customer",
            "number": each.id,
            "id": me,
            "firstName": given,
            "lastName": surname,
            "displayName": each.name,
            "locale": each.language,
            "createdAt": stamp(each.created_at) if each.created_at else None,
            "defaultEmailAddress": {"emailAddress": each.email} if each.email else None,
            "defaultPhoneNumber": {"phoneNumber": as_e164(each.phone)} if each.phone else None,
            "defaultAddress": _address(each.address, each.name),
            "metafield": _metafields({"custom.x_naam": f"@{names['x'].title()}" if "x" in names else None}),
            "orders": lambda first, after=None, sortKey="", reverse=True: graphql.page(
                _newest([one for one in self.orders if (one["customer"] or {}).get("id") == me]), first, after
            ),
        }

    def _order(self, name: str, at: str, buyer: dict[str, Any] | None, email: str | None) -> dict[str, Any]:
        number = len(self.orders) + 4000
        made: dict[str, Any] = {"__typename": "Order", "id": f"gid://shopify/Order/{number}", "name": name}
        none = dict.fromkeys(("cancelledAt", "shippingAddress", "billingAddress", "phone"))
        made |= none | {"createdAt": at, "customer": buyer, "email": email, "kept": [], "open": Decimal(0), "tags": []}
        made |= {"displayFulfillmentStatus": "UNFULFILLED", "returnStatus": "NO_RETURN", "taxesIncluded": True}
        made |= {"customAttributes": [], "metafield": _metafields({}), "totalPriceSet": money(None, "EUR")}
        made |= {"currencyCode": "EUR", "presentmentCurrencyCode": "EUR", "came_back": []}
        made["lineItems"] = lambda first, after=None: graphql.page([], first, after)
        made["fulfillments"] = lambda first: []
        made["refunds"] = lambda first: made["kept"][:first]
        made["returns"] = lambda first: graphql.page(made["came_back"], first)
        made["suggestedRefund"] = lambda suggestFullRefund: _suggested(made)
        return made

    def _line(self, line: Any) -> dict[str, Any]:
        variant = {"id": f"gid://shopify/ProductVariant/{line.sku}", "sku": line.sku}
        if variant not in self.variants:
            self.variants.append(variant)
        return {
            "__typename": "LineItem",
            "title": line.product,
            "name": f"{line.product} - {line.size}" if line.size else line.product,
            "variantTitle": line.size or "Default Title",
            "sku": line.sku,
            "quantity": line.quantity,
            "originalUnitPriceSet": money(line.price, "EUR"),
            "customAttributes": [],
            "variant": variant,
        }


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def money(amount: Decimal | None, currency: str) -> dict[str, Any]:
    """A MoneyBag: what the customer paid in, beside what the shop keeps its books in."""
    paid = {"amount": str(amount if amount is not None else "0.0"), "currencyCode": currency}
    return {"presentmentMoney": paid, "shopMoney": {"amount": "1.0", "currencyCode": "USD"}}


def _suggested(order: Mapping[str, Any]) -> dict[str, Any]:
    """As it was paid: half by gift card, the rest by iDEAL."""
    left = order["open"]
    card = min(left, Decimal("10.00"))
    parts = (("gift_card", card), ("ideal", left - card))
    ways = [
        {
            "gateway": way,
            "parentTransaction": {"id": f"gid://shopify/OrderTransaction/{way}"},
            "amountSet": money(each, "EUR"),
        }
        for way, each in parts
        if each
    ]
    return {"maximumRefundableSet": money(left, "EUR"), "suggestedTransactions": ways}


def _refund(at: datetime, amount: Decimal, note: str | None, number: int) -> dict[str, Any]:
    made = {"id": f"gid://shopify/Refund/{number}", "createdAt": stamp(at), "note": note}
    return made | {"totalRefundedSet": money(amount, "EUR")}


def _metafields(kept: Mapping[str, str | None]) -> Any:
    def metafield(namespace: str, key: str) -> Any:
        value = kept.get(f"{namespace}.{key}")
        return None if value is None else {"value": value}

    return metafield


def _address(given: Address, name: str, phone: str | None = None) -> dict[str, Any]:
    first, _, last = name.partition(" ")
    return {
        "name": name,
        "firstName": first,
        "lastName": last,
        "company": None,
        "address1": given.street,
        "address2": None,
        "zip": given.postcode,
        "city": given.city,
        "provinceCode": None,
        "countryCodeV2": given.country,
        "phone": phone,
    }


def _fulfillment(parcel: Shipment) -> dict[str, Any]:
    followed = [{"company": parcel.carrier, "number": parcel.tracking, "url": parcel.url}]
    return {
        "createdAt": stamp(parcel.shipped_at) if parcel.shipped_at else None,
        "inTransitAt": None,
        "deliveredAt": stamp(parcel.delivered_at) if parcel.delivered_at else None,
        "status": "SUCCESS",
        "displayStatus": SHOWN.get(parcel.status or "", "FULFILLED"),
        "trackingInfo": lambda first: followed[:first] if parcel.tracking else [],
    }


def _newest(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(orders, key=lambda one: str(one["createdAt"]), reverse=True)


def _found(things: list[dict[str, Any]], query: str) -> list[dict[str, Any]]:
    """Conditions with OR; like Shopify's, the search is generous: a part of a word will do."""
    conditions = _CONDITION.findall(query)
    assert query == " OR ".join(f"{name}:{value}" for name, value in conditions), query
    if not conditions:
        return things
    return [one for one in things if any(_holds(one, name, json.loads(value)) for name, value in conditions)]


def _holds(one: Mapping[str, Any], name: str, value: str) -> bool:
    if name == "tag":
        return value in one["tags"]
    if name.startswith("metafields."):
        _, namespace, key = name.split(".")
        kept = one["metafield"](namespace, key)
        return kept is not None and kept["value"].lower() == value.lower()
    here = {
        "name": one.get("name"),
        "sku": one.get("sku"),
        "last_name": one.get("lastName"),
        "email": one.get("email") or (one.get("defaultEmailAddress") or {}).get("emailAddress"),
        "phone": (one.get("defaultPhoneNumber") or {}).get("phoneNumber"),
    }[name]
    return bool(here) and bool(value) and value.lower().lstrip("#") in str(here).lower()
