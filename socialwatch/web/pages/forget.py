"""Forgetting a customer who asked for it: a lead confirms it on a page of its own, and a job does it."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.steps import forget as step
from socialwatch.store import agents, cases, customers, queue
from socialwatch.web.auth import InCharge
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()


@router.get("/dossier/{number}/vergeten")
def ask(request: Request, visitor: InCharge, number: int) -> Response:
    """What will be forgotten, and what stays."""
    at = desk_of(request)
    with at.database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        file = customers.file_of(unit, known.brand, known.customer_id, at.clock()) if known.customer_id else None
    return page(request, "forget.html", case=known, file=file)


@router.post("/dossier/{number}/vergeten")
def forget(request: Request, visitor: InCharge, number: int) -> Response:
    """The audit log says that it was done in this dossier, and not of whom."""
    at = desk_of(request)
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        queue.put(unit, [step.job(known.brand, known.id, known.customer_id)])
        agents.note(unit, visitor.agent, "forgotten", f"case:{number}", at.clock())
    return RedirectResponse(f"/dossier/{number}", 303)
