"""Klantverhalen: begun from a thank-you, told by a colleague, read by everybody of the brand."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import agents, cases, stories, thanks
from socialwatch.store.stories import Story
from socialwatch.store.unit import Unit
from socialwatch.web import telling
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()

Title = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=20_000)]


@router.get("/klantverhalen")
def all_stories(request: Request, visitor: Signed) -> Response:
    with desk_of(request).database.read() as unit:
        found = stories.latest(unit, visitor.agent)
    return page(request, "stories.html", stories=found)


@router.get("/klantverhalen/{number}")
def one(request: Request, visitor: Signed, number: int) -> Response:
    return _show(request, visitor, number)


@router.get("/klantverhalen/{number}/schrijven")
def write(request: Request, visitor: Signed, number: int) -> Response:
    return _show(request, visitor, number, writing=True)


def _show(request: Request, visitor: Visitor, number: int, *, writing: bool = False, **kept: str) -> Response:
    with desk_of(request).database.read() as unit:
        found = _one(unit, visitor, number)
        posts = stories.posts(unit, visitor.agent, found)
    mine = visitor.answers and stories.may_edit(visitor.agent, found)
    if writing and not mine:
        raise OutsideMandate(telling.NOT_YOURS)
    values = {"title": found.title, "text": found.text, "problem": ""} | kept
    status = 422 if kept else 200
    template = "story_form.html" if writing else "story.html"
    return page(request, template, status=status, story=found, posts=posts, mine=mine, **values)


def _one(unit: Unit, visitor: Visitor, number: int) -> Story:
    found = stories.one(unit, visitor.agent, number)
    if found is None:
        raise HTTPException(404)
    return found


@router.post("/bedankjes/{number}/verhaal")
def begin(request: Request, visitor: Signed, number: int) -> Response:
    """A story from a thank-you, with the facts filled in; when there is one already, that one."""
    at, who = desk_of(request), visitor.agent
    now = at.clock()
    with at.database.write() as unit:
        card = thanks.card(unit, who, number)
        if card is None:
            raise HTTPException(404)
        if card.case is None:
            raise Refused(telling.NO_CASE)
        posts = [each for each in cases.mentions(unit, [card.case.id])[card.case.id] if stories.public(each.mention)]
        made = stories.begin(unit, who, card.case.id, telling.draft(card, posts), now)
        found = _one(unit, visitor, made)
        agents.note(unit, who, "story", f"story:{made}", now)
    return RedirectResponse(f"/klantverhalen/{made}{'/schrijven' if stories.may_edit(who, found) else ''}", 303)


@router.post("/klantverhalen/{number}")
def rewrite(request: Request, visitor: Signed, number: int, title: Title = "", text: Text = "") -> Response:
    at = desk_of(request)
    named, told = " ".join(title.split()), text.replace("\r\n", "\n").strip()
    if not named or not told:
        return _show(request, visitor, number, writing=True, title=named, text=told, problem=telling.EMPTY)
    with at.database.write() as unit:
        stories.rewrite(unit, _mine(unit, visitor, number), named, told)
        agents.note(unit, visitor.agent, "story_rewrite", f"story:{number}", at.clock())
    return RedirectResponse(f"/klantverhalen/{number}", 303)


@router.post("/klantverhalen/{number}/weg")
def remove(request: Request, visitor: Signed, number: int) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        stories.remove(unit, _mine(unit, visitor, number))
        agents.note(unit, visitor.agent, "story_remove", f"story:{number}", at.clock())
    return RedirectResponse("/klantverhalen", 303)


def _mine(unit: Unit, visitor: Visitor, number: int) -> Story:
    found = _one(unit, visitor, number)
    if not stories.may_edit(visitor.agent, found):
        raise OutsideMandate(telling.NOT_YOURS)
    return found
