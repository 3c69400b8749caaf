"""Who stands in for whom at a moment: by an absence that runs, else by the deputy somebody has for good."""

from datetime import datetime

from sqlalchemy import select

from socialwatch.store.tables import absence, agent
from socialwatch.store.unit import Unit


def in_for(unit: Unit, now: datetime) -> tuple[dict[int, int], frozenset[int]]:
    """The deputy of each agent who has one, and who is absent now."""
    usual = unit.run(select(agent.c.id, agent.c.deputy_id).where(agent.c.deputy_id.is_not(None)))
    deputies: dict[int, int] = {row.id: row.deputy_id for row in usual}
    running = (absence.c.starts_at <= now, absence.c.ends_at > now)
    rows = unit.run(select(absence.c.agent_id, absence.c.deputy_id).where(*running).order_by(absence.c.id)).all()
    deputies |= {row.agent_id: row.deputy_id for row in rows if row.deputy_id is not None}
    return deputies, frozenset(row.agent_id for row in rows)
