"""Meldingen, under Beheer: by which addresses colleagues are called. Administrators only; no address is shown."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import Role
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import addresses, agents, queue
from socialwatch.store.queue import NewJob
from socialwatch.web import dutch
from socialwatch.web.auth import Visitor, signed_in
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()
PLACE = "/beheer/meldingen"


def administers(request: Request) -> Visitor:
    """The visitor, when they administer. Raises OutsideMandate for everybody else."""
    visitor = signed_in(request)
    if visitor.agent.role is not Role.ADMIN:
        raise OutsideMandate(dutch.ADMINISTRATORS)
    return visitor


Administrator = Annotated[Visitor, Depends(administers)]
Name = Annotated[str, Form(max_length=40)]


@router.get(PLACE)
def people(request: Request, visitor: Administrator, saved: int = 0, asked: int = 0) -> Response:
    return _show(request, visitor, saved=saved, asked=asked)


def _show(request: Request, visitor: Visitor, *, saved: int = 0, asked: int = 0, problem: str = "") -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        everyone = agents.everyone(unit, visitor.agent.brand)
        trials = addresses.trials(unit, visitor.agent)
    # The scheme tells what it is; the rest of an address is its secret.
    schemes = {each.id: {kind: to.partition("://")[0] for kind, to in each.notify.items()} for each in everyone}
    values = {"everyone": everyone, "schemes": schemes, "trials": trials, "subject": addresses.subject}
    values |= {"kinds": sorted(at.notifiers), "saved": saved, "asked": asked, "problem": problem}
    return page(request, "addresses.html", status=422 if problem else 200, **values)


@router.post(PLACE + "/{number}")
def put(
    request: Request, visitor: Administrator, number: int, kind: Name, to: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Set an address, or take it away when it is empty; it is looked at, and nothing is sent."""
    at, address = desk_of(request), to.strip()
    if kind not in at.notifiers:
        raise HTTPException(404)
    try:
        if address:
            at.notifiers[kind](address)
    except Refused as problem:
        return _show(request, visitor, problem=str(problem))
    with at.database.write() as unit:
        who = agents.by_id(unit, number)
        if who is None or who.brand != visitor.agent.brand:
            raise HTTPException(404)
        addresses.put(unit, number, kind, address)
        agents.note(unit, visitor.agent, "address", addresses.subject(number, kind), at.clock())
    return RedirectResponse(f"{PLACE}?saved={number}", 303)


@router.post(PLACE + "/{number}/proef")
def trial(request: Request, visitor: Administrator, number: int) -> Response:
    """A trial message to all of somebody's addresses: a job, because the desk asks nothing of the outside."""
    at = desk_of(request)
    with at.database.write() as unit:
        who = agents.by_id(unit, number)
        if who is None or who.brand != visitor.agent.brand:
            raise HTTPException(404)
        if not who.notify:
            raise Refused(dutch.NO_ADDRESS)
        detail = {"by": visitor.agent.id, "kinds": sorted(who.notify)}
        queue.put(unit, [NewJob(who.brand, "trial", number, 9, detail=detail)])
    return RedirectResponse(f"{PLACE}?asked={number}", 303)
