"""The protocolkaart of a dossier: steps ticked off, each a line of the case; none of them is compulsory."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.protocol import MOST_STEPS
from socialwatch.store import agents, care, cases
from socialwatch.web.auth import Signed
from socialwatch.web.beside import ticked
from socialwatch.web.desk import desk_of

router = APIRouter()


@router.post("/dossier/{number}/protocol")
def tick(
    request: Request,
    visitor: Signed,
    number: int,
    step: Annotated[list[int] | None, Form(max_length=MOST_STEPS)] = None,
) -> Response:
    """What changed becomes a line: a step done, or not done after all."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        cared = care.seen_by(unit, visitor.agent, number)
        card = at.protocols.get(cared.protocol or "") if cared else None
        if card is None:
            raise HTTPException(404)
        before = ticked(cases.lines(unit, number), card.name)
        for place, words in enumerate(card.steps):
            done = place in (step or ())
            if done != (words in before):
                text = f"{card.title}: {'gedaan' if done else 'toch niet gedaan'}. {words}"
                detail = {"text": text, "protocol": card.name, "step": words, "done": done}
                cases.write(unit, number, Line(LineKind.NOTE, now, agent_id=visitor.agent.id, detail=detail))
        agents.note(unit, visitor.agent, "protocol", f"case:{number}", now)
    return RedirectResponse(f"/dossier/{number}", 303)


@router.post("/dossier/{number}/protocol/weg")
def put_away(request: Request, visitor: Signed, number: int) -> Response:
    """The card does not belong here; it does not come back by itself."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        cared = care.seen_by(unit, visitor.agent, number)
        card = at.protocols.get(cared.protocol or "") if cared else None
        if card is None:
            raise HTTPException(404)
        care.put_away(unit, number)
        detail = {"text": f"De kaart ‘{card.title}’ hoort hier niet bij."}
        cases.write(unit, number, Line(LineKind.NOTE, now, agent_id=visitor.agent.id, detail=detail))
        agents.note(unit, visitor.agent, "protocol_away", f"case:{number}", now)
    return RedirectResponse(f"/dossier/{number}", 303)
