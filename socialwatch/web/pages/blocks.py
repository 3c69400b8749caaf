"""Voor jou: one's own settings at the desk: what the Meelezer looks at, the sign-off, and building blocks."""

import re
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.coach import Check
from socialwatch.domain.voice import PLAIN, Voice, mark
from socialwatch.errors import Refused
from socialwatch.store import blocks, own
from socialwatch.store.blocks import Block
from socialwatch.web import dutch_reply
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()
PLACE = "/ik"
EMPTY = Block(0, "", "")
_NAME = re.compile(r"[\w-]{1,30}")
_SIGN = re.compile(r"\^[\w-]{1,38}")


@router.get(PLACE)
def mine(request: Request, visitor: Signed, saved: int = 0) -> Response:
    return _show(request, visitor, saved=saved)


def _show(request: Request, visitor: Visitor, *, saved: int = 0, problem: str = "", kept: Block = EMPTY) -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        found, chosen = blocks.of(unit, visitor.agent), own.of(unit, visitor.agent)
    voice = at.voices.get(visitor.agent.brand, PLAIN)
    values = {"blocks": found, "mine": chosen, "checks": dutch_reply.CHECKS, "signs": voice.signs, "kept": kept}
    values |= {"usual": mark(Voice(signs=True), visitor.agent.name, None), "saved": saved, "problem": problem}
    return page(request, "ik.html", status=422 if problem else 200, **values)


@router.post(PLACE)
def choose(
    request: Request,
    visitor: Signed,
    sign_off: Annotated[str, Form(max_length=40)] = "",
    heard: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """What the Meelezer may speak of, and how answers are signed."""
    wanted = sign_off.strip()
    if wanted and not _SIGN.fullmatch(wanted):
        return _show(request, visitor, problem=dutch_reply.SIGN_WRONG)
    silenced = [each for each in Check if each.value not in (heard or ())]
    with desk_of(request).database.write() as unit:
        own.choose(unit, visitor.agent, wanted or None, silenced)
    return _saved()


@router.post(PLACE + "/bouwsteen")
def keep(
    request: Request,
    visitor: Signed,
    name: Annotated[str, Form(max_length=60)],
    text: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """A new piece, or other words for one that is there."""
    plain, words = name.strip().lstrip(";").lower(), text.replace("\r\n", "\n").strip()
    try:
        if not _NAME.fullmatch(plain):
            raise Refused(dutch_reply.BLOCK_NAME)
        if not words:
            raise Refused(dutch_reply.BLOCK_EMPTY)
        with desk_of(request).database.write() as unit:
            if not blocks.keep(unit, visitor.agent, plain, words):
                raise Refused(dutch_reply.BLOCKS_FULL)
    except Refused as problem:
        return _show(request, visitor, problem=str(problem), kept=Block(0, plain, words))
    return _saved()


@router.post(PLACE + "/bouwsteen/{number}/weg")
def drop(request: Request, visitor: Signed, number: int) -> Response:
    with desk_of(request).database.write() as unit:
        if not blocks.drop(unit, visitor.agent, number):
            raise HTTPException(404)
    return _saved()


def _saved() -> Response:
    return RedirectResponse(f"{PLACE}?saved=1", 303)
