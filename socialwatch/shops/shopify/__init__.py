"""Shopify (GraphQL Admin API): customers, their orders, parcels, returns and refunds; refunds and replacements made.

Section: brand, base_url (https://….myshopify.com), client_id and client_secret (or an access_token of an older custom
app), version, handle_keys, gift_wrap_key, card_text_key, wished_date_key (a metafield "custom.x_naam", or the name of
an attribute), carries (refund, replacement), notify, page_size, timeout_seconds, rest_seconds. The constructor asks
nothing. See docs/shops/shopify.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from socialwatch.domain.channel import Finding
from socialwatch.domain.customer import Customer, File, Order, Shop
from socialwatch.domain.facts import as_e164
from socialwatch.domain.gesture import Carried, Gesture
from socialwatch.domain.identity import name_key
from socialwatch.domain.written import LIKE, ORDERS_SHOWN, Fields, fields, handle_spellings, newest, rows
from socialwatch.errors import SocialwatchError
from socialwatch.shops.shopify import carrying, checks, queries, reading
from socialwatch.shops.shopify.keys import Settings, settings
from socialwatch.shops.shopify.session import Session, gid, quoted
from socialwatch.shops.shopify.verdict import Denied, NotUnderstood, TooCostly

log = structlog.get_logger(__name__)

_MOST_LINES = 300
_MOST_GLEANED = 500
_FEW = 10


def connect(section: Mapping[str, Any]) -> Shop:
    """The order system of one brand. Raises Misconfigured naming the key."""
    return Shopify(settings(section), section.get("book"))


class Shopify:
    """A Shop, and a Carrier of those gestures that `carries` names. `book` is what we copied of it (wiring)."""

    kind = "shopify"

    def __init__(self, given: Settings, book: Any = None) -> None:
        self._settings = given
        self._book = book
        self._session = Session(given)
        self._page_size = given.page_size
        self._returns = True  # until Shopify says that we may not see them, or that they are called otherwise

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        """From our copy (see `glean`), and from Shopify where a name is kept in a metafield of the customer."""
        kept = {channel: f"{at.namespace}.{at.key}" for channel, at in self._settings.handles.items() if at.namespace}
        known: list[Customer] = self._book.by_handle(handles) if self._book is not None else []
        found = {each.id: each for each in known}
        for place, names in handle_spellings(handles, kept):
            either = " OR ".join(f"metafields.{place}:{quoted(name)}" for name in names)
            for each in self._customers(either, LIKE):
                if set(each.handles) & set(handles):
                    found[each.id] = each
        return list(found.values())

    def glean(self, since: datetime) -> list[Customer]:
        """Shopify does not search the attributes in which a checkout keeps a name, so changed orders are read."""
        if all(place.namespace for place in self._settings.handles.values()):
            return []
        found: dict[str, Customer] = {}
        for order in self._changed(since):
            owner = self._owner(order)
            if owner is not None:
                known = reading.with_handles(found.get(owner.id, owner), [order], self._settings)
                found |= {owner.id: known} if known.handles else {}
        return list(found.values())

    def by_order(self, number: str) -> list[Customer]:
        wanted = number.lstrip("#").casefold()
        spelled = " OR ".join(f"name:{quoted(each)}" for each in (number, f"#{number.lstrip('#')}"))
        owners = (self._owner(one) for one in self._owners(spelled) if reading.name(one).casefold() == wanted)
        return [owner for owner in owners if owner is not None][:1]

    def by_email(self, email: str) -> list[Customer]:
        """Customers with this address, or else who ordered with it without becoming one."""
        wanted, search = email.strip().casefold(), f"email:{quoted(email.strip())}"
        known = [each for each in self._customers(search, LIKE) if (each.email or "").casefold() == wanted]
        guest = None if known else self._guest(wanted)
        return [guest] if guest else known

    def by_phone(self, number: str) -> list[Customer]:
        found = self._customers(f"phone:{quoted(number)}", LIKE)
        return [each for each in found if each.phone and as_e164(each.phone) == number]

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        """Customers with this surname, those of the town first."""
        surname = name_key(name)
        if not surname:
            return []
        found = self._customers(f"last_name:{quoted(name.split()[-1])}", LIKE)
        alike = [each for each in found if name_key(each.name) == surname]
        there = (city or "").casefold()
        return sorted(alike, key=lambda each: (each.address.city or "").casefold() != there)[:LIKE]

    def file(self, customer_id: str) -> File | None:
        owner, orders = self._guest_file(customer_id) if "@" in customer_id else self._customer_file(customer_id)
        if owner is None:
            return None
        known = reading.completed(owner, orders, self._settings)
        return File(known, newest(self._read(one, known) for one in orders), (), datetime.now(UTC))

    def check(self) -> list[Finding]:
        """Can we get in, may we read what we need, and does Shopify still speak the version we ask for."""
        return checks.findings(self._session, self._settings)

    def can(self, gesture: Gesture) -> bool:
        """A refund or a replacement of an order that is known, when the section allows it."""
        return carrying.can(gesture, self._settings)

    def carry(self, gesture: Gesture) -> Carried:
        """Once: by Shopify's own idempotency key for a refund, by looking for ours first for a replacement."""
        return carrying.carry(self._session, gesture, self._settings)

    def find(self, gesture: Gesture) -> Carried | None:
        return carrying.find(self._session, gesture, self._settings)

    def _customers(self, search: str, most: int) -> list[Customer]:
        data = self._session.ask(queries.customers(self._settings), query=search, first=most)
        found = rows(fields(data.get("customers")).get("nodes"))
        return [reading.customer(one, self._settings) for one in found if one.get("id")]

    def _owners(self, search: str) -> list[Fields]:
        data = self._session.ask(queries.owners(self._settings), query=search, first=_FEW)
        return rows(fields(data.get("orders")).get("nodes"))

    def _changed(self, since: datetime) -> Iterator[Fields]:
        """At most _MOST_GLEANED orders that changed since, the last first."""
        query, after = f"updated_at:>={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", None
        for _ in range(_MOST_GLEANED // LIKE):
            data = self._session.ask(queries.changed(self._settings), query=query, first=LIKE, after=after)
            found = fields(data.get("orders"))
            yield from rows(found.get("nodes"))
            turn = fields(found.get("pageInfo"))
            after = turn.get("endCursor")
            if turn.get("hasNextPage") is not True or not isinstance(after, str):
                return

    def _owner(self, order: Fields) -> Customer | None:
        known = fields(order.get("customer"))
        return reading.customer(known, self._settings) if known.get("id") else reading.guest(order, self._settings)

    def _guest(self, email: str) -> Customer | None:
        """By the newest order with this address that belongs to no customer."""
        found = self._owners(f"email:{quoted(email)}") if "@" in email else []
        theirs = (one for one in found if _is_guests(one, email))
        return next((reading.guest(one, self._settings) for one in theirs), None)

    def _customer_file(self, number: str) -> tuple[Customer | None, list[Fields]]:
        if not (number.isdecimal() and number.isascii()):
            return None, []
        owner, orders = None, list[Fields]()
        for data in self._pages(queries.file, "customer", id=gid("Customer", number)):
            owner = reading.customer(data, self._settings) if data.get("id") else owner
            orders += rows(fields(data.get("orders")).get("nodes"))
        return owner, orders

    def _guest_file(self, email: str) -> tuple[Customer | None, list[Fields]]:
        orders = list[Fields]()
        for data in self._pages(queries.guest_orders, "orders", query=f"email:{quoted(email)}"):
            orders += [one for one in rows(data.get("nodes")) if _is_guests(one, email)]
        return (reading.guest(orders[0], self._settings) if orders else None), orders

    def _pages(self, document: Callable[..., str], root: str, **variables: Any) -> Iterator[Fields]:
        """Page by page until ORDERS_SHOWN orders, by cursor."""
        read, after = 0, None
        while read < ORDERS_SHOWN:
            found = fields(self._page(document, after, **variables).get(root))
            yield found
            orders = fields(found.get("orders", found))
            read += len(rows(orders.get("nodes")))
            turn = fields(orders.get("pageInfo"))
            after = turn.get("endCursor")
            if turn.get("hasNextPage") is not True or not isinstance(after, str):
                return

    def _page(self, document: Callable[..., str], after: str | None, **variables: Any) -> Fields:
        """One page; a smaller one, or one without returns, where Shopify will not give this one."""
        while True:
            text = document(self._settings, returns=self._returns)
            try:
                return self._session.ask(text, **variables, first=self._page_size, after=after)
            except TooCostly:
                if self._page_size == 1:
                    raise
                self._page_size = max(1, self._page_size // 2)
            except (Denied, NotUnderstood) as problem:
                if not self._returns or (isinstance(problem, Denied) and "return" not in problem.scope):
                    raise
                self._returns = False

    def _read(self, given: Fields, owner: Customer) -> Order | None:
        try:
            return reading.order(given, self._lines(given), owner, self._settings)
        except SocialwatchError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as problem:
            log.warning("shopify.unreadable_order", reason=type(problem).__name__)
            return None

    def _lines(self, given: Fields) -> list[Fields]:
        """All lines of an order; the first came with it."""
        here = fields(given.get("lineItems"))
        lines = rows(here.get("nodes"))
        while (turn := fields(here.get("pageInfo"))).get("hasNextPage") is True and len(lines) < _MOST_LINES:
            data = self._session.ask(queries.MORE, id=given.get("id"), after=turn.get("endCursor"))
            here = fields(fields(data.get("order")).get("lineItems"))
            lines += rows(here.get("nodes"))
        return lines


def _is_guests(order: Fields, email: str) -> bool:
    same = str(order.get("email") or "").casefold() == email.casefold()
    return same and not fields(order.get("customer")).get("id")
