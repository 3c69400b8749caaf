"""Dossier: one case, its fragments for a page that is open, and a look at it from the Inbox."""

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.reply import ReplyState
from socialwatch.store import beckoning, cases, dossier, mentions
from socialwatch.store.streams import Stream
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.freshness import ask_anew
from socialwatch.web.render import page
from socialwatch.web.returning import stream_of
from socialwatch.web.sheet import NO_DRAFT, Draft, sheet, show
from socialwatch.web.thread import key

router = APIRouter()


@router.get("/dossier/{number}")
def case(
    request: Request, visitor: Signed, number: int, stream: Stream | None = None, again: int = 0, herstel: int = 0
) -> Response:
    """`again` is a reply that did not get through or was taken back: its words stand in the reply box once more;
    `herstel` is one that did, and is mended. After a deed the queue beside it is still the one it was opened from.
    """
    home = _home(request, visitor, number)
    known = stream or stream_of(request)
    if home != number or (stream is None and known is not Stream.ALL):
        asked = dict(request.query_params) | ({} if known is Stream.ALL else {"stream": known.value})
        return RedirectResponse(f"/dossier/{home}{f'?{urlencode(asked)}' if asked else ''}", 303)
    ask_anew(request, visitor, number)
    draft = _again(request, visitor, again or herstel) if again or herstel else NO_DRAFT
    if herstel and draft is not NO_DRAFT:
        draft = replace(draft, mends=herstel)
    return show(request, visitor, number, known, draft)


def _home(request: Request, visitor: Visitor, number: int) -> int:
    """In which case this one lives on; itself when it was not merged. Who was called here by name has come by this."""
    at = desk_of(request)
    with at.database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        called = known is not None and beckoning.called(unit, visitor.agent, known.id)
    if known is None:
        raise HTTPException(404)
    if called:
        with at.database.write() as unit:
            beckoning.opened(unit, visitor.agent, known.id, at.clock())
    return known.id


def _again(request: Request, visitor: Visitor, number: int) -> Draft:
    with desk_of(request).database.read() as unit:
        told = dossier.reply_of(unit, visitor.agent, number)
        post = next(iter(mentions.by_id(unit, [told.mention_id])), None) if told else None
        old = dossier.reply_of(unit, visitor.agent, told.mends_id) if told and told.mends_id else None
    if told is None or post is None:
        return NO_DRAFT
    draft = Draft(told.text, key(post), private=told.audience == "private", by_mail=told.audience == "mail")
    return replace(draft, mends=old.id) if old is not None and old.state is ReplyState.SENT else draft


@router.get("/dossier/{number}/draad")
def thread(request: Request, visitor: Signed, number: int) -> Response:
    return _fragment(request, visitor, number, "thread.html")


@router.get("/dossier/{number}/geschiedenis")
def history(request: Request, visitor: Signed, number: int) -> Response:
    return _fragment(request, visitor, number, "history.html")


@router.get("/dossier/{number}/klant")
def customer(request: Request, visitor: Signed, number: int) -> Response:
    return _fragment(request, visitor, number, "customer.html")


@router.get("/dossier/{number}/kijk")
def look(request: Request, visitor: Signed, number: int) -> Response:
    return _fragment(request, visitor, number, "look.html")


def _fragment(request: Request, visitor: Visitor, number: int, template: str) -> Response:
    values = sheet(request, visitor, number)
    if values is None:
        raise HTTPException(404)
    return page(request, template, **values)
