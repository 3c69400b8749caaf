"""Team, under Beheer: what each colleague may decide, when they work, and who takes over; nothing about how they do."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import Agent, answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.errors import Refused
from socialwatch.store import agents, people
from socialwatch.store.unit import Unit
from socialwatch.web.auth import InCharge, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.entrusting import Filled, absence, entrusted, filled_in, shifts
from socialwatch.web.render import page

router = APIRouter()

Amount = Annotated[str, Form(max_length=20)]
Clock = Annotated[str, Form(max_length=8)]
Which = Annotated[list[Hazard] | None, Form(max_length=20)]
Tick = Annotated[str, Form(max_length=3)]


@router.get("/beheer/team")
def team(request: Request, visitor: InCharge) -> Response:
    at = desk_of(request)
    now, brand = at.clock(), visitor.agent.brand
    with at.database.read() as unit:
        everyone = agents.everyone(unit, brand)
        away, planned = people.absences(unit, brand, now), people.shifts(unit, brand, now)
    names = {each.id: each.name for each in everyone}
    absent: dict[int, Any] = {}
    for each in away:
        absent.setdefault(each.agent_id, each.stretch)
    next_shift: dict[int, Any] = {}
    for each in planned:
        next_shift.setdefault(each.agent_id, each.stretch)
    return page(request, "team.html", everyone=everyone, names=names, absent=absent, next_shift=next_shift)


@router.get("/beheer/team/{number}")
def colleague(request: Request, visitor: InCharge, number: int) -> Response:
    return _show(request, visitor, number)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was refused: in which form, and why; `filled` is how the first form was, so that nobody types it again."""

    form: str
    why: str
    filled: Filled | None = None


def _show(request: Request, visitor: Visitor, number: int, wrong: Wrong | None = None) -> Response:
    at = desk_of(request)
    now, brand = at.clock(), visitor.agent.brand
    with at.database.read() as unit:
        who = _one(unit, visitor, number)
        everyone = agents.everyone(unit, brand)
        roster = [each for each in people.shifts(unit, brand, now) if each.agent_id == number]
        away = [each for each in people.absences(unit, brand, now) if each.agent_id == number]
    values: dict[str, Any] = {"who": who, "roster": roster, "away": away, "wrong": wrong, "kinds": list(Kind)}
    values |= {"names": {each.id: each.name for each in everyone}, "hazards": list(Hazard)}
    values["filled"] = wrong.filled if wrong and wrong.filled else filled_in(who)
    values["deputies"] = [each for each in everyone if each.id != number and answers_customers(each)]
    return page(request, "colleague.html", status=422 if wrong else 200, **values)


def _one(unit: Unit, visitor: Visitor, number: int) -> Agent:
    who = agents.by_id(unit, number)
    if who is None or who.brand != visitor.agent.brand:
        raise HTTPException(404)
    return who


def _back(number: int) -> Response:
    return RedirectResponse(f"/beheer/team/{number}", 303)


@router.post("/beheer/team/{number}")
def entrust(
    request: Request,
    visitor: InCharge,
    number: int,
    per_case: Amount = "",
    per_day: Amount = "",
    report_above: Amount = "",
    not_hazards: Which = None,
    not_gestures: Annotated[list[Kind] | None, Form(max_length=20)] = None,
    decides_in: Annotated[list[str] | None, Form(max_length=20)] = None,
    speaks: Annotated[list[str] | None, Form(max_length=20)] = None,
    days: Annotated[list[int] | None, Form(max_length=7)] = None,
    start: Clock = "",
    till: Clock = "",
    press: Tick = "",
    advises: Which = None,
    deputy: Annotated[int, Form()] = 0,
) -> Response:
    """The whole form counts: what is not ticked is not so."""
    filled = Filled(
        per_case, per_day, report_above, not_hazards or (), not_gestures or (), decides_in or (), speaks or (),
        days or (), start, till, bool(press), advises or (), deputy,
    )  # fmt: skip
    at = desk_of(request)
    try:
        with at.database.write() as unit:
            who = entrusted(_one(unit, visitor, number), filled)
            _there(unit, visitor, who.deputy_id)
            agents.entrust(unit, who)
            agents.note(unit, visitor.agent, "entrust", f"agent:{number}", at.clock())
    except Refused as problem:
        return _show(request, visitor, number, Wrong("mandate", str(problem), filled))
    return _back(number)


def _there(unit: Unit, visitor: Visitor, deputy_id: int | None) -> None:
    """Who takes over works for the same brand."""
    if deputy_id is not None:
        _one(unit, visitor, deputy_id)


@router.post("/beheer/team/{number}/dienst")
def shift(
    request: Request,
    visitor: InCharge,
    number: int,
    on: Annotated[date, Form()],
    start: Clock = "",
    till: Clock = "",
    weeks: Annotated[int, Form(ge=1, le=26)] = 1,
) -> Response:
    at = desk_of(request)
    try:
        planned = shifts(on, start, till, weeks)
    except Refused as problem:
        return _show(request, visitor, number, Wrong("shift", str(problem)))
    with at.database.write() as unit:
        people.plan(unit, _one(unit, visitor, number), planned)
        agents.note(unit, visitor.agent, "shift", f"agent:{number}", at.clock())
    return _back(number)


@router.post("/beheer/team/{number}/afwezig")
def away(
    request: Request,
    visitor: InCharge,
    number: int,
    first: Annotated[date, Form()],
    last: Annotated[date, Form()],
    deputy: Annotated[int, Form()] = 0,
) -> Response:
    """No reason is asked: it is nobody's business."""
    at = desk_of(request)
    try:
        planned = absence(first, last, deputy or None)
    except Refused as problem:
        return _show(request, visitor, number, Wrong("absence", str(problem)))
    with at.database.write() as unit:
        _there(unit, visitor, planned.deputy_id)
        people.be_absent(unit, _one(unit, visitor, number), planned)
        agents.note(unit, visitor.agent, "absence", f"agent:{number}", at.clock())
    return _back(number)


@router.post("/beheer/team/{number}/weghalen")
def strike(
    request: Request,
    visitor: InCharge,
    number: int,
    what: Annotated[Literal["shift", "absence"], Form()],
    entry: Annotated[int, Form()],
) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        _one(unit, visitor, number)
        people.strike(unit, visitor.agent.brand, what, entry)
        agents.note(unit, visitor.agent, f"strike_{what}", f"agent:{number}", at.clock())
    return _back(number)
