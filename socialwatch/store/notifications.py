"""Who was told what about which case: the attempt is written before, the outcome after."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import notification
from socialwatch.store.unit import Unit


def attempt(unit: Unit, brand: str, key: tuple[int, int, int, str], now: datetime) -> int | None:
    """Note that (case, agent, step, kind) is about to be told; None when it was delivered before."""
    case_id, agent_id, step, kind = key
    insert = postgresql.insert(notification) if unit.postgresql else sqlite.insert(notification)
    values = {"brand": brand, "case_id": case_id, "agent_id": agent_id, "step": step, "kind": kind}
    unit.run(
        insert.values(values | {"attempted_at": now}).on_conflict_do_nothing(
            index_elements=["case_id", "agent_id", "step", "kind"]
        )
    )
    mine = (notification.c.case_id == case_id) & (notification.c.agent_id == agent_id)
    query = select(notification.c.id, notification.c.delivered_at).where(
        mine, notification.c.step == step, notification.c.kind == kind
    )
    row = unit.run(query).one()
    return None if row.delivered_at is not None else int(row.id)


def delivered(unit: Unit, number: int, now: datetime) -> None:
    unit.run(update(notification).where(notification.c.id == number).values(delivered_at=now, reason=None))


def failed(unit: Unit, number: int, reason: str) -> None:
    unit.run(update(notification).where(notification.c.id == number).values(reason=reason[:500]))


def count(unit: Unit) -> int:
    """How many were delivered."""
    told = select(func.count()).where(notification.c.delivered_at.is_not(None))
    return int(unit.run(told).scalar_one())
