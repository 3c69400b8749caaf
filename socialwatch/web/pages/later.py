"""Later: a dossier is put aside until a moment; it comes back by itself, or as soon as the customer writes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.case import LineKind, State
from socialwatch.errors import Refused
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.dutch_later import NO_MOMENT, at_moment

router = APIRouter()


@router.post("/dossier/{number}/later")
def later(request: Request, visitor: Signed, number: int, until: Annotated[str, Form(max_length=40)]) -> Response:
    """`until` is one of the moments that the page offers, or what a datetime-local field says, in Amsterdam."""
    with acting(request, visitor, number, "later") as act:
        if act.case.state is State.CLOSED:
            raise Refused(dutch.DECIDED)
        act.line(LineKind.LATER, visitor, until=_moment(until, act.now).isoformat())
    return RedirectResponse("/inbox", 303)


def _moment(written: str, now: datetime) -> datetime:
    at = at_moment(written, now)
    if at is None or at <= now:
        raise Refused(NO_MOMENT)
    return at
