"""What agents ask their lead (*mag dit?*), answered with one thumb; and which rules were set aside, under Beheer."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.gesture import Gesture
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps import give
from socialwatch.store import agents, aside, cases, desk, gestures, leads
from socialwatch.store.unit import Unit
from socialwatch.web import gesture_words as words
from socialwatch.web.auth import InCharge, Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page
from socialwatch.web.returning import came_from
from socialwatch.web.sheet import sheet

router = APIRouter()

REPORTED_FOR = timedelta(days=7)
COUNTED_FOR = timedelta(days=90)


@router.get("/mag-dit")
def asked(request: Request, visitor: Signed) -> Response:
    """What waits for a word, and what was done and is reported."""
    at = desk_of(request)
    with at.database.read() as unit:
        _check(unit, visitor, request)
        waiting = gestures.asked(unit, visitor.agent.brand)
        reported = gestures.reported(unit, visitor.agent.brand, at.clock() - REPORTED_FOR)
        titles = cases.by_ids(unit, [each.case_id for each in (*waiting, *reported)])
        names = desk.owners(unit, visitor.agent)
    return page(request, "asked.html", waiting=waiting, reported=reported, titles=titles, names=names)


@router.get("/mag-dit/{number}")
def ask(request: Request, visitor: Signed, number: int) -> Response:
    """One question with the whole case below it."""
    at = desk_of(request)
    with at.database.read() as unit:
        _check(unit, visitor, request)
        known = _known(unit, visitor, number)
    values = sheet(request, visitor, known.case_id)
    if values is None:
        raise HTTPException(404)
    return page(request, "ask.html", question=known, own=known.agent_id == visitor.agent.id, **values)


@router.post("/mag-dit/{number}")
def answer(
    request: Request,
    visitor: Signed,
    number: int,
    verdict: Annotated[Literal["yes", "no"], Form()],
    why: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        _check(unit, visitor, request)
        known = _known(unit, visitor, number)
        if known.agent_id == visitor.agent.id:
            raise Refused(words.NOT_YOUR_OWN)
        reason = None if verdict == "yes" else " ".join(why.split())
        give.answer(unit, visitor.agent, number, reason, at.clock())
        agents.note(unit, visitor.agent, f"ask_{verdict}", f"gesture:{number}", at.clock())
    seen = came_from(request)
    return RedirectResponse(seen if seen.startswith("/vandaag") else "/mag-dit", 303)


def _check(unit: Unit, visitor: Visitor, request: Request) -> None:
    if not leads.may_decide(unit, visitor.agent, desk_of(request).clock()):
        raise OutsideMandate(words.NOT_YOURS)


def _known(unit: Unit, visitor: Visitor, number: int) -> Gesture:
    known = gestures.of_brand(unit, visitor.agent.brand, number)
    if known is None:
        raise HTTPException(404)
    return known


@router.get("/beheer/regels")
def rules(request: Request, visitor: InCharge) -> Response:
    """Which rules are set aside most, and why: a rule that is set aside often is a rule to change."""
    at = desk_of(request)
    with at.database.read() as unit:
        found = aside.rules(unit, visitor.agent.brand, at.clock() - COUNTED_FOR)
    return page(request, "rules.html", rules=found)
