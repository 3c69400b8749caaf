"""WooCommerce (REST API v3): customers with and without an account, their orders, parcels and refunds.

Section: brand, base_url (https), consumer_key, consumer_secret; where the shop's own fields stand (gift_wrap_key,
gift_wrap_fee, card_text_key, wished_date_key, handle_keys, size_keys, statuses); page_size (1 to 100), timeout_seconds,
rest_seconds; carries (refund, replacement) and api_refund for what we may do there. The constructor asks nothing.

Who ordered without an account has no number; their id is the e-mail address of the bill. When that address belongs to
an account, the order is the account's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from socialwatch.domain.channel import Finding
from socialwatch.domain.customer import Customer, File, Order, Shop
from socialwatch.domain.facts import as_e164
from socialwatch.domain.gesture import Carried, Gesture
from socialwatch.domain.identity import name_key
from socialwatch.errors import SocialwatchError
from socialwatch.shops.woocommerce import carrying, wire
from socialwatch.shops.woocommerce.client import Client
from socialwatch.shops.woocommerce.keys import Settings, settings
from socialwatch.shops.woocommerce.wire import Json, Reader

ORDERS_SHOWN = 50
MOST_FOUND = 50
MOST_GLEANED = 500
MOST_REFUNDED = 10  # orders of one customer whose refunds are asked for, each with a request of its own


def connect(section: Mapping[str, Any]) -> Shop:
    """The shop of one brand. Raises Misconfigured naming the key."""
    return WooCommerce(settings(section), section.get("book"))


class WooCommerce:
    """A Shop, and a Carrier of those gestures that `carries` names. `book` is what we copied of it (wiring)."""

    kind = "woocommerce"

    def __init__(self, given: Settings, book: Any = None) -> None:
        self._settings = given
        self._book = book
        self._client = Client(given)
        self._reader = Reader(given.brand, given.fields)

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        """From our copy (see `glean`); then from the shop, where it lets the fields of handle_keys be searched."""
        known: list[Customer] = self._book.by_handle(handles) if self._book is not None else []
        found: list[Json] = []
        for each in dict.fromkeys(handle.lower() for handle in handles):
            channel, _, name = each.partition(":")
            if name and channel in self._settings.fields.handles:
                orders = self._client.orders(MOST_FOUND, search=name)
                found += [order for order in orders if each in wire.handles([order], self._reader)]
        return _once([*self._owners(found), *known])

    def glean(self, since: datetime) -> list[Customer]:
        """WooCommerce does not search the fields in which a checkout keeps a handle, so changed orders are read."""
        if not self._settings.fields.handles:
            return []
        at = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        orders = self._client.orders(MOST_GLEANED, modified_after=at, dates_are_gmt="true")
        found: dict[str, Customer] = {}
        for each in orders:
            given = wire.handles([each], self._reader)
            for who in self._owner(each) if given else ():
                known = found.get(who.id, who)
                found[who.id] = replace(known, handles=tuple(dict.fromkeys((*known.handles, *given))))
        return list(found.values())

    def by_order(self, number: str) -> list[Customer]:
        return self._owners(self.order(number))

    def order(self, number: str) -> list[Json]:
        """The order that the shop calls so. Plugins put a year or letters before the id, or count anew."""
        wanted = number.strip().lstrip("#").casefold()
        tail = re.search(r"[1-9][0-9]{0,17}$", wanted)
        first = self._client.one("orders", int(tail.group())) if tail else None
        if first is not None and _called(first) == wanted:
            return [first]
        if not re.fullmatch(r"[\w./-]{1,40}", wanted):
            return []
        return [each for each in self._client.orders(MOST_FOUND, search=wanted) if _called(each) == wanted][:1]

    def by_email(self, email: str) -> list[Customer]:
        """Accounts with this address, and who ordered under it without one."""
        wanted = email.strip().lower()
        if "@" not in wanted:
            return []
        orders = self._client.orders(MOST_FOUND, search=wanted)
        return _once([*self._accounts(wanted), *self._owners(each for each in orders if _billed(each) == wanted)])

    def by_phone(self, number: str) -> list[Customer]:
        """By the bill of an order: a number that stands in an account alone cannot be searched there."""
        for spelling in _spellings(number):
            orders = self._client.orders(MOST_FOUND, search=spelling)
            found = [each for each in orders if _phone(each) == number]
            if found:
                return self._owners(found)
        return []

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        wanted = name_key(name)
        surname = (name.split() or [""])[-1]
        if not wanted:
            return []
        accounts = [wire.customer(each, self._reader) for each in self._client.customers(MOST_FOUND, search=surname)]
        bills = [self._as_billed(each) for each in self._client.orders(MOST_FOUND, search=surname)]
        found = _once(each for each in [*accounts, *bills] if each is not None and name_key(each.name) == wanted)
        there = (city or "").casefold()
        return sorted(found, key=lambda each: (each.address.city or "").casefold() != there)[:MOST_FOUND]

    def file(self, customer_id: str) -> File | None:
        now = datetime.now(UTC)
        known = self._account(int(customer_id)) if re.fullmatch(r"[1-9][0-9]{0,17}", customer_id) else None
        if known is None and "@" not in customer_id:
            return None
        mine = self._client.orders(ORDERS_SHOWN, customer=known.id) if known else []
        address = known.email if known else customer_id.lower()
        loose = self._client.orders(ORDERS_SHOWN, customer=0, search=address) if address else []
        found = mine + [each for each in loose if _billed(each) == address and not each.get("customer_id")]
        if known is None and not found:
            return None
        return self._file(known, sorted(found, key=_newest, reverse=True)[:ORDERS_SHOWN], now)

    def check(self) -> list[Finding]:
        """May we read orders and customers? Writes nothing, so whether writing is allowed is not known before."""
        findings = []
        for name, path in (("bestellingen", self._client.orders), ("klanten", self._client.customers)):
            try:
                path(1)
            except SocialwatchError as problem:
                findings.append(Finding(False, str(problem)))
            else:
                findings.append(Finding(True, f"WooCommerce: {name} lezen mag"))
        return findings

    def can(self, gesture: Gesture) -> bool:
        """A refund or a replacement of an order that is known, when the section allows it."""
        return gesture.kind.value in self._settings.carries and gesture.order_number is not None

    def carry(self, gesture: Gesture) -> Carried:
        """Make the refund or the replacement order, unless it stands there already."""
        original = self._original(gesture)
        return carrying.carry(self._client, gesture, original, api_refund=self._settings.api_refund)

    def find(self, gesture: Gesture) -> Carried | None:
        """By the key, which stands in what was made."""
        return carrying.find(self._client, gesture, self._original(gesture))

    def _original(self, gesture: Gesture) -> Json:
        found = self.order(gesture.order_number or "")
        return carrying.needed(next(iter(found), None))

    def _file(self, known: Customer | None, found: Sequence[Json], now: datetime) -> File | None:
        who = known or wire.guest(found[0], self._reader)
        if who is None:
            return None
        given = dict.fromkeys((*who.handles, *wire.handles(found, self._reader)))
        orders = self._orders(found, who.id)
        notes = tuple(each for each in (wire.note(one, who.id, self._reader) for one in found) if each is not None)
        return File(replace(who, handles=tuple(given)), tuple(orders), notes, now)

    def _orders(self, found: Sequence[Json], customer_id: str) -> list[Order]:
        refunded = [wire.number(each) for each in found if wire.rows(each.get("refunds"))][:MOST_REFUNDED]
        refunds = {number: self._client.refunds(number) for number in refunded}
        read = [wire.order(each, refunds.get(wire.number(each), ()), customer_id, self._reader) for each in found]
        return [each for each in read if each is not None]

    def _owners(self, orders: Iterable[Json]) -> list[Customer]:
        """Whose orders these are, each customer once and asked for once."""
        found: dict[str | int, list[Customer]] = {}
        for each in orders:
            key = _account_of(each) or _billed(each) or 0
            if key not in found:
                found[key] = self._owner(each)
        return _once(each for several in found.values() for each in several)

    def _owner(self, found: Json) -> list[Customer]:
        account = self._account(_account_of(found)) if _account_of(found) else None
        if account is not None:
            return [account]
        address = _billed(found)
        accounts = self._accounts(address) if address else []
        guest = wire.guest(found, self._reader)
        return accounts or ([guest] if guest else [])

    def _account(self, number: int) -> Customer | None:
        found = self._client.one("customers", number)
        return wire.customer(found, self._reader) if found else None

    def _accounts(self, address: str) -> list[Customer]:
        found = self._client.customers(MOST_FOUND, email=address)
        return [wire.customer(each, self._reader) for each in found if wire.email(each) == address]

    def _as_billed(self, found: Json) -> Customer | None:
        """Who stands on the bill, under the number of their account when there is one; asks nothing more."""
        guest = wire.guest(found, self._reader)
        return replace(guest, id=str(_account_of(found))) if guest and _account_of(found) else guest


def _once(found: Iterable[Customer]) -> list[Customer]:
    return list({each.id: each for each in reversed(list(found))}.values())[::-1]


def _called(found: Json) -> str:
    return (wire.text(found.get("number")) or wire.text(found.get("id")) or "").lstrip("#").casefold()


def _account_of(found: Json) -> int:
    return wire.number({"id": found.get("customer_id")})


def _billed(found: Json) -> str | None:
    return wire.email(wire.part(found, "billing"))


def _phone(found: Json) -> str | None:
    said = wire.text(wire.part(found, "billing").get("phone"))
    return as_e164(said) if said else None


def _newest(found: Json) -> tuple[str, int]:
    return wire.text(found.get("date_created_gmt")) or "", wire.number(found)


def _spellings(number: str) -> list[str]:
    """How the last six figures of a number may be written on a bill; the whole is compared afterwards."""
    tail = re.sub(r"\D", "", number)[-6:]
    if len(tail) < 6:
        return []
    pairs = (tail[:2], tail[2:4], tail[4:])
    return [tail, " ".join(pairs), f"{tail[:3]} {tail[3:]}", ".".join(pairs)]
