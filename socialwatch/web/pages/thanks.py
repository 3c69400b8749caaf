"""Bedankjes: who thanked us, for which case, what we did there, one field to thank back in own words, and a like."""

import uuid
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.reply import ReplyState
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps.say import approve
from socialwatch.store import agents, dossier, mentions, replies, thanks
from socialwatch.store.unit import Unit
from socialwatch.web import dutch, thanks_words
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.held import among
from socialwatch.web.render import page
from socialwatch.web.screen import on_screen
from socialwatch.web.sheet import NO_DRAFT, Draft
from socialwatch.web.thread import key

router = APIRouter()


@router.get("/bedankjes")
def all_thanks(request: Request, visitor: Signed, bedankje: int = 0, terug: int = 0) -> Response:
    """`terug` is an answer to `bedankje` that was taken back: its words stand in the field once more."""
    with desk_of(request).database.read() as unit:
        told = dossier.reply_of(unit, visitor.agent, terug) if terug else None
    mine = told is not None and told.agent_id == visitor.agent.id and told.state is ReplyState.TAKEN_BACK
    return _show(request, visitor, "thanks.html", bedankje, Draft(told.text) if told is not None and mine else NO_DRAFT)


@router.get("/bedankjes/lijst")
def rows(request: Request, visitor: Signed) -> Response:
    """The list alone, for a page that heard of a new one."""
    return _show(request, visitor, "thanks_list.html")


def _show(request: Request, visitor: Visitor, template: str, number: int = 0, draft: Draft = NO_DRAFT) -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        found = thanks.cards(unit, visitor.agent)
        waits = among(unit, visitor, (said for each in found for said in each.answers))
    on_screen(request, [word.thanks.mention_id for each in found for word in each.words])
    found.sort(key=lambda each: (each.answered, each.head.agent_id != visitor.agent.id))
    approvals = {each.to.thanks.id: str(uuid.uuid4()) for each in found}
    status = 422 if draft.problem else 200
    values = {
        "cards": found,
        "approvals": approvals,
        "refused": number,
        "draft": draft,
        "key": key,
        "waits": waits,
        "likes": _likes(at, visitor),
    }
    return page(request, template, status=status, said=thanks_words, **values)


def _likes(at: Desk, visitor: Visitor) -> dict[str, int]:
    """What a like costs, by channel, on the channels of this brand that take one from here."""
    own = f"{visitor.agent.brand}/"
    return {key.removeprefix(own): price for key, price in at.likes.items() if key.startswith(own)}


@router.post("/bedankjes/{number}/antwoord")
def answer(
    request: Request,
    visitor: Signed,
    number: int,
    text: Annotated[str, Form(max_length=20_000)],
    approval: Annotated[str, Form(max_length=64)],
    seen: Annotated[int, Form()] = 0,
) -> Response:
    """`seen` is the answer that stood there when these words were typed, 0 for none."""
    at = desk_of(request)
    now, who = at.clock(), visitor.agent
    words = text.replace("\r\n", "\n").strip()
    try:
        with at.database.write() as unit:
            found = _one(unit, visitor, number)
            _told_first(unit, found, approval, seen)
            draft = replies.Draft(who.brand, found.case_id, found.mention_id, who.id, words, approval)
            said = approve(unit, who, replace(draft, hold=at.undo), now)
            if said.state is ReplyState.TAKEN_BACK:
                raise Refused(dutch.TAKEN_BACK)
            thanks.answered(unit, number, said.id)
            agents.note(unit, who, "thank_back", f"thanks:{number}", now)
    except (Refused, OutsideMandate) as problem:
        return _show(request, visitor, "thanks.html", number, Draft(words, problem=str(problem)))
    return RedirectResponse("/bedankjes", 303)


def _told_first(unit: Unit, found: thanks.Thanks, approval: str, seen: int) -> None:
    """Raises Refused, with who it was, when a colleague thanked them back meanwhile."""
    if found.reply_id in (None, seen):
        return
    said = replies.by_id(unit, found.reply_id or 0)
    if said.approval != approval and said.state is not ReplyState.FAILED:
        who = agents.by_id(unit, said.agent_id)
        raise Refused(thanks_words.CROSSED.format(who.name if who else "Een collega"))


@router.post("/bedankjes/{number}/like")
def like(request: Request, visitor: Signed, number: int) -> Response:
    """Ask for a like; the platform itself is asked by a job. Asked twice is asked once, and a refused one again."""
    at = desk_of(request)
    with at.database.write() as unit:
        found = _one(unit, visitor, number)
        (post,) = mentions.by_id(unit, [found.mention_id])
        if f"{found.brand}/{post.mention.channel}" not in at.likes:
            raise Refused(thanks_words.NO_LIKES)
        if found.liked_at is not None:
            raise Refused(thanks_words.ALREADY_LIKED)
        thanks.ask_like(unit, found)
        agents.note(unit, visitor.agent, "like", f"thanks:{number}", at.clock())
    return RedirectResponse(f"/bedankjes#bedankje-{found.with_id or number}", 303)


def _one(unit: Unit, visitor: Visitor, number: int) -> thanks.Thanks:
    """A thank-you of this visitor's brand, or 404."""
    found = thanks.of_brand(unit, visitor.agent.brand, number)
    if found is None:
        raise HTTPException(404)
    return found
