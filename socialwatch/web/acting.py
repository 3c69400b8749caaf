"""A writing unit around what an agent does in a case: may they see it, its line, and the word in the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import agents, cases
from socialwatch.store.cases import Case
from socialwatch.store.unit import Unit
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import desk_of


@dataclass(frozen=True, slots=True)
class Act:
    """One deed in one case: the open unit, the case as this visitor sees it, and when."""

    unit: Unit
    case: Case
    now: datetime

    def line(self, kind: LineKind, visitor: Visitor, **detail: object) -> None:
        cases.write(self.unit, self.case.id, Line(kind, self.now, agent_id=visitor.agent.id, detail=detail))


@contextmanager
def acting(request: Request, visitor: Visitor, number: int, what: str) -> Iterator[Act]:
    """A writing unit around a deed, which the audit log names. 404 when this visitor may not see the case."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        yield Act(unit, known, now)
        agents.note(unit, visitor.agent, what, f"case:{number}", now)
