"""Alarms: the cases that nobody takes although everybody was called, as the red line on every page shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func

from socialwatch.domain.agent import Agent
from socialwatch.store.cases import visible_to
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many there are, the one that stands longest, and since when."""

    count: int
    case_id: int
    since: datetime


def standing(unit: Unit, who: Agent) -> Alarms | None:
    """The alarms of this person's brand; None when there are none."""
    red = visible_to(who).where(case.c.alarm_at.is_not(None))
    columns = (case.c.id, case.c.alarm_at, func.count().over().label("standing"))
    row = unit.run(red.with_only_columns(*columns).order_by(case.c.alarm_at, case.c.id).limit(1)).one_or_none()
    return None if row is None else Alarms(row.standing, row.id, row.alarm_at)
