"""Refresh: somebody opened a case whose copy of the customer's orders is old; the order system is asked anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from socialwatch.domain.customer import File, Shop
from socialwatch.domain.freshness import Trouble, remote
from socialwatch.domain.trip import Moved
from socialwatch.errors import SocialwatchError, Unavailable
from socialwatch.store import cases, copies
from socialwatch.store.events import tell
from socialwatch.store.queue import Claim, NewJob
from socialwatch.store.unit import Unit

PRIORITY = 9
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    case_id: int
    brand: str
    customer_id: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the order system told: a file, or the trouble it gave."""

    wanted: Wanted
    file: File | None = None
    trouble: Trouble | None = None


def job(brand: str, case_id: int) -> NewJob:
    """The question, ahead of everything but answers to customers; one that waits already is not doubled."""
    return NewJob(brand, "refresh", case_id, PRIORITY)


def load(unit: Unit, held: Claim) -> list[Wanted]:
    found = [cases.by_id(unit, each.subject) for each in held.jobs]
    return [Wanted(each.id, each.brand, each.customer_id) for each in found if each.customer_id is not None]


def ask(wanted: Sequence[Wanted], shops: Mapping[str, Shop]) -> list[Fetched]:
    """No unit is open here. An order system of our own tables has nothing to tell anew."""
    return [_fetch(each, shops[each.brand]) for each in wanted if each.brand in shops and remote(shops[each.brand])]


def _fetch(wanted: Wanted, shop: Shop) -> Fetched:
    try:
        file = shop.file(wanted.customer_id)
    except SocialwatchError as problem:
        _log.warning("orders_not_fetched", brand=wanted.brand, reason=str(problem))
        return Fetched(wanted, trouble=Trouble.AWAY if isinstance(problem, Unavailable) else Trouble.REFUSED)
    return Fetched(wanted, file, None if file else Trouble.GONE)


def write(unit: Unit, fetched: Sequence[Fetched], now: datetime) -> list[Moved]:
    """Keep what was told, or that nothing was, and tell the open pages."""
    for each in fetched:
        if each.file is not None:
            copies.keep(unit, each.file, now)
        else:
            who = (each.wanted.brand, each.wanted.customer_id)
            copies.missed(unit, who, each.trouble or Trouble.GONE, now)
        tell(unit, each.wanted.brand, "case", each.wanted.case_id)
    return []
