"""Where each poller stands: cursor, next moment, failures; and the lease that decides who polls."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import lease, source
from socialwatch.store.unit import Unit

LEASE = 15.0
LONGEST_LEASE = 120.0  # seconds; what ends later was given before the clock was put back


@dataclass(frozen=True, slots=True)
class Source:
    """One channel account that is polled; `next_poll_at` in seconds since 1970.

    `budget` is what it may cost per UTC day in millionths of a dollar, None without a limit; `slowed` how many times
    slower than asked it is polled because the backlog is old.
    """

    name: str
    brand: str
    kind: str
    cursor: str | None
    next_poll_at: float
    failures: int
    last_success_at: datetime | None
    last_error: str | None
    halted: bool
    polled: int
    gap_from: datetime | None
    gap_to: datetime | None
    budget: int | None
    notice: str | None
    slowed: float
    streaming: bool


def register(unit: Unit, name: str, brand: str, kind: str) -> None:
    """Make sure a configured source has its row."""
    insert = postgresql.insert(source) if unit.postgresql else sqlite.insert(source)
    statement = insert.values(name=name, brand=brand, kind=kind).on_conflict_do_update(
        index_elements=["name"], set_={"brand": brand, "kind": kind}
    )
    unit.run(statement)


def limit(unit: Unit, name: str, budget: int | None) -> None:
    """What a source may cost per UTC day, in millionths of a dollar; None for no limit."""
    unit.run(update(source).where(source.c.name == name).values(budget=budget))


def every(unit: Unit) -> list[Source]:
    return [Source(**row._mapping) for row in unit.run(select(source).order_by(source.c.name))]


def one(unit: Unit, name: str) -> Source | None:
    row = unit.run(select(source).where(source.c.name == name)).one_or_none()
    return None if row is None else Source(**row._mapping)


def advance(unit: Unit, name: str, cursor: str | None, count: int) -> None:
    """After a page: count it, and move the cursor when the page was the last one of its poll."""
    values: dict[str, Any] = {"polled": source.c.polled + count}
    if cursor is not None:
        values["cursor"] = cursor
    unit.run(update(source).where(source.c.name == name).values(values))


def polled(unit: Unit, name: str, now: datetime, wait: float) -> None:
    """A whole poll went well."""
    values = {"failures": 0, "last_success_at": now, "last_error": None, "next_poll_at": unit.stamp() + wait}
    unit.run(update(source).where(source.c.name == name).values(values))


def failed(unit: Unit, name: str, reason: str, wait: float, *, halted: bool = False) -> None:
    """A poll failed: try again after `wait` seconds, or not until a human acted."""
    values = {
        "failures": source.c.failures + 1,
        "last_error": reason[:500],
        "next_poll_at": unit.stamp() + wait,
        "halted": halted,
    }
    unit.run(update(source).where(source.c.name == name).values(values))


def paused(unit: Unit, name: str, reason: str, wait: float) -> None:
    """Nothing failed, but nothing is asked for `wait` seconds; the reason is shown."""
    values = {"last_error": reason[:500], "next_poll_at": unit.stamp() + wait}
    unit.run(update(source).where(source.c.name == name).values(values))


def noticed(unit: Unit, name: str, notice: str | None) -> None:
    """What the operator should know while all goes on; None when there is nothing (any more)."""
    unit.run(update(source).where(source.c.name == name).values(notice=notice))


def slow(unit: Unit, factor: float) -> None:
    """From now on every source is polled so many times slower than asked."""
    unit.run(update(source).where(source.c.slowed != factor).values(slowed=factor))


def stream(unit: Unit, name: str, alive: bool) -> None:
    """The line of a source opened or broke: either way what was missed is polled for at once, unless it was failing."""
    at = case((source.c.failures == 0, 0.0), else_=source.c.next_poll_at)
    changed = (source.c.name == name) & source.c.streaming.is_not(alive)
    unit.run(update(source).where(changed).values(streaming=alive, next_poll_at=at))


def gap(unit: Unit, name: str, start: datetime, end: datetime) -> None:
    """A stretch of time that the platform could no longer give us; shown on screen."""
    unit.run(update(source).where(source.c.name == name).values(gap_from=start, gap_to=end))


def resume(unit: Unit, name: str) -> None:
    """A halted source is asked again at once: whoever starts the pollers anew has mended it, or hears so again."""
    mine = (source.c.name == name) & source.c.halted.is_(True)
    unit.run(update(source).where(mine).values(halted=False, failures=0, next_poll_at=0))


def lead(unit: Unit, name: str, holder: str, length: float = LEASE) -> int | None:
    """Take or keep the lease; gives back its term, or None while somebody else holds it. A new holder gets a new
    term. A lease that ends later than any is given is free: its end comes from a clock that was put back since, and
    the term fences its holder.
    """
    now = unit.stamp()
    free = or_(lease.c.expires_at <= now, lease.c.expires_at > now + max(length, LONGEST_LEASE))
    insert = postgresql.insert(lease) if unit.postgresql else sqlite.insert(lease)
    unit.run(insert.values(name=name, holder="", term=0, expires_at=0).on_conflict_do_nothing(index_elements=["name"]))
    mine = lease.c.holder == holder
    kept = unit.run(
        update(lease)
        .where(lease.c.name == name, mine, lease.c.expires_at > now)
        .values(expires_at=now + length)
        .returning(lease.c.term)
    ).scalar_one_or_none()
    if kept is not None:
        return int(kept)
    won = unit.run(
        update(lease)
        .where(lease.c.name == name, free)
        .values(holder=holder, term=lease.c.term + 1, expires_at=now + length)
        .returning(lease.c.term)
    ).scalar_one_or_none()
    return None if won is None else int(won)


def release(unit: Unit, name: str, holder: str, term: int) -> bool:
    """Hand the lease back before its end; False when this holder does not have it under this term any more. The term
    stays until another takes over, so that what is stored under it meanwhile still counts.
    """
    mine = (lease.c.name == name, lease.c.holder == holder, lease.c.term == term)
    return unit.run(update(lease).where(*mine).values(expires_at=0)).rowcount == 1


def leads(unit: Unit, name: str, term: int) -> bool:
    """Whether this term is still the present one; asked in the transaction that stores what a leader polled."""
    query = select(lease.c.term).where(lease.c.name == name)
    if unit.postgresql:
        query = query.with_for_update(read=True)
    return unit.run(query).scalar_one_or_none() == term
