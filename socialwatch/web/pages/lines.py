"""What an agent writes in a dossier beside answers: notes that call a colleague, tags, closing with its signs."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import answers_customers
from socialwatch.domain.beckoning import Kind, named
from socialwatch.domain.case import LineKind
from socialwatch.domain.marks import Signs
from socialwatch.errors import Refused
from socialwatch.store import agents, beckoning, cases, marks, tags
from socialwatch.store.beckoning import Call
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of

router = APIRouter()

Text = Annotated[str, Form(max_length=20_000)]
Tag = Annotated[str, Form(max_length=200)]
Sign = Annotated[Literal["ja", "nee", "open"], Form()]
SAID = {"ja": True, "nee": False, "open": None}
NOBODY = "Kies een collega die mee kan kijken."


def _back(number: int) -> Response:
    return RedirectResponse(f"/dossier/{number}", 303)


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@router.post("/dossier/{number}/notitie")
def note(request: Request, visitor: Signed, number: int, text: Text) -> Response:
    """Whoever is named with an @ is called; who was asked to look along has answered with it."""
    words = _words(text)
    if not words:
        raise Refused(dutch.NOTE_EMPTY)
    with acting(request, visitor, number, "note") as act:
        act.line(LineKind.NOTE, visitor, text=words)
        colleagues = [each for each in agents.everyone(act.unit, act.case.brand) if each.id != visitor.agent.id]
        call = Call(named(words, colleagues), Kind.NOTE, words)
        beckoning.call(act.unit, visitor.agent, (act.case, act.now), call)
        beckoning.answered(act.unit, visitor.agent, act.case.id, act.now)
    return _back(number)


@router.post("/dossier/{number}/kijk-mee")
def look_along(request: Request, visitor: Signed, number: int, to: Annotated[int, Form()], text: Text = "") -> Response:
    """A private question: only the two of them see that it was asked."""
    at = desk_of(request)
    with at.database.write() as unit:  # the audit log would tell others of it
        known, asked = cases.seen_by(unit, visitor.agent, number), agents.by_id(unit, to)
        if known is None:
            raise HTTPException(404)
        if asked is None or asked.id == visitor.agent.id or asked.brand != known.brand or not answers_customers(asked):
            raise Refused(NOBODY)
        beckoning.call(unit, visitor.agent, (known, at.clock()), Call([asked], Kind.LOOK, _words(text)))
    return _back(number)


@router.post("/dossier/{number}/tag")
def tag(request: Request, visitor: Signed, number: int, tag: Tag) -> Response:
    with acting(request, visitor, number, "tag") as act:
        tags.put(act.unit, visitor.agent, number, tag, act.now)
    return _back(number)


@router.post("/dossier/{number}/tag-weg")
def untag(request: Request, visitor: Signed, number: int, tag: Tag) -> Response:
    with acting(request, visitor, number, "untag") as act:
        tags.take_off(act.unit, visitor.agent, number, tag, act.now)
    return _back(number)


@router.post("/dossier/{number}/afronden")
def close(request: Request, visitor: Signed, number: int, gone: Sign = "open", heard: Sign = "open") -> Response:
    """Both signs may stay open; nothing of them is kept per person."""
    with acting(request, visitor, number, "close") as act:
        marks.close(act.unit, visitor.agent, number, Signs(SAID[gone], SAID[heard]), act.now)
    return _back(number)


@router.post("/dossier/{number}/heropenen")
def reopen(request: Request, visitor: Signed, number: int) -> Response:
    with acting(request, visitor, number, "reopen") as act:
        marks.reopen(act.unit, visitor.agent, number, act.now)
    return _back(number)
