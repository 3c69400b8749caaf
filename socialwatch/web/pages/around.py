"""Who else is in a dossier: pages say that they are there, ask who is, and begin with an answer."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from socialwatch.store import around as telling
from socialwatch.store import cases, desk, takeovers
from socialwatch.store.takeovers import TakeOver
from socialwatch.web.acting import acting
from socialwatch.web.around import Around, Beat, sentence
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.live import Live

router = APIRouter()

Words = Annotated[str, Form(max_length=2_000)]


@router.post("/dossier/{number}/hier")
def here(
    request: Request,
    visitor: Signed,
    number: int,
    typing: Annotated[str, Form(max_length=3)] = "",
    left: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """This page is open, or was: what it says stays in memory. Answers who else is there."""
    beat = Beat(visitor.agent.brand, number, visitor.agent.id, bool(typing), bool(left))
    live: Live = request.app.state.live
    with desk_of(request).database.read() as unit:
        if cases.seen_by(unit, visitor.agent, number) is None:
            raise HTTPException(404)
        names = desk.owners(unit, visitor.agent)
        telling.tell(unit, live.around.written(beat))
    live.heard(beat)
    seen = live.around.at(visitor.agent.brand, number, visitor.agent.id)
    return JSONResponse({"who": sentence(seen, names)})


@router.get("/wie-kijkt")
def everywhere(request: Request, visitor: Signed) -> Response:
    """Who has which dossier open, by its number, for the rows of a list."""
    around: Around = request.app.state.live.around
    found = around.everywhere(visitor.agent.brand, visitor.agent.id)
    if not found:
        return JSONResponse({})
    with desk_of(request).database.read() as unit:
        names = desk.owners(unit, visitor.agent)
    return JSONResponse({str(number): sentence(seen, names) for number, seen in found.items()})


@router.post("/dossier/{number}/begin")
def begin(request: Request, visitor: Signed, number: int) -> Response:
    """Who starts an answer where there is no owner, is the owner. Answers whose it is."""
    with acting(request, visitor, number, "begin") as act:
        act.unit.alone(number)  # two who begin at once must not both become the owner
        known = cases.seen_by(act.unit, visitor.agent, number) or act.case
        if known.owner_id is None:
            cases.assign(act.unit, number, visitor.agent.id, act.now, {"by": visitor.agent.id})
        names = desk.owners(act.unit, visitor.agent)
    return JSONResponse(_whose(visitor, known.owner_id, names))


def _whose(visitor: Visitor, owner: int | None, names: Mapping[int, str]) -> dict[str, Any]:
    mine = owner in (None, visitor.agent.id)
    return {"mine": mine, "owner": "" if mine else names.get(owner or 0, "")}


@router.post("/dossier/{number}/neem-over")
def take_over(request: Request, visitor: Signed, number: int, note: Words = "") -> Response:
    """From a colleague, with a word along; who had it reads that in their own list."""
    words = note.replace("\r\n", "\n").strip()
    with acting(request, visitor, number, "take_over") as act:
        told = f"Dit dossier ligt nu bij {visitor.agent.name}" + (f": {words}" if words else ".")
        takeovers.take_over(act.unit, act.case, TakeOver(visitor.agent, act.now, words, told))
    return RedirectResponse(f"/dossier/{number}", 303)
