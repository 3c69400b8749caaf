"""Later: a dossier is put aside until a moment; it comes back by itself, or as soon as the customer writes."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.errors import Refused
from socialwatch.store import marks
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.dutch_later import UNTIL_ANSWER, ahead
from socialwatch.web.returning import to_inbox

router = APIRouter()


@router.post("/dossier/{number}/later")
def later(request: Request, visitor: Signed, number: int, until: Annotated[str, Form(max_length=40)]) -> Response:
    """`until` is UNTIL_ANSWER, a moment that the page offers, or what a datetime-local field says, in Amsterdam."""
    with acting(request, visitor, number, "later") as act:
        moment = None if until == UNTIL_ANSWER else ahead(until, act.now)
        if not marks.later(act.unit, visitor.agent, number, moment, act.now):
            raise Refused(dutch.DECIDED)
    return RedirectResponse(to_inbox(request), 303)
