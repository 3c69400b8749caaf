"""A Magento on loopback: REST V1 as Adobe documents it, with search criteria, pages, double lines and its oddities."""

import fnmatch
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from socialwatch.domain.customer import Address, Customer, Order, OrderLine
from socialwatch.store.unit import Database

counter: Any = sys.modules["tests_shops_stands"].module(Path(__file__).with_name("counter.py"))
Asked, Answer = counter.Asked, counter.Answer
TOKEN = "magento-integratie-geheim"
WORDS = {"cancelled": "canceled", "shipped": "complete"}
_CRITERION = re.compile(r"searchCriteria\[filter_groups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(\w+)\]")
_JOINED = ("billing_postcode", "billing_city", "billing_telephone", "billing_region", "billing_country_id")


def stamp(at: Any) -> str:
    """Magento writes UTC without saying so."""
    return str(at.strftime("%Y-%m-%d %H:%M:%S"))


@dataclass
class Stand(counter.Counter):
    """`editions` without "returns" is Magento Open Source; `denied` are resources the integration has no right to."""

    remote: ClassVar[bool] = True
    lacks: ClassVar[frozenset[str]] = frozenset({"shipments"})  # its parcels carry no address to follow them
    setting: ClassVar[str] = "access_token"

    database: Database | None = None
    folder: Path | None = None
    kind: str = "magento"
    secrets: tuple[str, ...] = (TOKEN,)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=lambda: {"returns"})
    denied: set[str] = field(default_factory=set)

    def start(self) -> dict[str, Any]:
        self.open()
        return {
            "brand": "sokkerij",
            "base_url": self.url,
            "access_token": TOKEN,
            "handle_keys": {"x": "x_naam"},
            "wished_date_key": "extension_attributes.bezorgdatum",
            "timeout_seconds": 3,
            "rest_seconds": 0,
        }

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        known = {each.id: each for each in customers}
        self.table("customers").extend(map(_customer, customers))
        for each in orders:
            self.add_order(each, known[each.customer_id])

    def table(self, name: str) -> list[dict[str, Any]]:
        return self.tables.setdefault(name, [])

    def add_order(self, order: Order, owner: Customer, **changes: Any) -> dict[str, Any]:
        """`changes` over what Magento would say, such as customer_id=None for a guest."""
        entity = len(self.table("orders")) + 9000
        made = _order(order, owner, entity) | changes
        self.table("orders").append(made)
        for parcel in order.shipments:
            tracks = [{"title": parcel.carrier, "carrier_code": "custom", "track_number": parcel.tracking}]
            sent = {"entity_id": entity, "order_id": entity, "created_at": stamp(parcel.shipped_at)}
            self.table("shipments").append(sent | {"tracks": tracks if parcel.tracking else [], "items": []})
        for back in order.refunds:
            memo = {"order_id": entity, "created_at": stamp(back.at), "grand_total": float(back.amount)}
            self.table("creditmemos").append(memo | {"comments": [{"comment": back.reason, "is_visible_on_front": 0}]})
        return made

    def refusal(self, status: int) -> Any:
        if status in (401, 403):
            resources = {"resources": "Magento_Sales::actions_view"}
            return {"message": "The consumer isn't authorized to access %resources.", "parameters": resources}
        return {"message": "Internal Error. Details are available in Magento log file. Report ID: webapi-1"}

    def answer(self, asked: Asked) -> Answer:
        what, _, number = asked.path.removeprefix("/rest/all/V1/").partition("/")
        if asked.headers.get("authorization") != f"Bearer {TOKEN}" or what in self.denied:
            return 401, self.refusal(401)
        if what in self.missing or not asked.path.startswith("/rest/all/V1/"):
            return 404, {"message": "Request does not match any route."}
        if what == "customers" and number != "search":
            return self._customer(number)
        return self._search(what, asked.query)

    def _customer(self, number: str) -> Answer:
        if not number.isdecimal():
            return 400, {"message": 'The "customerId" value\'s type is invalid. The "int" type was expected.'}
        for each in self.table("customers"):
            if each["id"] == int(number):
                return 200, each
        fields = {"fieldName": "customerId", "fieldValue": int(number)}
        return 404, {"message": "No such entity with %fieldName = %fieldValue", "parameters": fields}

    def _search(self, what: str, query: Mapping[str, str]) -> Answer:
        found = self.table(what)
        try:
            for group in _groups(query):
                found = [one for one in found if any(_holds(what, one, each) for each in group)]
        except KeyError:
            return 400, {"message": "Invalid attribute name: x_onbekend"}
        sort = query.get("searchCriteria[sortOrders][0][field]")
        if sort:
            newest = query["searchCriteria[sortOrders][0][direction]"] == "DESC"
            found = sorted(found, key=lambda one: str(one.get(sort)), reverse=newest)
        size = int(query["searchCriteria[pageSize]"])
        # A page beyond the last is the last one again.
        page = max(1, min(int(query["searchCriteria[currentPage]"]), -(-len(found) // size)))
        here = found[(page - 1) * size : page * size]
        return 200, {"items": here, "search_criteria": {"page_size": size}, "total_count": len(found)}


def _groups(query: Mapping[str, str]) -> list[list[dict[str, str]]]:
    groups: dict[str, dict[str, dict[str, str]]] = {}
    for name, value in query.items():
        parts = _CRITERION.fullmatch(name)
        if parts:
            groups.setdefault(parts[1], {}).setdefault(parts[2], {})[parts[3]] = value
    return [list(filters.values()) for filters in groups.values()]


def _holds(what: str, one: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    """MySQL compares without regard to capitals; unknown fields are refused."""
    kept = _value(what, one, wanted["field"])
    here, value = str(kept).lower(), wanted["value"].lower()
    match wanted.get("condition_type", "eq"):
        case "eq":
            return kept is not None and here == value
        case "in":
            return kept is not None and here in value.split(",")
        case "like":
            return kept is not None and fnmatch.fnmatchcase(here, value.replace("%", "*"))
    raise KeyError(wanted)


def _value(what: str, one: Mapping[str, Any], name: str) -> Any:
    if what == "customers" and name in _JOINED:
        billing = next(each for each in one["addresses"] if each["default_billing"])
        return billing.get(name.removeprefix("billing_"))
    kept = {each["attribute_code"]: each["value"] for each in one.get("custom_attributes", [])}
    if what == "customers" and name == "x_naam":
        return kept.get("x_naam")
    return one[name]


def _customer(each: Customer) -> dict[str, Any]:
    given, _, surname = each.name.partition(" ")
    names = {channel: name for channel, _, name in (pair.partition(":") for pair in each.handles)}
    home = _address(each.address, each.name, each.phone) | {"default_billing": True, "default_shipping": True}
    return {
        "id": int(each.id),
        "group_id": 1,
        "website_id": 1,
        "store_id": 1,
        "email": each.email,
        "firstname": given,
        "lastname": surname,
        "created_at": stamp(each.created_at) if each.created_at else "0000-00-00 00:00:00",
        "addresses": [home],
        "custom_attributes": [{"attribute_code": "x_naam", "value": f"@{names['x'].title()}"}] if "x" in names else [],
    }


def _address(given: Address, name: str, phone: str | None = None) -> dict[str, Any]:
    first, _, rest = name.partition(" ")
    street, _, number = (given.street or "").rpartition(" ")
    return {
        "firstname": first,
        "lastname": rest,
        "street": [street, number],
        "postcode": given.postcode,
        "city": given.city,
        "country_id": given.country,
        "telephone": phone,
    }


def _order(order: Order, owner: Customer, entity: int) -> dict[str, Any]:
    first, _, rest = owner.name.partition(" ")
    shipping = _address(order.ship_to or owner.address, order.recipient or owner.name, owner.phone)
    more: dict[str, Any] = {"shipping_assignments": [{"shipping": {"address": shipping}, "items": []}]}
    if order.card_text:
        more["gift_message"] = {"sender": owner.name, "recipient": order.recipient, "message": order.card_text}
    if order.gift_wrap:
        more["gw_id"] = 3
    if order.wished_date:
        more["bezorgdatum"] = order.wished_date.isoformat()
    return {
        "entity_id": entity,
        "increment_id": order.number,
        "created_at": stamp(order.ordered_at),
        "status": WORDS.get(order.status, order.status),
        "state": "processing",
        "store_id": 1,
        "customer_id": int(owner.id),
        "customer_is_guest": 0,
        "customer_email": owner.email,
        "customer_firstname": first,
        "customer_lastname": rest,
        "order_currency_code": order.currency,
        "base_currency_code": "EUR",
        "grand_total": float(order.total) if order.total is not None else None,
        "items": [row for place, line in enumerate(order.lines) for row in _items(line, entity * 100 + place * 2)],
        "billing_address": _address(owner.address, owner.name, owner.phone) | {"address_type": "billing"},
        "extension_attributes": more,
    }


def _items(line: OrderLine, number: int) -> list[dict[str, Any]]:
    """What was chosen of a configurable product stands twice: the product with its price, below it the choice."""
    price = float(line.price) if line.price is not None else 0
    made = {"item_id": number, "name": line.product, "sku": line.sku, "qty_ordered": line.quantity}
    if line.size is None:
        return [made | {"product_type": "simple", "price": price / 1.21, "price_incl_tax": price}]
    chosen = made | {"item_id": number + 1, "parent_item_id": number, "product_type": "simple", "price": 0}
    options = {"configurable_item_options": [{"option_id": "93", "option_value": 49}]}
    return [
        made
        | {"product_type": "configurable", "price": price / 1.21, "price_incl_tax": price}
        | {"product_option": {"extension_attributes": options}},
        chosen | {"name": f"{line.product}-{line.size}"},
    ]
