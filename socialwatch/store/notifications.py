"""Who is told what about which case: what waits to be told, the attempt, and the outcome. Nobody twice for one step."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import case, notification
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


@dataclass(frozen=True, slots=True)
class Pending:
    """A telling that waits, with what its words need to know of the case."""

    number: int
    telling: Telling
    level: int
    channel: str
    uncovered: bool


def put(unit: Unit, telling: Iterable[Telling], now: datetime) -> None:
    """These are to be told; whoever was told that before, or waits to be, is not told again."""
    rows = [asdict(each) | {"attempted_at": now, "due_at": now} for each in sorted(telling, key=lambda each: each.key)]
    if rows:
        insert = postgresql.insert(notification) if unit.postgresql else sqlite.insert(notification)
        unit.run(insert.on_conflict_do_nothing(index_elements=["case_id", "agent_id", "step", "kind"]), rows)


def attempt(unit: Unit, agents: Iterable[int], now: datetime) -> list[Pending]:
    """Everything that waits to be told to these people, oldest first, noted as attempted now."""
    waiting = notification.c.due_at.is_not(None) & notification.c.agent_id.in_(sorted(set(agents)))
    columns = (case.c.level, case.c.channel, case.c.uncovered)
    query = select(notification, *columns).join(case, case.c.id == notification.c.case_id).where(waiting)
    rows = unit.run(query.order_by(notification.c.id)).all()
    unit.run(update(notification).where(waiting).values(attempted_at=now))
    return [_pending(row) for row in rows]


def _pending(row: Row[Any]) -> Pending:
    telling = Telling(row.brand, row.case_id, row.agent_id, row.step, row.kind)
    return Pending(row.id, telling, row.level, row.channel, row.uncovered)


def delivered(unit: Unit, numbers: Sequence[int], now: datetime) -> None:
    mine = notification.c.id.in_(numbers)
    unit.run(update(notification).where(mine).values(delivered_at=now, due_at=None, reason=None))


def failed(unit: Unit, numbers: Sequence[int], reason: str, *, again: bool) -> None:
    """Not delivered, and why; it waits on only when it is tried `again`."""
    values: dict[str, Any] = {"reason": reason[:500]} | ({} if again else {"due_at": None})
    unit.run(update(notification).where(notification.c.id.in_(numbers)).values(values))


def waiting(unit: Unit, agents: Iterable[int] | None = None) -> dict[int, str]:
    """Who (of these people) waits to be told something, with their brand."""
    query = select(notification.c.agent_id, func.min(notification.c.brand).label("brand"))
    query = query.where(notification.c.due_at.is_not(None)).group_by(notification.c.agent_id)
    rows = unit.run(query if agents is None else query.where(notification.c.agent_id.in_(sorted(set(agents)))))
    return {row.agent_id: row.brand for row in rows}


@dataclass(frozen=True, slots=True)
class Lately:
    """Of how many cases somebody heard since a moment, and when they heard of the first."""

    cases: int
    first: datetime


def lately(unit: Unit, agents: Iterable[int], since: datetime) -> dict[int, Lately]:
    """What each of these people heard after `since`."""
    mine = (notification.c.agent_id.in_(sorted(set(agents))), notification.c.delivered_at > since)
    cases = func.count(notification.c.case_id.distinct()).label("cases")
    query = select(notification.c.agent_id, cases, func.min(notification.c.delivered_at).label("first"))
    rows = unit.run(query.where(*mine).group_by(notification.c.agent_id))
    return {row.agent_id: Lately(row.cases, row.first) for row in rows}


def of_case(unit: Unit, number: int) -> list[datetime]:
    """When somebody was told about this case; whom does not matter."""
    told = select(notification.c.delivered_at).where(notification.c.case_id == number, notification.c.step >= 0)
    return list(unit.run(told.where(notification.c.delivered_at.is_not(None)).distinct()).scalars())


def count(unit: Unit) -> int:
    """How many were delivered."""
    told = select(func.count()).where(notification.c.delivered_at.is_not(None))
    return int(unit.run(told).scalar_one())
