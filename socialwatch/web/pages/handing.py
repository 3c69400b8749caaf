"""Overdragen: one dossier with a word along, a fresh pair of eyes, or a whole shift in one form."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import answers_customers
from socialwatch.errors import OutsideMandate
from socialwatch.steps import hand_over, present
from socialwatch.steps.hand_over import Handing
from socialwatch.store import agents, cases, handing
from socialwatch.store.unit import Unit
from socialwatch.web import dutch
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()

KEEP = 0
Words = Annotated[str, Form(max_length=2_000)]


@router.post("/dossier/{number}/overdragen")
def one(request: Request, visitor: Signed, number: int, to: Annotated[int, Form()], note: Words = "") -> Response:
    """The whole packet goes along by itself: it is the dossier. The words are for what does not stand in it."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        _give(unit, visitor, number, (Handing(to, note), now))
    return RedirectResponse(f"/dossier/{number}", 303)


def _give(unit: Unit, visitor: Visitor, number: int, how: tuple[Handing, datetime]) -> None:
    known = cases.seen_by(unit, visitor.agent, number)
    if known is None:
        raise HTTPException(404)
    to, now = how
    hand_over.give(unit, known, visitor.agent, to, now)
    agents.note(unit, visitor.agent, "hand_over", f"case:{number}", now)


@router.post("/dossier/{number}/frisse-blik")
def fresh(request: Request, visitor: Signed, number: int) -> Response:
    """Somebody else looks at it; why is nobody's business."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        hand_over.refresh(unit, known, now)
        agents.note(unit, visitor.agent, "fresh_eyes", f"case:{number}", now)
    return RedirectResponse(f"/dossier/{number}", 303)


@router.get("/einde-dienst")
def shift(request: Request, visitor: Signed) -> Response:
    """What somebody has, each with whoever might take it: kept or handed over, row by row."""
    if not visitor.answers:
        raise OutsideMandate(dutch.READ_ONLY)
    at = desk_of(request)
    with at.database.read() as unit:
        mine, total = handing.mine(unit, visitor.agent)
        at_work = hand_over.seats(unit, visitor.agent.brand, at.clock())
        suggested = hand_over.suggest(unit, visitor.agent, mine, at.clock())
    found = [each.agent for each in at_work if each.agent.id != visitor.agent.id and answers_customers(each.agent)]
    colleagues = sorted(found, key=lambda each: (ORDER.index(each.presence.value), each.name))
    return page(
        request, "shift_end.html", mine=mine, total=total, colleagues=colleagues, suggested=suggested, keep=KEEP
    )


ORDER = ("available", "quiet", "break", "away")


@router.post("/einde-dienst")
def end(
    request: Request,
    visitor: Signed,
    case: Annotated[list[int] | None, Form(max_length=handing.MOST)] = None,
    to: Annotated[list[int] | None, Form(max_length=handing.MOST)] = None,
    note: Annotated[list[str] | None, Form(max_length=handing.MOST)] = None,
    leave: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """All of it in one transaction: a shift is not handed over by half. What somebody else has by now, stays theirs."""
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        still = {each.id for each in handing.mine(unit, visitor.agent)[0]}
        for number, receiver, words in zip(case or [], to or [], note or [], strict=False):
            if receiver != KEEP and number in still:
                _give(unit, visitor, number, (Handing(receiver, words[:2_000]), now))
        if leave:
            present.leave(unit, visitor.agent)
    return RedirectResponse("/inbox?stream=mine", 303)
