"""Magento and Adobe Commerce (REST V1): customers, guests and their orders, read with an integration's access token.

Section: brand, base_url (the shop's address), access_token, store_code ("all"), store_ids and website_ids (when several
brands share one Magento), handle_keys ({ x = "x_naam" }: customer attributes), gift_wrap_key, card_text_key,
wished_date_key (places in an order), page_size, timeout_seconds, rest_seconds. The constructor asks nothing. See
docs/shops/magento.md.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from socialwatch.domain.channel import Finding
from socialwatch.domain.customer import Customer, File, Order, Shop
from socialwatch.domain.facts import as_e164
from socialwatch.domain.identity import name_key
from socialwatch.domain.written import LIKE, ORDERS_SHOWN, Fields, handle_spellings, newest
from socialwatch.errors import Halted, Refused, SocialwatchError
from socialwatch.shops.magento import reading
from socialwatch.shops.magento.keys import Settings, settings
from socialwatch.shops.magento.session import Filter, NotThere, Session, Wanted, any_of

log = structlog.get_logger(__name__)

_COUNTRY_DIGITS = 2  # +31 and +32: what follows is written alike with and without it
_CUSTOMERS = "customers/search"


def connect(section: Mapping[str, Any]) -> Shop:
    """The order system of one brand. Raises Misconfigured naming the key."""
    return Magento(settings(section))


class Magento:
    kind = "magento"

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._session = Session(given)

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        """Who gave one of these names in the customer attribute that `handle_keys` names."""
        found: dict[str, Customer] = {}
        for attribute, names in handle_spellings(handles, self._settings.handles):
            for each in self._with(attribute, names):
                if set(each.handles) & set(handles):
                    found[each.id] = each
        return list(found.values())

    def by_order(self, number: str) -> list[Customer]:
        wanted = Wanted((*self._stores(), (Filter("increment_id", number),)), 1)
        for order in self._session.found("orders", wanted):
            if str(order.get("increment_id")).casefold() == number.casefold():
                owner = self._owner(order)
                return [owner] if owner else []
        return []

    def by_email(self, email: str) -> list[Customer]:
        """Accounts with this address, or else the guest who ordered with it."""
        wanted = email.strip().casefold()
        known = [each for each in self._customers(Filter("email", email)) if (each.email or "").casefold() == wanted]
        guest = None if known else self._guest(wanted)
        return [guest] if guest else known

    def by_phone(self, number: str) -> list[Customer]:
        """Accounts whose billing address has this number; of guests Magento cannot look phone numbers up."""
        digits = number.lstrip("+")[_COUNTRY_DIGITS:]
        pattern = "%" + "%".join(digits)  # whatever stands between the figures
        found = self._customers(Filter("billing_telephone", pattern, "like")) if digits.isdigit() else []
        return [each for each in found if each.phone and as_e164(each.phone) == number]

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        """Accounts with this surname, those of the town first."""
        surname = name_key(name)
        if not surname:
            return []
        # Whole words, or Vries would bring DeVriesland; accents are the database's affair.
        found = self._customers(Filter("lastname", surname, "eq"), Filter("lastname", f"% {surname}", "like"))
        there = (city or "").casefold()
        return sorted(found, key=lambda each: (each.address.city or "").casefold() != there)[:LIKE]

    def file(self, customer_id: str) -> File | None:
        """Orders with the account, and those once made as a guest with the same address."""
        known = self._known(customer_id)
        if known is None:
            return None
        found = self._found(known)
        owner = reading.completed(known, found)
        orders, said = newest(self._orders(found, owner)), reading.said(found, owner)
        return File(owner, orders, said, datetime.now(UTC))

    def check(self) -> list[Finding]:
        """Can we get in, and which of the five things may we read. Changes nothing."""
        one = Wanted((), 1)
        probes: dict[str, Callable[[], Any]] = {
            "klanten": lambda: self._session.found(_CUSTOMERS, one),
            "bestellingen": lambda: self._session.found("orders", one),
            "zendingen": lambda: self._session.found("shipments", one),
            "terugbetalingen": lambda: self._session.found("creditmemos", one),
        }
        return [_finding(what, probe) for what, probe in probes.items()] + [self._check_returns()]

    def _check_returns(self) -> Finding:
        try:
            self._session.found("returns", Wanted((), 1, sort=""))
        except NotThere:
            return Finding(True, "Magento: deze editie kent geen retouren; creditnota's wel")
        except SocialwatchError as problem:
            return Finding(False, f"Magento, retouren: {problem}")
        return Finding(True, "Magento: retouren lezen mag")

    def _with(self, attribute: str, names: Sequence[str]) -> list[Customer]:
        try:
            return self._customers(*any_of(attribute, names))
        except Halted:
            raise
        except Refused:
            wrong = f"Magento kent het klantkenmerk {attribute} niet; zie handle_keys van winkel magento"
        raise Refused(wrong)

    def _customers(self, *either: Filter) -> list[Customer]:
        groups = (either, any_of("website_id", self._settings.website_ids)) if self._settings.website_ids else (either,)
        found = self._session.found(_CUSTOMERS, Wanted(groups, LIKE))
        return [reading.customer(one, self._settings) for one in found if one.get("id")]

    def _known(self, customer_id: str) -> Customer | None:
        if "@" in customer_id:
            return self._guest(customer_id)
        if not customer_id.isdecimal() or not customer_id.isascii():
            return None
        try:
            return reading.customer(self._session.one("customers", customer_id), self._settings)
        except NotThere:
            return None

    def _owner(self, order: Fields) -> Customer | None:
        number = order.get("customer_id")
        return (self._known(str(number)) if number else None) or reading.guest(order, self._settings)

    def _guest(self, email: str) -> Customer | None:
        """By the newest order with this address."""
        orders = self._session.found("orders", Wanted((*self._stores(), (Filter("customer_email", email),)), 1))
        same = (one for one in orders if str(one.get("customer_email")).casefold() == email.casefold())
        return next((reading.guest(one, self._settings) for one in same), None)

    def _found(self, owner: Customer) -> list[Fields]:
        theirs = [Filter("customer_email", owner.email)] if owner.email else []
        theirs += [Filter("customer_id", owner.id)] if owner.id.isdecimal() else []
        return self._session.found("orders", Wanted((*self._stores(), tuple(theirs)), ORDERS_SHOWN))

    def _orders(self, found: Sequence[Fields], owner: Customer) -> list[Order | None]:
        numbers = [str(one["entity_id"]) for one in found if one.get("entity_id")]
        beside = reading.Beside(*(self._beside(what, numbers) for what in ("shipments", "creditmemos", "returns")))
        return [self._read(one, owner, beside) for one in found]

    def _beside(self, what: str, orders: Sequence[str]) -> dict[str, list[Fields]]:
        """Shipments, credit memos or returns of these orders, in one question; none where this edition has none."""
        if not orders:
            return {}
        try:
            wanted = Wanted((any_of("order_id", orders),), 4 * ORDERS_SHOWN, sort="")
            return reading.by_order(self._session.found(what, wanted))
        except NotThere:
            return {}

    def _read(self, given: Fields, owner: Customer, beside: reading.Beside) -> Order | None:
        try:
            return reading.order(given, owner, beside, self._settings)
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as problem:
            log.warning("magento.unreadable_order", reason=type(problem).__name__)
            return None

    def _stores(self) -> tuple[tuple[Filter, ...], ...]:
        return (any_of("store_id", self._settings.store_ids),) if self._settings.store_ids else ()


def _finding(what: str, probe: Callable[[], Any]) -> Finding:
    try:
        probe()
    except SocialwatchError as problem:
        return Finding(False, f"Magento, {what}: {problem}")
    return Finding(True, f"Magento: {what} lezen mag")
