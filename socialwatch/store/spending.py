"""What each source cost, per UTC day, in millionths of a dollar: the ledger that the daily budgets are held to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.budget import Purse
from socialwatch.store.sources import Source
from socialwatch.store.tables import source, spend
from socialwatch.store.unit import Unit


class What(StrEnum):
    """What the money went to."""

    POLL = "poll"
    FOLLOW = "follow"
    REPLY = "reply"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Spent:
    """One line of the ledger: `times` requests or pages, `amount` in millionths of a dollar."""

    source: str
    day: str
    what: What
    times: int
    amount: int


def day_of(now: datetime) -> str:
    """The day a platform bills `now` on."""
    return now.astimezone(UTC).date().isoformat()


def book(unit: Unit, name: str, what: What, amount: int, now: datetime) -> None:
    """Write an amount down for a registered source; nothing is written for what was free."""
    if not amount:
        return
    insert = postgresql.insert(spend) if unit.postgresql else sqlite.insert(spend)
    brand = select(source.c.brand).where(source.c.name == name).scalar_subquery()
    values = {"brand": brand, "source": name, "day": day_of(now), "what": what.value, "times": 1, "amount": amount}
    more = {"times": spend.c.times + 1, "amount": spend.c.amount + amount}
    unit.run(insert.values(values).on_conflict_do_update(index_elements=["source", "day", "what"], set_=more))


def on(unit: Unit, name: str, now: datetime) -> int:
    """What a source has cost so far on the day of `now`."""
    query = select(func.sum(spend.c.amount)).where(spend.c.source == name, spend.c.day == day_of(now))
    return int(unit.run(query).scalar_one() or 0)


def usual(unit: Unit, name: str, what: What, now: datetime) -> int:
    """What one request or page cost on average on the day of `now`; 0 before the first."""
    mine = (spend.c.source == name, spend.c.day == day_of(now), spend.c.what == what.value)
    row = unit.run(select(spend.c.amount, spend.c.times).where(*mine)).one_or_none()
    return 0 if row is None else int(row.amount) // int(row.times)


def purse(unit: Unit, known: Source, what: What, now: datetime) -> Purse:
    """Where a source stands against its budget today."""
    if known.budget is None:
        return Purse(None)
    return Purse(known.budget, on(unit, known.name, now), usual(unit, known.name, what, now))


def since(unit: Unit, day: str) -> Sequence[Spent]:
    """Every line from that day on, newest day first."""
    query = select(spend).where(spend.c.day >= day).order_by(spend.c.day.desc(), spend.c.source, spend.c.what)
    return [Spent(row.source, row.day, What(row.what), row.times, row.amount) for row in unit.run(query)]
