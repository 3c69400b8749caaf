"""Who was told what about which case: the attempt is written before, the outcome after."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import notification
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told about which case: `step` of the escalation, by which `kind` of notifier."""

    brand: str
    case_id: int
    agent_id: int
    step: int
    kind: str

    @property
    def key(self) -> tuple[int, int, int, str]:
        return self.case_id, self.agent_id, self.step, self.kind


def attempt(unit: Unit, telling: Sequence[Telling], now: datetime) -> dict[Telling, int]:
    """Note that these are about to be told; gives back their numbers, without those who were told before."""
    if not telling:
        return {}
    insert = postgresql.insert(notification) if unit.postgresql else sqlite.insert(notification)
    unit.run(
        insert.on_conflict_do_nothing(index_elements=["case_id", "agent_id", "step", "kind"]),
        [asdict(each) | {"attempted_at": now} for each in sorted(telling, key=lambda each: each.key)],
    )
    columns = (notification.c.case_id, notification.c.agent_id, notification.c.step, notification.c.kind)
    ours = notification.c.case_id.in_(sorted({each.case_id for each in telling}))
    rows = unit.run(select(notification.c.id, *columns).where(ours, notification.c.delivered_at.is_(None)))
    waiting: dict[Any, int] = {tuple(row[1:]): int(row.id) for row in rows}
    return {each: waiting[each.key] for each in telling if each.key in waiting}


def delivered(unit: Unit, numbers: Sequence[int], now: datetime) -> None:
    unit.run(update(notification).where(notification.c.id.in_(numbers)).values(delivered_at=now, reason=None))


def failed(unit: Unit, number: int, reason: str) -> None:
    unit.run(update(notification).where(notification.c.id == number).values(reason=reason[:500]))


def count(unit: Unit) -> int:
    """How many were delivered."""
    told = select(func.count()).where(notification.c.delivered_at.is_not(None))
    return int(unit.run(told).scalar_one())
