"""Rules that were set aside (*Ik doe het anders*): rules are counted, people are not, so none stands here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

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


_OF_CASE = (
    select(set_aside.c.rule, set_aside.c.why).where(set_aside.c.case_id == bindparam("number")).order_by(set_aside.c.id)
)
_key = func.lower(set_aside.c.rule)
_SINCE = (set_aside.c.brand == bindparam("brand")) & (set_aside.c.at >= bindparam("since"))
_RULES = (
    select(_key.label("key"), func.max(set_aside.c.rule).label("rule"), func.count().label("times"))
    .where(_SINCE)
    .group_by(_key)
    .order_by(func.count().desc(), _key)
    .limit(SHOWN)
)
_WHY = select(set_aside.c.why).where(_SINCE, set_aside.c.why != "", _key == bindparam("key"))
_LATEST = _WHY.order_by(set_aside.c.at.desc(), set_aside.c.id.desc()).limit(3 * REASONS)


def of_case(unit: Unit, number: int) -> list[Done]:
    """What was done otherwise in this case, oldest first."""
    return [Done(row.rule, row.why) for row in unit.run(_OF_CASE, {"number": number})]


def names(unit: Unit, brand: str, since: datetime) -> list[str]:
    """The rules that were set aside since a moment, the most frequent first; capitals make no other rule."""
    return [row.rule for row in unit.run(_RULES, {"brand": brand, "since": since})]


def rules(unit: Unit, brand: str, since: datetime) -> list[Aside]:
    """As `names`, each with how often and the latest reasons."""
    values = {"brand": brand, "since": since}
    rows = unit.run(_RULES, values).all()
    return [Aside(row.rule, row.times, _reasons(unit, values | {"key": row.key})) for row in rows]


def _reasons(unit: Unit, values: Mapping[str, Any]) -> tuple[str, ...]:
    latest: Sequence[str] = unit.run(_LATEST, values).scalars().all()
    return tuple(dict.fromkeys(latest))[:REASONS]
