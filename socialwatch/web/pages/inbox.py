"""Inbox: the ranked queue, its streams and filters, what was put aside, and what is searched for."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.sought import sought
from socialwatch.errors import Refused
from socialwatch.store import agents, chances, desk, filters, search
from socialwatch.store.desk import Queue
from socialwatch.store.streams import MOST, SHOWN, Stream, View
from socialwatch.store.unit import Unit
from socialwatch.web import viewing
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.queued import known, queued
from socialwatch.web.render import page
from socialwatch.web.sheet import sheet

router = APIRouter()

UNNAMED = "Geef je filter een naam."
NAME_TAKEN = "Zo heet er al een filter van jou. Kies een andere naam."
TOO_MANY = "Je bewaart al dertig filters. Gooi er eerst een weg."


@router.get("/")
def home(visitor: Signed) -> Response:
    return RedirectResponse("/vandaag" if visitor.answers else "/reputatie", 303)


@router.get("/inbox")
def inbox(request: Request, visitor: Signed) -> Response:
    """The queue; beside it, on a wide screen, a look at the case on top."""
    values = _queue(request, visitor, viewing.view(request.query_params))
    return page(request, "inbox.html", **_with_top(request, visitor, values))


def _with_top(request: Request, visitor: Visitor, values: dict[str, Any]) -> dict[str, Any]:
    rows = values["queue"].rows
    return values | (sheet(request, visitor, rows[0].case.id) or {}) if rows else values


@router.get("/inbox/rijen")
def rows(request: Request, visitor: Signed, current: int = 0) -> Response:
    """The queue alone, for a page that heard that something changed."""
    seen = viewing.view(request.query_params)
    values = _queue(request, visitor, seen, current or None) | {"current": current}
    if current:  # beside an open dossier there is nothing to choose
        values.pop("choosing")
    return page(request, "queue.html", **values)


@router.get("/inbox/meer")
def more(request: Request, visitor: Signed) -> Response:
    """The rows that follow, and the way to the next ones."""
    seen, at = viewing.view(request.query_params), desk_of(request)
    with at.database.read() as unit:
        found, further = desk.look(unit, visitor.agent, seen, viewing.filtering(seen, at.clock()))
        values = viewing.head(unit, visitor, seen)
    return page(request, "rows.html", rows=found, more=further, **values)


def _queue(request: Request, visitor: Visitor, seen: View, beside: int | None = None) -> dict[str, Any]:
    with desk_of(request).database.read() as unit:
        found = queued(request, unit, visitor, seen, beside)
        return viewing.head(unit, visitor, seen, known(request, unit, visitor)) | _posts(unit, visitor, seen) | found


def _posts(unit: Unit, visitor: Visitor, seen: View) -> dict[str, Any]:
    """The streams that hold posts, and whether there are more of them."""
    bright = chances.found(unit, visitor.agent, seen.limit + 1) if seen.stream is Stream.CHANCES else []
    aside = desk.aside(unit, visitor.agent, seen.limit + 1) if seen.stream is Stream.ASIDE else []
    further = len(bright) + len(aside) > seen.limit and seen.limit < MOST
    return {"aside": aside[: seen.limit], "chances": bright[: seen.limit], "further": further}


@router.post("/inbox/zoek")
def seek(request: Request, visitor: Signed, words: Annotated[str, Form(max_length=400)] = "") -> Response:
    """What was typed travels in the form and not in the address, because it may name somebody."""
    at, terms = desk_of(request), sought(words)
    with at.database.read() as unit:
        found = search.find(unit, visitor.agent, terms, at.clock())
        listed = desk.entries(unit, visitor.agent, found.cases)
        queue = Queue(listed, desk.counts(unit, visitor.agent), desk.unplaced(unit, visitor.agent), None)
        values = viewing.head(unit, visitor, View()) | {"queue": queue, "aside": [], "chances": [], "told": []}
    values |= {"sought": words.strip(), "loose": found.loose, "any_words": bool(terms.terms), "most": SHOWN}
    if request.headers.get("hx-request"):
        return page(request, "queue.html", **values)
    return page(request, "inbox.html", **_with_top(request, visitor, values))


@router.get("/inbox/zoek")
def sought_before(_: Signed) -> Response:
    """Somebody reloads the answer to a search: what they typed is not in the address."""
    return RedirectResponse("/inbox", 303)


@router.post("/inbox/filters")
def keep(
    request: Request,
    visitor: Signed,
    name: Annotated[str, Form(max_length=200)] = "",
    address: Annotated[str, Form(max_length=600)] = "",
) -> Response:
    """The view with this address, under a name."""
    name, seen = _name(name), viewing.view(dict(parse_qsl(address)))
    query = {"stream": seen.stream.value} | seen.wanted.values()
    with desk_of(request).database.write() as unit:
        if not filters.keep(unit, visitor.agent, name, query):
            raise Refused(TOO_MANY)
    return RedirectResponse(f"/inbox?{viewing.address(seen)}", 303)


def _name(written: str) -> str:
    name = " ".join(written.replace("\x00", "").split())[: filters.LONGEST]
    if not name:
        raise Refused(UNNAMED)
    return name


@router.post("/inbox/filters/{number}/naam")
def rename(request: Request, visitor: Signed, number: int, name: Annotated[str, Form(max_length=200)]) -> Response:
    with desk_of(request).database.write() as unit:
        if not filters.rename(unit, visitor.agent, number, _name(name)):
            raise Refused(NAME_TAKEN)
    return RedirectResponse("/inbox", 303)


@router.post("/inbox/filters/{number}/weg")
def drop(request: Request, visitor: Signed, number: int) -> Response:
    with desk_of(request).database.write() as unit:
        filters.drop(unit, visitor.agent, number)
    return RedirectResponse("/inbox", 303)


@router.post("/opzij/{number}/terug")
def fetch_back(request: Request, visitor: Signed, number: int) -> Response:
    """What was dismissed gets its place in the queue after all."""
    at = desk_of(request)
    with at.database.write() as unit:
        if not desk.fetch_back(unit, visitor.agent, number):
            raise HTTPException(404)
        agents.note(unit, visitor.agent, "fetch_back", f"mention:{number}", at.clock())
    return RedirectResponse("/inbox?stream=aside", 303)
