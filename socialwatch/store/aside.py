"""Rules that were set aside (*Ik doe het anders*): rules are counted, people are not, so none stands here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from socialwatch.store.tables import set_aside
from socialwatch.store.unit import Unit

REASONS, SHOWN = 3, 50


@dataclass(frozen=True, slots=True)
class Aside:
    """One rule, how often it was set aside since a moment, and the latest reasons."""

    rule: str
    times: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Which rule was set aside in one case, and why."""

    rule: str
    why: str


def put(unit: Unit, brand: str, case_id: int, done: Done, now: datetime) -> None:
    unit.run(insert(set_aside).values(brand=brand, case_id=case_id, rule=done.rule, why=done.why, at=now))


def of_case(unit: Unit, number: int) -> list[Done]:
    """What was done otherwise in this case, oldest first."""
    query = select(set_aside.c.rule, set_aside.c.why).where(set_aside.c.case_id == number)
    return [Done(row.rule, row.why) for row in unit.run(query.order_by(set_aside.c.id))]


def rules(unit: Unit, brand: str, since: datetime) -> list[Aside]:
    """The rules that were set aside since a moment, the most frequent first; capitals make no other rule."""
    named, times = func.lower(set_aside.c.rule), func.count()
    mine = (set_aside.c.brand == brand) & (set_aside.c.at >= since)
    query = select(named.label("key"), func.max(set_aside.c.rule).label("rule"), times.label("times")).where(mine)
    rows = unit.run(query.group_by(named).order_by(times.desc(), named).limit(SHOWN)).all()
    return [Aside(row.rule, row.times, _reasons(unit, brand, row.key)) for row in rows]


def _reasons(unit: Unit, brand: str, key: str) -> tuple[str, ...]:
    said = select(set_aside.c.why).where(set_aside.c.brand == brand, func.lower(set_aside.c.rule) == key)
    latest: Sequence[str] = (
        unit.run(said.where(set_aside.c.why != "").order_by(set_aside.c.id.desc()).limit(3 * REASONS)).scalars().all()
    )
    return tuple(dict.fromkeys(latest))[:REASONS]
