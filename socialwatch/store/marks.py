"""Marks on a case, for one person who may see it: put aside until later, closed with its two signs, reopened.

Each says whether anything was done: False when this person may not see the case, or when it was so already. Who calls
it writes the audit log.
"""

from datetime import datetime

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.marks import OPEN, Signs, written
from socialwatch.store import cases
from socialwatch.store.unit import Unit


def later(unit: Unit, who: Agent, case_id: int, until: datetime | None, now: datetime) -> bool:
    """Put it aside until a moment, or (None) until the customer writes; what is closed is not put aside."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or known.state is State.CLOSED:
        return False
    detail = {"until": until.isoformat()} if until is not None else {}
    _write(unit, who, known.id, Line(LineKind.LATER, now, detail=detail))
    return True


def close(unit: Unit, who: Agent, case_id: int, signs: Signs, now: datetime) -> bool:
    """Close it. One that is closed already takes new signs, so that a colleague may add what was left open."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or (known.state is State.CLOSED and signs == OPEN):
        return False
    _write(unit, who, known.id, Line(LineKind.CLOSED, now, detail=written(signs)))
    return True


def reopen(unit: Unit, who: Agent, case_id: int, now: datetime) -> bool:
    """It is work again, from later or after it was closed."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or known.state not in (State.CLOSED, State.LATER, State.WAITING):
        return False
    _write(unit, who, known.id, Line(LineKind.REOPENED, now))
    return True


def _write(unit: Unit, who: Agent, number: int, new: Line) -> None:
    cases.write(unit, number, Line(new.kind, new.at, agent_id=who.id, detail=new.detail))
