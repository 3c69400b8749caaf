"""What happened so far, counted: the summary of the demo."""

from typing import Any

from sqlalchemy import func, select

from socialwatch.store.tables import agent, assessment, case, job, line, mention, notification, reply, source, thanks
from socialwatch.store.unit import Unit


def summary(unit: Unit) -> dict[str, Any]:
    """The counts of one database; the shape is a promise to others."""
    return {
        "channels": {
            row.kind: {"polled": row.polled} for row in unit.run(select(source).order_by(source.c.kind.desc()))
        },
        "assessed": _count(unit, select(func.count()).select_from(assessment)),
        "dismissed": _count(unit, select(func.count()).where(mention.c.state == "dismissed")),
        "opened": _count(unit, select(func.count()).select_from(case)),
        "joined": _joined(unit),
        "cases": _cases(unit),
        "notified": _count(unit, select(func.count()).where(notification.c.delivered_at.is_not(None))),
        "replies": {
            state: _count(unit, select(func.count()).where(reply.c.state == state)) for state in ("sent", "unknown")
        },
        "thanks": {"linked": _count(unit, select(func.count()).where(thanks.c.case_id.is_not(None)))},
    }


def _count(unit: Unit, query: Any) -> int:
    return int(unit.run(query).scalar_one())


def _joined(unit: Unit) -> int:
    """Customers' mentions beyond the one that opened each case."""
    theirs = _count(unit, select(func.count()).where(line.c.kind == "mention"))
    return theirs - _count(unit, select(func.count()).select_from(case))


def _cases(unit: Unit) -> list[dict[str, Any]]:
    thanked = select(thanks.c.case_id).where(thanks.c.case_id == case.c.id).exists()
    query = (
        select(case, agent.c.name.label("owner"), thanked.label("thanked"))
        .outerjoin(agent, agent.c.id == case.c.owner_id)
        .order_by(case.c.frustration.desc(), case.c.risk.desc(), case.c.id)
    )
    return [
        {
            "id": row.id,
            "channel": row.channel,
            "owner": row.owner,
            "customer": row.customer_id,
            "frustration": round(row.frustration, 4),
            "risk": round(row.risk, 4),
            "state": row.state,
            "thanked": bool(row.thanked),
        }
        for row in unit.run(query)
    ]


def failures(unit: Unit) -> int:
    """Dead letters, failed replies, undelivered notifications and sources in trouble."""
    dead = _count(unit, select(func.count()).where(job.c.state == "dead"))
    lost = _count(unit, select(func.count()).where(reply.c.state == "failed"))
    untold = _count(unit, select(func.count()).where(notification.c.delivered_at.is_(None)))
    troubled = _count(unit, select(func.count()).where(source.c.failures > 0))
    return dead + lost + untold + troubled
