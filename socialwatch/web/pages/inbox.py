"""Inbox: the ranked queue, its streams, and what was put aside."""

from dataclasses import replace
from typing import Any, cast

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.store import agents, desk, events
from socialwatch.store.desk import Queue, Stream
from socialwatch.store.unit import Unit
from socialwatch.web import channel_news
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.channel_news import News
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page
from socialwatch.web.shared import Shared
from socialwatch.web.sheet import sheet

router = APIRouter()


@router.get("/")
def home(visitor: Signed) -> Response:
    return RedirectResponse("/vandaag" if visitor.answers else "/reputatie", 303)


@router.get("/inbox")
def inbox(request: Request, visitor: Signed, stream: Stream = Stream.ALL) -> Response:
    """The queue; beside it, on a wide screen, a look at the case on top."""
    values = _whole(request, visitor, stream)
    rows = values["queue"].rows
    if rows:
        values |= sheet(request, visitor, rows[0].case.id) or {}
    return page(request, "inbox.html", **values)


@router.get("/inbox/rijen")
def rows(request: Request, visitor: Signed, stream: Stream = Stream.ALL, current: int = 0) -> Response:
    """The queue alone, for a page that heard that something changed."""
    alike = stream in desk.ALIKE
    values = _alike(request, visitor, stream, current) if alike else _whole(request, visitor, stream)
    return page(request, "queue.html", **(values | {"current": current}))


def _whole(request: Request, visitor: Visitor, stream: Stream) -> dict[str, Any]:
    with desk_of(request).database.read() as unit:
        found, told = _asked(request, unit, visitor, stream)
        aside = desk.aside(unit, visitor.agent) if stream is Stream.ASIDE else []
    return {"queue": found, "told": told, "aside": aside, "stream": stream.value, "current": 0}


def _alike(request: Request, visitor: Visitor, stream: Stream, current: int) -> dict[str, Any]:
    """What all of a brand see alike is asked and made once for all who come at one event; the counts are one's own."""
    who, shared = visitor.agent, cast(Shared, request.app.state.shared)
    key = (who.brand, who.role, stream)
    with desk_of(request).database.read() as unit:
        mark = events.mark(unit)
        found, told = shared.ask(key, mark, lambda: _asked(request, unit, visitor, stream))
        found = replace(found, counts=desk.counts(unit, who))
    once = lambda caller: shared.ask((*key, current), mark, caller)  # noqa: E731 - the template calls it
    return {"queue": found, "told": told, "aside": [], "stream": stream.value, "once": once}


def _asked(request: Request, unit: Unit, visitor: Visitor, stream: Stream) -> tuple[Queue, list[News]]:
    found = desk.inbox(unit, visitor.agent, stream)
    return found, channel_news.told(unit, desk_of(request), visitor.agent.brand, found.unplaced)


@router.post("/opzij/{number}/terug")
def fetch_back(request: Request, visitor: Signed, number: int) -> Response:
    """What was dismissed gets its place in the queue after all."""
    at = desk_of(request)
    with at.database.write() as unit:
        if not desk.fetch_back(unit, visitor.agent, number):
            raise HTTPException(404)
        agents.note(unit, visitor.agent, "fetch_back", f"mention:{number}", at.clock())
    return RedirectResponse("/inbox?stream=aside", 303)
