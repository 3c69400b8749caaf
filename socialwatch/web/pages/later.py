"""Later: a dossier is put aside until a moment; it comes back by itself, or as soon as the customer writes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.errors import Refused
from socialwatch.store import marks
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.dutch_later import NO_MOMENT, at_moment
from socialwatch.web.returning import to_inbox

router = APIRouter()

UNTIL_ANSWER = "answer"  # without a moment: it comes back when the customer writes


@router.post("/dossier/{number}/later")
def later(request: Request, visitor: Signed, number: int, until: Annotated[str, Form(max_length=40)]) -> Response:
    """`until` is UNTIL_ANSWER, a moment that the page offers, or what a datetime-local field says, in Amsterdam."""
    with acting(request, visitor, number, "later") as act:
        moment = None if until == UNTIL_ANSWER else _moment(until, act.now)
        if not marks.later(act.unit, visitor.agent, number, moment, act.now):
            raise Refused(dutch.DECIDED)
    return RedirectResponse(to_inbox(request), 303)


def _moment(written: str, now: datetime) -> datetime:
    at = at_moment(written, now)
    if at is None or at <= now:
        raise Refused(NO_MOMENT)
    return at
