"""What lies on somebody's desk at the end of a shift."""

from sqlalchemy import func, select

from socialwatch.domain.agent import Agent
from socialwatch.store import cases
from socialwatch.store.cases import Case, visible_to
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit

NOT_DONE = ("new", "open", "waiting", "later")
MOST = 200


def mine(unit: Unit, who: Agent) -> tuple[list[Case], int]:
    """What this person has that is not closed, what we are due in first and heaviest first; and how many in all."""
    theirs = visible_to(who).where(case.c.owner_id == who.id, case.c.state.in_(NOT_DONE))
    ranked = theirs.order_by(case.c.due_since.is_(None), case.c.rank.desc(), case.c.id).limit(MOST)
    total = unit.run(select(func.count()).select_from(theirs.subquery())).scalar_one()
    return [cases.of_row(row) for row in unit.run(ranked)], int(total)
