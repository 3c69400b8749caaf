"""Later: a dossier is put aside until a moment; it comes back by itself, or as soon as the customer writes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.errors import Refused
from socialwatch.store import agents, cases
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of
from socialwatch.web.dutch_later import NO_MOMENT, at_moment

router = APIRouter()


@router.post("/dossier/{number}/later")
def later(request: Request, visitor: Signed, number: int, until: Annotated[str, Form(max_length=40)]) -> Response:
    """`until` is one of the moments that the page offers, or what a datetime-local field says, in Amsterdam."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        if known.state is State.CLOSED:
            raise Refused(dutch.DECIDED)
        detail = {"until": _moment(until, now).isoformat()}
        cases.write(unit, number, Line(LineKind.LATER, now, agent_id=visitor.agent.id, detail=detail))
        agents.note(unit, visitor.agent, "later", f"case:{number}", now)
    return RedirectResponse("/inbox", 303)


def _moment(written: str, now: datetime) -> datetime:
    at = at_moment(written, now)
    if at is None or at <= now:
        raise Refused(NO_MOMENT)
    return at
