"""Reputatie: how the brand stands, one sentence, five charts, each with its table and a way down to the posts."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from socialwatch.store import closings, figures, stories, surveys
from socialwatch.web import dutch
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.periods import CHOICES, Cut, Slot, Table, before, cut, grew, tables, totals
from socialwatch.web.render import page

router = APIRouter()

KEPT = timedelta(seconds=10)
STORIES = 3


@router.get("/reputatie")
def reputation(request: Request, visitor: Signed, days: int = CHOICES[0]) -> Response:
    values = _figures(request, visitor, days)
    at = desk_of(request)
    with at.database.read() as unit:
        told = stories.latest(unit, visitor.agent, STORIES)
        asked = surveys.results(unit, visitor.agent, at.clock())
        closed = closings.closings(unit, visitor.agent, at.clock() - timedelta(days=values["days"]))
    values = values | {"stories": told, "asked": asked, "closed": closed}
    return page(request, "reputation.html", **values, slot_name=_slot_name, choices=CHOICES)


@router.get("/reputatie/cijfers")
def numbers(request: Request, visitor: Signed, days: int = CHOICES[0]) -> Response:
    """The same figures for the charts."""
    values, now = _figures(request, visitor, days), desk_of(request).clock()
    return JSONResponse([_chart(each, values["cut"], now) for each in values["tables"]])


def _figures(request: Request, visitor: Visitor, days: int) -> dict[str, Any]:
    """The figures of a brand, the same for all who may see it; kept a moment, because page and charts both ask."""
    days = days if days in CHOICES else CHOICES[0]
    wall = desk_of(request).wall()
    kept: dict[tuple[str, int], tuple[datetime, dict[str, Any]]] = request.app.state.figures
    found = kept.get((visitor.agent.brand, days))
    if found is None or found[0] <= wall:
        found = (wall + KEPT, _counted(desk_of(request), visitor, days))
        kept[visitor.agent.brand, days] = found
    return found[1]


def _counted(at: Desk, visitor: Visitor, days: int) -> dict[str, Any]:
    now = at.clock()
    with at.database.read() as unit:
        made = cut(days, figures.first_post(unit, visitor.agent), now)
        found = figures.figures(unit, visitor.agent, made.period)
        earlier = figures.figures(unit, visitor.agent, before(made))
    here, then = totals(found), totals(earlier)
    worst = dutch.HAZARDS.get(here["worst"], here["worst"]) if here["worst"] else None
    more = grew(found, earlier)
    channel = dutch.CHANNELS.get(more, more) if more else None
    sentence = dutch.standing((here["posts"], then["posts"]), (here["furious"], then["furious"]), worst, channel)
    return {
        "cut": made,
        "days": days,
        "tables": tables(found, made),
        "totals": here,
        "then": then,
        "sentence": sentence,
    }


def _slot_name(slot: Slot, made: Cut, now: datetime) -> str:
    start = dutch.local(slot.start)
    return f"{start:%H:%M}" if made.hourly else dutch.on_day(start.date(), now)


def _chart(table: Table, made: Cut, now: datetime) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "slots": [_slot_name(slot, made, now) for slot, _ in table.rows],
        "links": [f"/reputatie/berichten?start={_query(slot.start)}&end={_query(slot.end)}" for slot, _ in table.rows],
        "series": [
            {"key": name, "name": dutch.series(table.kind, name), "values": [values[i] for _, values in table.rows]}
            for i, name in enumerate(table.series)
        ],
    }


def _query(at: datetime) -> str:
    return f"{at.timestamp():.0f}"
