"""Bedankjes: who thanked us, for which case, what we did there, and one field to thank back in own words."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps.say import approve
from socialwatch.store import agents, desk, replies
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page
from socialwatch.web.screen import on_screen
from socialwatch.web.sheet import NO_DRAFT, Draft
from socialwatch.web.thread import key

router = APIRouter()


@router.get("/bedankjes")
def thanks(request: Request, visitor: Signed) -> Response:
    return _show(request, visitor, "thanks.html")


@router.get("/bedankjes/lijst")
def rows(request: Request, visitor: Signed) -> Response:
    """The list alone, for a page that heard of a new one."""
    return _show(request, visitor, "thanks_list.html")


def _show(request: Request, visitor: Visitor, template: str, number: int = 0, draft: Draft = NO_DRAFT) -> Response:
    with desk_of(request).database.read() as unit:
        found = desk.thankful(unit, visitor.agent)
    on_screen(request, [each.thanks.mention_id for each in found])
    found.sort(key=lambda each: (each.answer is not None, each.thanks.agent_id != visitor.agent.id))
    approvals = {each.thanks.id: str(uuid.uuid4()) for each in found}
    status = 422 if draft.problem else 200
    values = {"thankful": found, "approvals": approvals, "refused": number, "draft": draft, "key": key}
    return page(request, template, status=status, **values)


@router.post("/bedankjes/{number}/antwoord")
def answer(
    request: Request,
    visitor: Signed,
    number: int,
    text: Annotated[str, Form(max_length=20_000)],
    approval: Annotated[str, Form(max_length=64)],
) -> Response:
    at = desk_of(request)
    now, who = at.clock(), visitor.agent
    words = text.replace("\r\n", "\n").strip()
    try:
        with at.database.write() as unit:
            found = replies.thanks_by_id(unit, who.brand, number)
            if found is None:
                raise HTTPException(404)
            draft = replies.Draft(who.brand, found.case_id, found.mention_id, who.id, words, approval)
            said = approve(unit, who, draft, now)
            replies.thanked_back(unit, number, said.id)
            agents.note(unit, who, "thank_back", f"thanks:{number}", now)
    except (Refused, OutsideMandate) as problem:
        return _show(request, visitor, "thanks.html", number, Draft(words, problem=str(problem)))
    return RedirectResponse("/bedankjes", 303)
