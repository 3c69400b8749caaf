"""Samenvoegen and splitsen: two dossiers become one, or one becomes two; and the way back."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.merging import NO_POSTS
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import candidates, cases, desk, merging
from socialwatch.store.merging import Pair, Parting
from socialwatch.web import dutch
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()

MOST = 200  # posts that a form may name
NOT_CHOSEN = "Kies het dossier waarmee je dit samenvoegt."


def _may(visitor: Visitor) -> None:
    if not visitor.answers:
        raise OutsideMandate(dutch.READ_ONLY)


@router.get("/dossier/{number}/samenvoegen")
@router.get("/dossier/{number}/samenvoegen/zoek")  # somebody reloads what was found
def choose(request: Request, visitor: Signed, number: int) -> Response:
    """With which dossier: one of the same person."""
    return _choose(request, visitor, number)


@router.post("/dossier/{number}/samenvoegen/zoek")
def seek(request: Request, visitor: Signed, number: int, words: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Or one found by words, which travel in the form and not in the address: they may name somebody."""
    return _choose(request, visitor, number, words.strip())


def _choose(request: Request, visitor: Visitor, number: int, words: str = "") -> Response:
    _may(visitor)
    with desk_of(request).database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        same = candidates.of_same_person(unit, visitor.agent, known)
        found = candidates.search(unit, visitor.agent, known, words) if words else []
        names, colleagues = desk.owners(unit, visitor.agent), desk.colleagues(unit, visitor.agent)
    values: dict[str, Any] = {"same": same, "found": found, "names": names, "colleagues": colleagues}
    return page(request, "merge.html", case=known, words=words, **values)


@router.post("/dossier/{number}/samenvoegen")
def merge(
    request: Request,
    visitor: Signed,
    number: int,
    other: Annotated[int | None, Form()] = None,
    owner: Annotated[int, Form()] = 0,
) -> Response:
    """`owner` 0: that of the older dossier."""
    if other is None:
        raise Refused(NOT_CHOSEN)
    with acting(request, visitor, number, "merge") as act:
        keep = merging.merge(act.unit, visitor.agent, Pair(number, other, owner or None), act.now)
        if keep is None:
            raise HTTPException(404)
    return RedirectResponse(f"/dossier/{keep}", 303)


@router.get("/dossier/{number}/splitsen")
def posts(request: Request, visitor: Signed, number: int) -> Response:
    """Which posts get a dossier of their own."""
    _may(visitor)
    with desk_of(request).database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        theirs = [each for each in cases.mentions(unit, [known.id])[known.id] if not each.mention.own]
        colleagues = desk.colleagues(unit, visitor.agent)
    return page(request, "split.html", case=known, posts=theirs, colleagues=colleagues)


@router.post("/dossier/{number}/splitsen")
def split(
    request: Request,
    visitor: Signed,
    number: int,
    post: Annotated[Sequence[int], Form(max_length=MOST)] = (),
    owner: Annotated[int, Form()] = 0,
) -> Response:
    """`owner` 0: nobody's yet."""
    if not post:
        raise Refused(NO_POSTS)
    with acting(request, visitor, number, "split") as act:
        new = merging.split(act.unit, visitor.agent, Parting(number, post, owner or None), act.now)
    return RedirectResponse(f"/dossier/{new}", 303)


@router.post("/dossier/{number}/terugdraaien")
def undo(request: Request, visitor: Signed, number: int) -> Response:
    with acting(request, visitor, number, "unmerge") as act:
        merging.undo(act.unit, visitor.agent, number, act.now)
    return RedirectResponse(f"/dossier/{number}", 303)
