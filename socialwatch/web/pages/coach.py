"""The Meelezer at the desk: reads a draft, says one thing or nothing, and keeps neither."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from socialwatch.domain.coach import Draft, Remark
from socialwatch.domain.voice import PLAIN, mark, signed
from socialwatch.store import dossier, own
from socialwatch.web import scene
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of
from socialwatch.web.sheet import target

router = APIRouter()


@router.post("/dossier/{number}/meelezer")
def read_along(
    request: Request,
    visitor: Signed,
    number: int,
    text: Annotated[str, Form(max_length=20_000)] = "",
    mention: Annotated[str, Form(max_length=300)] = "",
    private: Annotated[str, Form(max_length=3)] = "",
    by_mail: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """The one remark about this draft, as JSON; 204 when there is none. Nothing is written, here or in a log."""
    at = desk_of(request)
    now = at.clock()
    with at.database.read() as unit:
        found = dossier.dossier(unit, visitor.agent, number, now)
        if found is None:
            raise HTTPException(404)
        seen = scene.seen(request, unit, found, now)
        mine = own.of(unit, visitor.agent)
    post = target(found, mention)
    if post is None or not text.strip():
        return Response(status_code=204)
    audience = "private" if private or by_mail or post.mention.audience != "public" else "public"
    ending = mark(at.voices.get(found.case.brand, PLAIN), visitor.agent.name, mine.sign_off)
    words = signed(text.replace("\r\n", "\n"), ending) if audience == "public" else text.replace("\r\n", "\n")
    draft = Draft(words, "mail" if by_mail else post.mention.channel, audience, post.mention.can_reply)
    said = scene.remark(draft, seen, mine.silenced)
    return JSONResponse(_told(said, text.replace("\r\n", "\n"))) if said else Response(status_code=204)


def _told(said: Remark, text: str) -> dict[str, Any]:
    stretch = text[said.start : said.end]
    return {
        "check": said.check.value,
        "says": said.says,
        "toward": said.toward,
        "why": said.why,
        "stretch": stretch,
        "before": len(text[: said.start].encode("utf-16-le")) // 2,
        "blocks": said.blocks,
        "offers": said.offers,
    }
