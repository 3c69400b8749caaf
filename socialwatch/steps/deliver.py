"""Deliver: what a platform brings to our door by webhook comes in once, however often it is brought."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.channel import Page
from socialwatch.store import cases, deliveries, mentions, queue
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database, Unit


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery for one source: `receive` checks the signature over the very bytes of `body`; `first` says where a
    mention's trip starts.
    """

    source: str
    brand: str
    kind: str
    headers: Mapping[str, str]
    body: bytes
    receive: Callable[[Mapping[str, str], bytes], Page]
    first: Callable[[Stored], NewJob]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many posts were new and how many edited; both 0 for a duplicate."""

    new: int = 0
    edited: int = 0
    duplicate: bool = False


def run(database: Database, delivery: Delivery, now: datetime) -> Taken:
    """Check and store one delivery. Raises Refused when it is not the platform's, Unavailable when it cannot be
    stored now.
    """
    page = delivery.receive(delivery.headers, delivery.body)
    digest = sha256(delivery.body).hexdigest()
    with database.write() as unit:
        if not deliveries.fresh(unit, delivery.brand, delivery.source, digest):
            return Taken(duplicate=True)
        return _store(unit, delivery, page, now)


def _store(unit: Unit, delivery: Delivery, page: Page, now: datetime) -> Taken:
    taken = mentions.take(unit, [replace(each, brand=delivery.brand) for each in page.mentions], now)
    moved = [each for each in taken.new + taken.edited if not (each.mention.own and each.case_id)]
    queue.put(unit, [delivery.first(each) for each in moved])
    if page.gone:
        for lost in mentions.empty_gone(unit, delivery.kind, page.gone, now):
            if lost.case_id is not None:
                cases.write(unit, lost.case_id, Line(LineKind.GONE, now, mention_id=lost.id))
    return Taken(len(taken.new), len(taken.edited))
