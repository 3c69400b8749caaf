"""Render: the Jinja environment, and one function that every page ends in."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from socialwatch.domain.timing import Owed, tone
from socialwatch.errors import Unavailable
from socialwatch.store import alarms, leads, stuck
from socialwatch.store.alarms import Alarms
from socialwatch.store.cases import Case
from socialwatch.web import (
    channel_news,
    dossier_words,
    dutch,
    dutch_later,
    dutch_people,
    dutch_today,
    gesture_words,
    situated,
)
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.marked import looks_for
from socialwatch.web.queued import each_made
from socialwatch.web.returning import place
from socialwatch.web.screen import noting
from socialwatch.web.words import readable, sentence, snippet, web_address

HERE = Path(__file__).parent


def environment() -> Environment:
    """Templates with everything escaped; a name that was forgotten is an error, not an empty spot."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= (
        dutch.FILTERS
        | channel_news.FILTERS
        | dutch_people.FILTERS
        | gesture_words.FILTERS
        | dutch_later.FILTERS
        | dossier_words.FILTERS
        | dutch_today.FILTERS
        | {"readable": readable, "sentence": sentence, "snippet": snippet, "web_address": web_address}
    )
    made.globals |= {"dutch": dutch, "dutch_people": dutch_people, "dutch_today": dutch_today, "version": _version()}
    return made


def _version() -> str:
    """Changes with every file in static/, so that a browser never keeps an old script beside a new page."""
    return str(max(int(each.stat().st_mtime) for each in (HERE / "static").rglob("*") if each.is_file()))


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One page, or one fragment of it, for whoever is signed in."""
    desk = desk_of(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    made: Environment = request.app.state.templates
    brand = visitor.agent.brand if visitor else ""
    common = {
        "visitor": visitor,
        "now": desk.clock(),
        "brand_name": desk.brand_names.get(brand, brand),
        "path": request.url.path,
        "place": place(request),
        "mark": getattr(request.state, "mark", 0),
        "rows_of": each_made,
        "stuck_count": lambda: _stuck_count(desk, visitor),
        "asked_count": lambda: _asked_count(desk, visitor),
        "alarms": lambda: _alarms(desk, visitor),
        "looks_for_me": lambda: looks_for(desk, visitor),
        "situation_cards": lambda stream: situated.in_inbox(desk, visitor, stream) if visitor else [],
        "situation_of": lambda number: situated.told(desk, visitor, number) if visitor else None,
        "clock_of": lambda case: tone(desk.timing, owed(case), desk.clock()),
    }
    told = made.get_template(template).render(common | values)
    return HTMLResponse(told, status, background=noting(request))


def _alarms(desk: Desk, visitor: Visitor | None) -> Alarms | None:
    """The cases that nobody takes, for the red line on every page; None when there are none."""
    if visitor is None:
        return None
    try:
        with desk.database.read() as unit:
            return alarms.standing(unit, visitor.agent)
    except Unavailable:  # this may be the very page that says so
        return None


def _stuck_count(desk: Desk, visitor: Visitor | None) -> int:
    """How many dead letters the menu shows whoever is in charge; asked only by a whole page."""
    if visitor is None or not visitor.leads:
        return 0
    try:
        with desk.database.read() as unit:
            return stuck.count(unit, visitor.agent)
    except Unavailable:  # this may be the very page that says so
        return 0


def _asked_count(desk: Desk, visitor: Visitor | None) -> int:
    """How many questions the menu shows to whoever may answer them; asked only by a whole page."""
    if visitor is None:
        return 0
    try:
        with desk.database.read() as unit:
            return leads.waiting(unit, visitor.agent, desk.clock())
    except Unavailable:
        return 0


def owed(case: Case) -> Owed:
    """What the clock of a case needs to know."""
    return Owed(case.brand, case.channel, case.level, case.needs_human, case.due_since)
