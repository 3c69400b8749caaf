"""What the pages for operators, /readyz and /metrics ask of the database: sources, money, depth, room to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.health import Condition, Poller, Trouble, condition, trouble
from socialwatch.store import sources, spending
from socialwatch.store.sources import Source
from socialwatch.store.tables import case, job, lease
from socialwatch.store.unit import Unit

DAYS = 14
PROBE = "readyz"


@dataclass(frozen=True, slots=True)
class Seen:
    """A source with what is the matter, what it cost today in millionths of a dollar, and the seconds until it is
    asked again (negative when that should have been).
    """

    source: Source
    condition: Condition
    spent: int
    wait: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of one step is in one state; `oldest` is the age in seconds of what was enqueued first."""

    step: str
    state: str
    jobs: int
    oldest: float


def seen(unit: Unit, now: datetime, known: frozenset[str] | None = None, brand: str | None = None) -> list[Seen]:
    """Every source (of one brand), by name; `now` decides which day's spend counts, `known` are the configured ones
    (None: all of them).
    """
    stamp = unit.stamp()
    spent: dict[str, int] = {}
    for each in spending.since(unit, spending.day_of(now)):
        spent[each.source] = spent.get(each.source, 0) + each.amount
    found = [each for each in sources.every(unit) if brand is None or each.brand == brand]
    return [
        Seen(
            each,
            condition(_poller(each, spent), stamp) if known is None or each.name in known else Condition.UNUSED,
            spent.get(each.name, 0),
            each.next_poll_at - stamp,
        )
        for each in found
    ]


def _poller(found: Source, spent: Mapping[str, int]) -> Poller:
    cost = spent.get(found.name, 0)
    return Poller(found.halted, found.failures, found.next_poll_at, found.slowed, cost, found.budget)


def ledger(unit: Unit, names: Sequence[str], now: datetime) -> list[tuple[str, dict[str, int]]]:
    """(UTC day, source → millionths of a dollar) of the last 14 days, today first, days without spend included."""
    first = now - timedelta(days=DAYS - 1)
    days: dict[str, dict[str, int]] = {spending.day_of(now - timedelta(days=back)): {} for back in range(DAYS)}
    for each in spending.since(unit, spending.day_of(first)):
        if each.source in names and each.day in days:
            days[each.day][each.source] = days[each.day].get(each.source, 0) + each.amount
    return list(days.items())


def depths(unit: Unit) -> list[Waiting]:
    """The queue per step and state."""
    stamp = unit.stamp()
    query = select(job.c.step, job.c.state, func.count().label("jobs"), func.min(job.c.created_at).label("first"))
    rows = unit.run(query.group_by(job.c.step, job.c.state).order_by(job.c.step, job.c.state))
    return [Waiting(row.step, row.state, row.jobs, max(0.0, stamp - row.first)) for row in rows]


def backlog(unit: Unit, step: str) -> tuple[int, float | None]:
    """How many jobs of a step are ready now, and the age in seconds of the oldest of them."""
    now = unit.stamp()
    mine = (job.c.step == step, job.c.state == "ready", job.c.ready_at <= now)
    row = unit.run(select(func.count().label("jobs"), func.min(job.c.created_at).label("first")).where(*mine)).one()
    return int(row.jobs), None if row.first is None else max(0.0, now - row.first)


def troubles(unit: Unit) -> dict[tuple[str, Trouble], int]:
    """Dead letters per step and class of reason."""
    query = select(job.c.step, job.c.reason, func.count().label("jobs")).where(job.c.state == "dead")
    counted: dict[tuple[str, Trouble], int] = {}
    for row in unit.run(query.group_by(job.c.step, job.c.reason)):
        kind = (row.step, trouble(row.reason))
        counted[kind] = counted.get(kind, 0) + row.jobs
    return counted


def open_cases(unit: Unit) -> dict[tuple[str, str], int]:
    """How many cases are not closed, per brand and state."""
    query = select(case.c.brand, case.c.state, func.count().label("cases")).where(case.c.state != "closed")
    return {(row.brand, row.state): row.cases for row in unit.run(query.group_by(case.c.brand, case.c.state))}


def probe(unit: Unit, holder: str) -> int | None:
    """Write one row for real; gives back how many bytes may still be added before SQLite's own limit of pages.

    None on PostgreSQL, which has no such limit. Reaching the commit of this unit is the proof that writing works.
    """
    insert = postgresql.insert(lease) if unit.postgresql else sqlite.insert(lease)
    values = {"holder": holder[:80], "term": 0, "expires_at": unit.stamp()}
    unit.run(insert.values(name=PROBE, **values).on_conflict_do_update(index_elements=["name"], set_=values))
    if unit.postgresql:
        return None
    limit, used, free, size = (
        int(unit.run(text(f"PRAGMA {name}")).scalar_one())
        for name in ("max_page_count", "page_count", "freelist_count", "page_size")
    )
    return (limit - used + free) * size
