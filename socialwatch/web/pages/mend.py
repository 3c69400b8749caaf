"""Mend: an answer that must not go out, or that stands there and is wrong: *Haal terug* and *herstel mijn antwoord*."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.reply import Reply
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps.say import take_back
from socialwatch.store import agents, cases, dossier, promises, thanks
from socialwatch.store.unit import Unit
from socialwatch.web import dutch
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.held import held
from socialwatch.web.render import page

router = APIRouter()


@router.get("/dossier/{number}/terughalen")
def waiting(request: Request, visitor: Signed, number: int) -> Response:
    """The bar above the reply box, for a page that heard that something changed."""
    with desk_of(request).database.read() as unit:
        if cases.seen_by(unit, visitor.agent, number) is None:
            raise HTTPException(404)
        waits = held(unit, visitor, number)
    return page(request, "undo.html", held=waits)


@router.post("/antwoord/{number}/terug")
def back(request: Request, visitor: Signed, number: int) -> Response:
    """Take an answer back before it goes out; its words stand in the box again, of a dossier or of a thank-you. Raises
    Refused when it is away.
    """
    at = desk_of(request)
    with at.database.write() as unit:
        told = _mine(unit, visitor, number)
        if not take_back(unit, told):
            raise Refused(dutch.TOO_LATE)
        promises.fall(unit, told.id, at.clock())
        agents.note(unit, visitor.agent, "take_back", f"reply:{number}", at.clock())
        thanked = thanks.unanswered(unit, visitor.agent.brand, number)
    if thanked is not None:
        return RedirectResponse(f"/bedankjes?terug={number}&bedankje={thanked}#terug-{thanked}", 303)
    return RedirectResponse(f"/dossier/{told.case_id}?again={number}#antwoord", 303)


def _mine(unit: Unit, visitor: Visitor, number: int) -> Reply:
    told = dossier.reply_of(unit, visitor.agent, number)
    if told is None:
        raise HTTPException(404)
    if told.agent_id != visitor.agent.id:
        raise OutsideMandate(dutch.NOT_YOUR_WORDS)
    return told
