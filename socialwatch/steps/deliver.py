"""Deliver: what a platform pushes to our door comes in once, however often it is delivered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from socialwatch.domain.channel import Page
from socialwatch.store import arrival, deliveries, queue, sources, spending
from socialwatch.store.arrival import Found
from socialwatch.store.mentions import Stored, Taken
from socialwatch.store.queue import NewJob
from socialwatch.store.spending import What
from socialwatch.store.unit import Database


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook request: which source (of which brand and kind) it claims to come from, and the request as it came.

    `receive` is the channel's: it checks the signature over the raw body. `first` says where a mention's trip starts.
    """

    source: str
    brand: str
    kind: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    receive: Callable[[Mapping[str, str], bytes], Page] = field(repr=False)
    first: Callable[[Stored], NewJob] = field(repr=False)


def run(database: Database, delivery: Delivery, now: datetime) -> Taken:
    """Check, store and enqueue, in one unit; a delivery that we had already brings nothing and is no mistake.

    No lease is needed: what two hosts store of one delivery is the same rows. Raises Refused when it is not the
    platform's (nothing is stored then), Unavailable when the database is away, so that the platform delivers again.
    """
    page = delivery.receive(delivery.headers, delivery.body)
    with database.write() as unit:
        if not deliveries.accept(unit, delivery.source, delivery.brand, sha256(delivery.body).hexdigest()):
            return Taken((), ())
        found = Found(delivery.brand, delivery.kind, page.mentions, page.gone)
        taken, starting = arrival.bring(unit, found, now)
        queue.put(unit, [delivery.first(each) for each in starting])
        sources.advance(unit, delivery.source, None, len(taken.new))
        spending.book(unit, delivery.source, What.POLL, page.cost, now)
    return taken
