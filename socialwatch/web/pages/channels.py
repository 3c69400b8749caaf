"""Kanalen, under Beheer: how each source is doing, and what it cost per day."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.store import desk, health
from socialwatch.store.health import Seen
from socialwatch.web.auth import InCharge
from socialwatch.web.channel_news import gravest_first
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()


@router.get("/beheer")
def home(visitor: InCharge) -> Response:
    return RedirectResponse("/beheer/kanalen", 303)


@router.get("/beheer/kanalen")
def channels(request: Request, visitor: InCharge) -> Response:
    return _show(request, visitor, "channels.html")


@router.get("/beheer/kanalen/lijst")
def rows(request: Request, visitor: InCharge) -> Response:
    """The list alone, for a page that heard that a source changed."""
    return _show(request, visitor, "channels_list.html")


def _show(request: Request, visitor: InCharge, template: str) -> Response:
    at = desk_of(request)
    now, brand = at.clock(), visitor.agent.brand
    with at.database.read() as unit:
        found = gravest_first(health.seen(unit, now, at.vitals.sources, brand))
        days = health.ledger(unit, [each.source.name for each in found], now)
        waiting = desk.unplaced(unit, visitor.agent)
    return page(request, template, found=found, waiting=waiting, **_costs(found, days))


def _costs(found: list[Seen], days: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    """The ledger as a table: a column for every source that cost something or has a budget."""
    paid = [
        each.source
        for each in sorted(found, key=lambda each: each.source.name)
        if each.source.budget is not None or any(each.source.name in spent for _, spent in days)
    ]
    table = [(day, [spent.get(each.name, 0) for each in paid], sum(spent.values())) for day, spent in days]
    return {"paid": paid, "days": table, "total": sum(whole for _, _, whole in table)}
