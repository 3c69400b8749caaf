"""WooCommerce's REST API v3 over the one HTTP door: lists page by page, one object by its number, one write."""

import base64
from collections.abc import Iterator
from typing import Any

from socialwatch.outgoing import Door, Site, quiet_sdk_logging, unreadable
from socialwatch.outgoing.asking import Asker
from socialwatch.shops.woocommerce.keys import Settings
from socialwatch.shops.woocommerce.verdict import NAME, NotThere, judge
from socialwatch.shops.woocommerce.wire import Json, number, rows

API = "/wp-json/wc/v3"
_DRAFTS = ("checkout-draft", "auto-draft", "trash")


class Client:
    """Asks nothing until the first question. Every question raises Unavailable, Refused or Halted."""

    def __init__(self, given: Settings) -> None:
        quiet_sdk_logging()
        pair = base64.b64encode(f"{given.consumer_key}:{given.consumer_secret}".encode()).decode()
        site = Site(NAME, given.base_url, secrets=(given.consumer_key, given.consumer_secret, pair))
        headers = {"Authorization": f"Basic {pair}", "Accept": "application/json"}
        self._asker = Asker(Door(site, judge, given.timeout), headers, given.rest)
        self._page_size = given.page_size

    def orders(self, most: int, **query: str | int) -> list[Json]:
        """At most `most` orders, newest first; what was begun at a checkout and left there is no order."""
        found = self._pages("/orders", most, {"orderby": "date", "order": "desc", **query})
        return [each for each in found if number(each) and each.get("status") not in _DRAFTS]

    def customers(self, most: int, **query: str | int) -> list[Json]:
        """At most `most` registered customers, of any role."""
        return [each for each in self._pages("/customers", most, {"role": "all", **query}) if number(each)]

    def products(self, sku: str) -> list[Json]:
        return [each for each in self._pages("/products", 10, {"sku": sku}) if number(each)]

    def refunds(self, order: int) -> list[Json]:
        """What went back of one order."""
        return list(self._pages(f"/orders/{order}/refunds", 100, {}))

    def one(self, what: str, found: int) -> Json | None:
        """One order or customer by its number; None when it is not there."""
        try:
            answer = self._asker.read(f"{API}/{what}/{found}")
        except NotThere:
            return None
        content = answer.json()
        if not isinstance(content, dict) or number(content) != found:
            raise unreadable(answer)
        return content

    def make(self, path: str, content: Any) -> Json:
        """A refund or an order. Raises Unanswered when the shop may have it."""
        answer = self._asker.write(API + path, content)
        made = answer.json()
        if not isinstance(made, dict) or not number(made):
            raise unreadable(answer)
        return made

    def _pages(self, path: str, most: int, query: dict[str, str | int]) -> Iterator[Json]:
        """Until there are `most`, or a page that is not full: not every host lets X-WP-TotalPages through."""
        size, given = min(self._page_size, most), 0
        for page in range(1, -(-most // size) + 1):
            answer = self._asker.read(API + path, {**query, "per_page": size, "page": page})
            content = answer.json()
            if not isinstance(content, list):
                raise unreadable(answer)
            yield from rows(content)[: most - given]
            given += len(content)
            if len(content) < size or given >= most:
                return
