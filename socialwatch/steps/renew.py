"""Renew: a day came nearer, so what has to be there by a day weighs more; each morning those cases are weighed anew."""

from collections.abc import Iterable
from datetime import date, datetime

from socialwatch.domain.when import local_day
from socialwatch.store import pressing, queue
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database

PRIORITY = 5


def run(database: Database, brands: Iterable[str], done: date | None, now: datetime) -> date:
    """Have all that presses weighed anew, once per day in Amsterdam; `done` is the last day that was seen to. Gives
    back the day that is seen to now.
    """
    today = local_day(now)
    if done == today:
        return today
    with database.read() as unit:
        found = pressing.latest_posts(unit, brands, today)
    if found:
        with database.write() as unit:
            queue.put(unit, [NewJob(brand, "route", number, PRIORITY) for brand, number in found])
    return today
