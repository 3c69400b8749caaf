"""Call (*bel nu*): what an agent notes after telephoning; one that reached them is an answer and stops the clock."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.call import MINUTES_WRONG, REACHED, WHEN_WRONG, Call, Outcome, line
from socialwatch.errors import Refused
from socialwatch.store import cases
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.dutch_later import at_moment

router = APIRouter()


@router.post("/dossier/{number}/gebeld")
def called(
    request: Request,
    visitor: Signed,
    number: int,
    outcome: Annotated[Outcome, Form()] = Outcome.SPOKEN,
    at: Annotated[str, Form(max_length=40)] = "",
    minutes: Annotated[str, Form(max_length=8)] = "",
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Nothing is compulsory: without a moment it was now. Who calls in a case that nobody owned, owns it."""
    with acting(request, visitor, number, "call") as act:
        made = Call(_moment(at, act.now), outcome, _minutes(minutes), text.replace("\r\n", "\n"))
        cases.write(act.unit, act.case.id, line(made, visitor.agent.id, act.now))
        if act.case.owner_id is None and outcome in REACHED:
            cases.assign(act.unit, act.case.id, visitor.agent.id, act.now, {"by": visitor.agent.id})
    return RedirectResponse(f"/dossier/{number}", 303)


def _moment(written: str, now: datetime) -> datetime:
    if not written.strip():
        return now
    at = at_moment(written, now)
    if at is None:
        raise Refused(WHEN_WRONG)
    return at


def _minutes(written: str) -> int | None:
    plain = written.strip()
    if plain and not (plain.isascii() and plain.isdecimal()):
        raise Refused(MINUTES_WRONG)
    return int(plain) if plain else None
