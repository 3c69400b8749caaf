"""Who is this? An agent confirms a customer, lets one go, and has the order system asked who it may be."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.errors import Refused
from socialwatch.store import agents, cases, queue, verdicts
from socialwatch.store.queue import NewJob
from socialwatch.web import dutch
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of
from socialwatch.web.identity_words import SEEK_BUSY, SEEK_EMPTY

router = APIRouter()
ASKED_BY_HAND = 9.0  # somebody waits for it

Words = Annotated[str, Form(max_length=200)]


def _back(number: int) -> Response:
    return RedirectResponse(f"/dossier/{number}#wie", 303)


@router.post("/dossier/{number}/klant/{chosen}")
def identity(
    request: Request, visitor: Signed, number: int, chosen: int, verdict: Annotated[Literal["right", "wrong"], Form()]
) -> Response:
    """Whether this customer of ours wrote it."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        if cases.seen_by(unit, visitor.agent, number) is None:
            raise HTTPException(404)
        decide = verdicts.confirm if verdict == "right" else verdicts.undo
        if not decide(unit, visitor.agent, (number, chosen), now):
            raise Refused(dutch.DECIDED)
        agents.note(unit, visitor.agent, f"identity_{verdict}", f"case:{number}", now)
    return _back(number)


@router.post("/dossier/{number}/wie")
def seek(request: Request, visitor: Signed, number: int, words: Words, city: Words = "") -> Response:
    """Have customers looked up that may be the author; the answer comes by event."""
    at = desk_of(request)
    wanted = " ".join(words.split())
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        if len(wanted) < 2:
            raise Refused(SEEK_EMPTY)
        detail = {"words": wanted, "city": " ".join(city.split()), "by": visitor.agent.id}
        if queue.asked(unit, "seek", known.id) not in (None, detail):
            raise Refused(SEEK_BUSY)
        queue.put(unit, [NewJob(known.brand, "seek", known.id, ASKED_BY_HAND, detail=detail)])
        agents.note(unit, visitor.agent, "identity_sought", f"case:{number}", at.clock())
    return _back(number)
