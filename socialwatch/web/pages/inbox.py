"""Inbox: the ranked queue, its streams, and what was put aside."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.store import agents, desk
from socialwatch.store.desk import Stream
from socialwatch.web import channel_news
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page
from socialwatch.web.sheet import sheet

router = APIRouter()


@router.get("/")
def home(visitor: Signed) -> Response:
    return RedirectResponse("/vandaag" if visitor.answers else "/reputatie", 303)


@router.get("/inbox")
def inbox(request: Request, visitor: Signed, stream: Stream = Stream.ALL) -> Response:
    """The queue; beside it, on a wide screen, a look at the case on top."""
    values = _queue(request, visitor, stream)
    rows = values["queue"].rows
    if rows:
        values |= sheet(request, visitor, rows[0].case.id) or {}
    return page(request, "inbox.html", **values)


@router.get("/inbox/rijen")
def rows(request: Request, visitor: Signed, stream: Stream = Stream.ALL, current: int = 0) -> Response:
    """The queue alone, for a page that heard that something changed."""
    return page(request, "queue.html", **(_queue(request, visitor, stream) | {"current": current}))


def _queue(request: Request, visitor: Visitor, stream: Stream) -> dict[str, Any]:
    with desk_of(request).database.read() as unit:
        found = desk.inbox(unit, visitor.agent, stream)
        aside = desk.aside(unit, visitor.agent) if stream is Stream.ASIDE else []
        told = channel_news.told(unit, desk_of(request), visitor.agent.brand, found.unplaced)
    return {"queue": found, "told": told, "aside": aside, "stream": stream.value, "current": 0}


@router.post("/opzij/{number}/terug")
def fetch_back(request: Request, visitor: Signed, number: int) -> Response:
    """What was dismissed gets its place in the queue after all."""
    at = desk_of(request)
    with at.database.write() as unit:
        if not desk.fetch_back(unit, visitor.agent, number):
            raise HTTPException(404)
        agents.note(unit, visitor.agent, "fetch_back", f"mention:{number}", at.clock())
    return RedirectResponse("/inbox?stream=aside", 303)
