"""Vandaag: what somebody comes back to, said as a person would; for who leads, how the shift stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from socialwatch.domain.agent import Agent
from socialwatch.domain.calendar import ahead
from socialwatch.domain.gesture import Gesture
from socialwatch.domain.timing import Owed, Timing, clock
from socialwatch.store import gestures, leads, situations, today
from socialwatch.store.cases import Case
from socialwatch.store.today import Due, Load
from socialwatch.store.unit import Unit
from socialwatch.web import dutch_today as words
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.dutch import AMSTERDAM
from socialwatch.web.render import page
from socialwatch.web.situated import Card, cards

router = APIRouter()

KEPT = timedelta(minutes=1)
SOON = timedelta(hours=2)  # promises of everybody that are about to break
FEWEST_AGENTS, FEWEST_CASES = 5, 30  # below this a figure would be about somebody


@dataclass(frozen=True, slots=True)
class Goal:
    """How many of today's cases were answered within the norm, as a share 0..1, and which share we want."""

    reached: float
    wanted: float


@dataclass(frozen=True, slots=True)
class Shift:
    """How the shift stands."""

    oldest: Sequence[Case]
    breaking: Sequence[Due]
    loads: Sequence[Load]
    goal: Goal | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits for a *mag dit?*, with the title of its case; own questions are for somebody else."""

    gesture: Gesture
    title: str
    own: bool


@router.get("/vandaag")
def overview(request: Request, visitor: Signed) -> Response:
    return page(request, "today.html", **_today(request, visitor))


@router.get("/vandaag/lijst")
def rows(request: Request, visitor: Signed) -> Response:
    """What is on the page alone, for a page that heard that something changed."""
    return page(request, "today_rows.html", **_today(request, visitor))


def _today(request: Request, visitor: Visitor) -> dict[str, Any]:
    at, who = desk_of(request), visitor.agent
    now = at.clock()
    midnight = _midnight(now)
    with at.database.read() as unit:
        found = today.mine(unit, who, midnight - timedelta(days=1), now, _midnight(midnight + timedelta(hours=30)))
        names = situations.names(unit, who.brand)
        asked = _asked(unit, who, now)
        standing: list[Card] = cards(unit, visitor)
        shift = _shift(unit, request, visitor, midnight) if visitor.leads else None
    theirs = sum(not each.own for each in asked)
    said = words.opening(found, now) or words.of_shift(shift.breaking if shift else (), theirs, now)
    values: dict[str, Any] = {"mine": found, "names": names, "asked": asked, "shift": shift, "said": said}
    return values | {"standing": standing, "greeting": words.greeting(who.name, now)}


def _midnight(at: datetime) -> datetime:
    """The start of that day on the clock on the wall."""
    return datetime.combine(at.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)


def _asked(unit: Unit, who: Agent, now: datetime) -> list[Asked]:
    """The questions this person may answer."""
    if not leads.may_decide(unit, who, now):
        return []
    waiting = gestures.asked(unit, who.brand)[: today.SHOWN]
    known = situations.seen(unit, who, [each.case_id for each in waiting])
    return [
        Asked(each, known[each.case_id].title, each.agent_id == who.id) for each in waiting if each.case_id in known
    ]


def _shift(unit: Unit, request: Request, visitor: Visitor, midnight: datetime) -> Shift:
    who, now = visitor.agent, desk_of(request).clock()
    loads = today.loads(unit, who, now, midnight)
    return Shift(
        today.oldest(unit, who),
        today.due(unit, who, now + SOON, own=False),
        loads,
        _kept_goal(unit, request, who, midnight) if len(loads) >= FEWEST_AGENTS else None,
    )


def _kept_goal(unit: Unit, request: Request, who: Agent, midnight: datetime) -> Goal | None:
    """The same for all who lead, and a minute old at most: it is about a whole day."""
    at = desk_of(request)
    kept: dict[str, tuple[datetime, Goal | None]] = request.app.state.goals
    found = kept.get(who.brand)
    if found is None or found[0] <= at.wall():
        found = (at.wall() + KEPT, _goal(unit, at, who, midnight))
        kept[who.brand] = found
    return found[1]


def _goal(unit: Unit, at: Desk, who: Agent, midnight: datetime) -> Goal | None:
    """The share of today's cases whose first answer came in time, among those of which that is known by now."""
    now = at.clock()
    kept = [
        answered
        for row in today.of_today(unit, who, midnight)
        if (
            answered := in_time(
                at.timing,
                Owed(who.brand, row.channel, row.level, row.needs_human, row.opened_at),
                row.first_answer_at,
                now,
            )
        )
        is not None
    ]
    return Goal(sum(kept) / len(kept), at.timing.norms.goal) if len(kept) >= FEWEST_CASES else None


def in_time(timing: Timing, owed: Owed, answered_at: datetime | None, now: datetime) -> bool | None:
    """Whether the first answer came within the norm; None while there is still time for it."""
    if owed.since is None:
        return None
    hours, span = clock(timing, owed)
    until = ahead(hours, owed.since, span)
    if answered_at is not None:
        return answered_at <= until
    return False if now > until else None
