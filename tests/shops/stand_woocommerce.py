"""A small WooCommerce that speaks REST API v3 as documented, with the search of its order tables.

Search (plugins/woocommerce/src/Internal/DataStores/Orders/OrdersTableSearchQuery.php): the id itself, names of lines,
and the address indexes of bill and parcel; no other meta_data, unless the shop adds fields (`searchable`).
"""

import base64
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from socialwatch.domain.customer import Address, Customer, Order, OrderLine
from socialwatch.store.unit import Database

counter: Any = sys.modules["tests_shops_stands"].module(Path(__file__).with_name("counter.py"))
Answer, Asked = counter.Answer, counter.Asked
PAIR = ("ck_geheimesleutel0123456789", "cs_geheimwoord0123456789")
BASIC = base64.b64encode(":".join(PAIR).encode()).decode()
API = "/wp-json/wc/v3"
STATUSES = {"shipped": "completed"}
FIELDS = {
    "gift_wrap_key": "_inpakken",
    "card_text_key": "_kaartje",
    "wished_date_key": "_bezorgdag",
    "handle_keys": {"x": "_x_naam"},
}


@dataclass
class Stand(counter.Counter):
    """`orders` and `customers` in WooCommerce's own form, by id; `clock` dates what is made here."""

    remote: ClassVar[bool] = True
    lacks: ClassVar[frozenset[str]] = frozenset()
    setting: ClassVar[str] = "consumer_key"

    database: Database | None = None
    folder: Path | None = None
    kind: str = "woocommerce"
    secrets: tuple[str, ...] = (*PAIR, BASIC)
    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    products: list[dict[str, Any]] = field(default_factory=list)
    backs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    searchable: tuple[str, ...] = ("_x_naam",)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def start(self) -> dict[str, Any]:
        self.open()
        return FIELDS | {
            "brand": "sokkerij",
            "base_url": self.url,
            "consumer_key": PAIR[0],
            "consumer_secret": PAIR[1],
            "timeout_seconds": 3,
            "rest_seconds": 0,
            "page_size": 20,
        }

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        known = {each.id: each for each in customers}
        for each in customers:
            self.people[int(each.id)] = _person(each)
        for one in orders:
            number = int(one.number)
            self.orders[number] = _order(one, known.get(one.customer_id))
            self.backs[number] = [_back(number * 10 + place, each) for place, each in enumerate(one.refunds)]

    def refusal(self, status: int) -> Any:
        code = {401: "woocommerce_rest_cannot_view", 403: "woocommerce_rest_cannot_view", 500: "internal_server_error"}
        message = "Sorry, you cannot list resources."
        return {"code": code.get(status, "too_many_requests"), "message": message, "data": {"status": status}}

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Basic {BASIC}":
            return 401, self.refusal(401)
        path = asked.path.removeprefix(API)
        if asked.method == "POST":
            return self._make(path, asked.json())
        for pattern, look in self._routes().items():
            found = re.fullmatch(pattern, path)
            if found:
                return look(asked.query, *map(int, found.groups()))
        return 404, {"code": "rest_no_route", "message": "No route was found.", "data": {"status": 404}}

    def _routes(self) -> dict[str, Callable[..., Answer]]:
        return {
            "/orders": lambda query: _page(self._orders(query), query),
            r"/orders/(\d+)": lambda query, number: _one(self._shown(number), "woocommerce_rest_shop_order_invalid_id"),
            r"/orders/(\d+)/refunds": lambda query, number: _page(self.backs.get(number, []), query),
            "/customers": lambda query: _page(self._people(query), query),
            r"/customers/(\d+)": lambda query, number: _one(self.people.get(number), "woocommerce_rest_invalid_id"),
            "/products": lambda query: _page([one for one in self.products if one["sku"] == query["sku"]], query),
        }

    def _shown(self, number: int) -> dict[str, Any] | None:
        found = self.orders.get(number)
        backs = self.backs.get(number, [])
        short = [{"id": one["id"], "reason": one["reason"], "total": f"-{one['amount']}"} for one in backs]
        return None if found is None else found | {"refunds": short}

    def _orders(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        kept = [each for each in self.orders.values() if self._fits(each, query)]
        kept.sort(key=lambda each: each["date_created_gmt"], reverse=query.get("order", "desc") == "desc")
        return [self._shown(each["id"]) or {} for each in kept]

    def _fits(self, found: dict[str, Any], query: Mapping[str, str]) -> bool:
        if "customer" in query and found["customer_id"] != int(query["customer"]):
            return False
        if "modified_after" in query and found["date_modified_gmt"] <= query["modified_after"]:
            return False
        if "after" in query and found["date_created_gmt"] <= query["after"]:
            return False
        return "search" not in query or self._mentions(found, query["search"])

    def _mentions(self, found: dict[str, Any], term: str) -> bool:
        extra = [each["value"] for each in found["meta_data"] if each["key"] in self.searchable]
        places = [_index(found["billing"]), _index(found["shipping"]), *map(str, extra)]
        places += [line["name"] for line in found["line_items"]]
        return term == str(found["id"]) or any(term.lower() in place.lower() for place in places)

    def _people(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """WP_User_Query: an address is compared whole, a search looks inside names and addresses."""
        kept = list(self.people.values())
        if "email" in query:
            return [each for each in kept if each["email"].lower() == query["email"].lower()]
        if "search" in query:
            term = query["search"].lower()
            places = ("first_name", "last_name", "email", "username")
            return [each for each in kept if any(term in each[place].lower() for place in places)]
        return kept

    def _make(self, path: str, content: dict[str, Any]) -> Answer:
        found = re.fullmatch(r"/orders/(\d+)/refunds", path)
        return self._refund(int(found[1]), content) if found else self._order(content)

    def _refund(self, number: int, content: dict[str, Any]) -> Answer:
        back = sum(Decimal(each["amount"]) for each in self.backs.get(number, []))
        if Decimal(content["amount"]) + back > Decimal(self.orders[number]["total"]):
            code = "woocommerce_rest_cannot_create_order_refund"
            return 500, {"code": code, "message": "Invalid refund amount.", "data": 500}
        made = {
            "id": 900_000 + sum(map(len, self.backs.values())),
            "date_created_gmt": _stamp(self.clock()),
            "amount": content["amount"],
            "reason": content["reason"],
            "refunded_payment": content["api_refund"],
            "meta_data": content.get("meta_data", []),
            "line_items": [],
        }
        self.backs.setdefault(number, []).insert(0, made)
        return 201, made

    def _order(self, content: dict[str, Any]) -> Answer:
        if any("product_id" not in each for each in content["line_items"]):
            return 400, {"code": "woocommerce_rest_required_product_reference", "message": "?", "data": {"status": 400}}
        number = max(self.orders, default=0) + 1
        lines = [
            each | {"name": "?", "sku": "", "total_tax": "0.00", "meta_data": []} for each in content["line_items"]
        ]
        made = {
            "id": number,
            "number": str(number),
            "status": "processing" if content["set_paid"] else "pending",
            "currency": content["currency"],
            "date_created_gmt": _stamp(self.clock()),
            "total": f"{sum(Decimal(each['total']) for each in content['line_items']):.2f}",
            "customer_id": content["customer_id"],
            "customer_note": "",
            "billing": _bill(Address()) | content["billing"],
            "shipping": _bill(Address()) | content["shipping"],
            "line_items": lines,
            "fee_lines": [],
            "meta_data": content["meta_data"],
        }
        self.orders[number] = made
        return 201, made


def _page(found: list[dict[str, Any]], query: Mapping[str, str]) -> Answer:
    size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
    if not 1 <= size <= 100:
        return 400, {"code": "rest_invalid_param", "message": "Invalid parameter(s): per_page", "data": {"status": 400}}
    total = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
    return 200, found[(page - 1) * size : page * size], total


def _one(found: dict[str, Any] | None, code: str) -> Answer:
    if found is None:
        return 404, {"code": code, "message": "Invalid ID.", "data": {"status": 404}}
    return 200, found


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _index(address: Mapping[str, str]) -> str:
    return " ".join(address.values())


def _bill(address: Address, name: str = "", **more: str | None) -> dict[str, str]:
    first, _, last = name.partition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "company": "",
        "address_1": address.street or "",
        "address_2": "",
        "city": address.city or "",
        "state": "",
        "postcode": address.postcode or "",
        "country": address.country or "",
        **{key: value or "" for key, value in more.items()},
    }


def _person(each: Customer) -> dict[str, Any]:
    first, _, last = each.name.partition(" ")
    bill = _bill(each.address, each.name, email=each.email, phone=each.phone)
    return {
        "id": int(each.id),
        "date_created_gmt": _stamp(each.created_at) if each.created_at else None,
        "email": each.email or "",
        "first_name": first,
        "last_name": last,
        "role": "customer",
        "username": f"gebruiker{each.id}",
        "billing": bill,
        "shipping": _bill(each.address, each.name),
        "is_paying_customer": True,
        "meta_data": [
            {"id": place, "key": "_x_naam", "value": f"@{name.partition(':')[2]}"}
            for place, name in enumerate(each.handles)
        ],
    }


def _order(each: Order, whose: Customer | None) -> dict[str, Any]:
    assert whose is not None
    bill = _bill(whose.address, whose.name, email=whose.email, phone=whose.phone)
    parcel = _bill(each.ship_to or whose.address, each.recipient or whose.name)
    return {
        "id": int(each.number),
        "parent_id": 0,
        "number": each.number,
        "created_via": "checkout",
        "status": STATUSES.get(each.status, each.status),
        "currency": each.currency,
        "date_created": _stamp(each.ordered_at + timedelta(hours=2)),  # the site's own time
        "date_created_gmt": _stamp(each.ordered_at),
        "date_modified_gmt": _stamp(each.ordered_at),
        "discount_total": "0.00",
        "total": f"{each.total or Decimal('25.90'):.2f}",
        "customer_id": int(whose.id) if whose.id.isdigit() else 0,
        "customer_note": "",
        "billing": bill,
        "shipping": parcel,
        "payment_method": "mollie_wc_gateway_ideal",
        "meta_data": _meta(each, whose),
        "line_items": [_line(place, bought) for place, bought in enumerate(each.lines, 1)],
        "fee_lines": [],
        "coupon_lines": [],
    }


def _meta(each: Order, whose: Customer) -> list[dict[str, Any]]:
    said: dict[str, Any] = {"_kaartje": each.card_text, "_inpakken": "yes" if each.gift_wrap else "no"}
    said["_bezorgdag"] = each.wished_date.strftime("%d-%m-%Y") if each.wished_date else None
    said["_x_naam"] = next((f"@{name.partition(':')[2]}" for name in whose.handles), None)
    said["_wc_shipment_tracking_items"] = [
        {
            "tracking_provider": "",
            "custom_tracking_provider": parcel.carrier,
            "custom_tracking_link": parcel.url,
            "tracking_number": parcel.tracking,
            "date_shipped": str(int(parcel.shipped_at.timestamp())) if parcel.shipped_at else "",
            "tracking_id": "f0e1",
        }
        for parcel in each.shipments
    ]
    return [{"id": place, "key": key, "value": value} for place, (key, value) in enumerate(said.items()) if value]


def _line(place: int, bought: OrderLine) -> dict[str, Any]:
    """Prices without VAT, as WooCommerce keeps them: 21 % is told apart."""
    paid = (bought.price or Decimal(0)) * bought.quantity
    net = (paid / Decimal("1.21")).quantize(Decimal("0.01"))
    size = {"id": 7, "key": "pa_maat", "value": "39-42", "display_key": "Maat", "display_value": bought.size}
    hidden = {"id": 8, "key": "_reduced_stock", "value": "2", "display_key": "_reduced_stock", "display_value": "2"}
    return {
        "id": place,
        "name": bought.product,
        "product_id": 70 + place,
        "variation_id": 700 + place if bought.size else 0,
        "quantity": bought.quantity,
        "subtotal": str(net),
        "total": str(net),
        "total_tax": str(paid - net),
        "sku": bought.sku or "",
        "price": float(net / bought.quantity),
        "meta_data": [size, hidden] if bought.size else [hidden],
    }


def _back(number: int, each: Any) -> dict[str, Any]:
    return {
        "id": number,
        "date_created_gmt": _stamp(each.at),
        "amount": str(each.amount),
        "reason": each.reason or "",
        "refunded_payment": False,
        "meta_data": [],
        "line_items": [],
    }
