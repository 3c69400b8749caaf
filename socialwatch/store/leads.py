"""Who may answer *mag dit?*: the leads of a brand, and who stands in for them."""

from datetime import datetime

from sqlalchemy import exists, func, select

from socialwatch.domain.agent import Agent, Role
from socialwatch.domain.gesture import GestureState
from socialwatch.store.tables import absence, agent, gesture
from socialwatch.store.unit import Unit

LEADING = (Role.LEAD, Role.ADMIN)


def may_decide(unit: Unit, who: Agent, now: datetime) -> bool:
    """Whether this person leads, or is the deputy of somebody who does."""
    if who.role in LEADING:
        return True
    leads = select(agent.c.id).where(agent.c.brand == who.brand, agent.c.role.in_([each.value for each in LEADING]))
    always = exists().where(agent.c.id.in_(leads), agent.c.deputy_id == who.id)
    away = exists().where(
        absence.c.agent_id.in_(leads),
        absence.c.deputy_id == who.id,
        absence.c.starts_at <= now,
        absence.c.ends_at > now,
    )
    return bool(unit.run(select(always | away)).scalar_one())


def waiting(unit: Unit, who: Agent, now: datetime) -> int:
    """How many questions of others wait for this person's word; 0 for who may not answer them."""
    if not may_decide(unit, who, now):
        return 0
    asked = (gesture.c.brand == who.brand) & (gesture.c.state == GestureState.ASKED.value)
    mine = asked & (gesture.c.agent_id != who.id)
    return int(unit.run(select(func.count()).select_from(gesture).where(mine)).scalar_one())
