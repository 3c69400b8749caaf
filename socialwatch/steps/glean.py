"""Glean: who gave a handle at a checkout is read from the orders that changed, where a shop cannot be asked for it."""

from datetime import datetime, timedelta

from socialwatch.domain.customer import Shop
from socialwatch.domain.freshness import Gleaned
from socialwatch.errors import SocialwatchError
from socialwatch.store import copies
from socialwatch.store.unit import Database

FIRST = timedelta(days=30)  # how far back the first look goes
OVERLAP = timedelta(minutes=5)  # the shop's clock may be behind ours


def run(database: Database, brand: str, shop: Shop, now: datetime) -> str | None:
    """One look at what changed since the last; why it failed, or None. What was missed then comes with the next."""
    if not isinstance(shop, Gleaned):
        return None
    with database.read() as unit:
        last = copies.of(unit, brand, copies.SHOP_ITSELF)
    since = last.fetched_at - OVERLAP if last and last.fetched_at else now - FIRST
    try:
        found = shop.glean(since)
    except SocialwatchError as problem:
        return str(problem)
    with database.write() as unit:
        copies.learn(unit, found, now)
        copies.gleaned(unit, brand, now)
    return None
