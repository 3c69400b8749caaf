"""What X charges, and what this process has used of it today: each post and each user once per UTC day."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

MOST = 100_000_000  # a hundred dollars for one thing is a typing error


@dataclass(frozen=True, slots=True)
class Prices:
    """Millionths of a dollar for one of each.

    X's price list (docs.x.com/x-api/getting-started/pricing and changelog, 2026-04-16): a post read $0.005, our own
    mentions and posts $0.001 when our account owns the developer app ("Owned Reads"), a user read $0.010, a reply to
    who summoned us $0.010, any other post $0.015, a post with a link $0.20.
    A like is not on that list, because self-serve apps may not like; taken for as dear as a post.
    """

    post: int = 5_000
    owned: int = 1_000
    user: int = 10_000
    reply: int = 10_000
    create: int = 15_000
    link: int = 200_000
    like: int = 15_000


def prices(section: Section) -> Prices:
    """The list above, but for what the key `prices` overrules: { post = 6000 }. Raises Misconfigured."""
    given = section.values.get("prices") or {}
    known = [one.name for one in fields(Prices)]
    if not isinstance(given, Mapping) or set(given) - set(known):
        raise Misconfigured(f"prices van {section.of} kent alleen {', '.join(known)}, in miljoensten van een dollar")
    inner = Section(given, f"prices van {section.of}")
    return Prices(**{name: inner.number(name, getattr(Prices(), name), (0, MOST)) for name in known})


class Bill:
    """What was used and not yet told. `take` empties it, so that whatever is read is told exactly once.

    X charges a thing once per UTC day, whatever asks for it ("a soft guarantee"). A restart forgets what was charged
    before, so the sum is then too high rather than too low. Safe for several threads.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today, self._day = today, today()
        self._charged: set[tuple[str, str]] = set()
        self._untold, self._lock = 0, threading.Lock()

    def read(self, kind: str, ids: Iterable[str], price: int) -> None:
        """These were read at `price` each; free when they were charged today."""
        with self._lock:
            if self._today() != self._day:
                self._day, self._charged = self._today(), set()
            new = {(kind, number) for number in ids} - self._charged
            self._charged |= new
            self._untold += price * len(new)

    def made(self, price: int) -> None:
        """Something was posted."""
        with self._lock:
            self._untold += price

    def take(self) -> int:
        """What was used since the last time, in millionths of a dollar."""
        with self._lock:
            told, self._untold = self._untold, 0
            return told


def of_reply(prices: Prices, summoned: bool, text: str) -> int:
    """The price of a post. `text` is X's own copy of it: whatever X took for a link stands there as https://t.co/…"""
    if "://" in text:
        return prices.link
    return prices.reply if summoned else prices.create


def numbers(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of things in an answer."""
    return {str(row["id"]) for row in rows if row.get("id")}
