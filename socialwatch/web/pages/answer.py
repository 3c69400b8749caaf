"""What an agent does in a dossier: answer, take it, and decide what is offered."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.case import LineKind
from socialwatch.domain.reply import ReplyState
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps.say import approve
from socialwatch.store import agents, cases, desk, dossier
from socialwatch.web import crossing, dutch, outbox
from socialwatch.web.acting import Act, acting
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.outbox import Sending
from socialwatch.web.returning import stream_of
from socialwatch.web.sheet import Draft, show, target

router = APIRouter()

Text = Annotated[str, Form(max_length=20_000)]
Key = Annotated[str, Form(max_length=300)]


def _back(number: int) -> Response:
    return RedirectResponse(f"/dossier/{number}", 303)


@router.post("/dossier/{number}/antwoord")
def answer(request: Request, visitor: Signed, number: int, asked: Annotated[Sending, Form()]) -> Response:
    """Approve an answer; who answers what nobody owned, owns it. A refusal comes back with the words kept."""
    words = asked.text.replace("\r\n", "\n").strip()
    try:
        with acting(request, visitor, number, "answer") as act:
            found = dossier.dossier(act.unit, visitor.agent, number, act.now)
            if found is None:
                raise Refused(dutch.NOT_OURS)
            crossing.told_first(found, visitor.agent, asked.seen)
            draft = outbox.draft(request, visitor, found, asked)
            checked = outbox.checked(request, act.unit, found, draft)
            told = approve(act.unit, visitor.agent, checked, act.now)
            if told.state is ReplyState.TAKEN_BACK:
                raise Refused(dutch.TAKEN_BACK)
            if asked.timer:
                outbox.keep_promises(act.unit, act.case, told)
            if act.case.owner_id is None:
                _take(act, visitor)
    except (Refused, OutsideMandate) as problem:
        kept = Draft(words, asked.mention, str(problem), bool(asked.private), bool(asked.by_mail), asked.mends)
        return show(request, visitor, number, stream_of(request), kept)
    return _back(number)


def _take(act: Act, visitor: Visitor) -> None:
    cases.assign(act.unit, act.case.id, visitor.agent.id, act.now, {"by": visitor.agent.id})


@router.post("/dossier/{number}/beantwoord")
def by_hand(request: Request, visitor: Signed, number: int, mention: Key) -> Response:
    """Answered on the platform itself, where it does not accept an answer from here."""
    with acting(request, visitor, number, "answered_by_hand") as act:
        found = dossier.dossier(act.unit, visitor.agent, number, act.now)
        post = target(found, mention) if found else None
        if post is None:
            raise Refused(dutch.NOT_OURS)
        act.line(LineKind.OWN_POST, visitor, by_hand=True, answers=post.id)
    return _back(number)


@router.post("/dossier/{number}/pak")
def take(request: Request, visitor: Signed, number: int) -> Response:
    """What a colleague took while this page stood open stays theirs: taking over is asked for by its own name."""
    with acting(request, visitor, number, "take") as act:
        act.unit.alone(number)  # two who take it at once must not both become the owner
        known = cases.seen_by(act.unit, visitor.agent, number) or act.case
        if known.owner_id not in (None, visitor.agent.id):
            raise Refused(dutch.TAKEN.format(desk.owners(act.unit, visitor.agent).get(known.owner_id, "Een collega")))
        if known.owner_id is None or known.accepted_at is None:
            _take(act, visitor)
    return _back(number)


@router.post("/dossier/{number}/aanbod/{offered}")
def offer(
    request: Request, visitor: Signed, number: int, offered: int, verdict: Annotated[Literal["join", "apart"], Form()]
) -> Response:
    """Whether a near-identical post belongs to this case."""
    with acting(request, visitor, number, f"offer_{verdict}") as act:
        if not dossier.decide_offer(act.unit, visitor.agent, (number, offered), act.now, together=verdict == "join"):
            raise Refused(dutch.DECIDED)
    return _back(number)


@router.post("/antwoord/{number}/oordeel")
def verdict(
    request: Request, visitor: Signed, number: int, verdict: Annotated[Literal["there", "not"], Form()]
) -> Response:
    """The agent looked on the platform whether a doubtful answer stands there."""
    at = desk_of(request)
    with at.database.write() as unit:
        told = dossier.reply_of(unit, visitor.agent, number)
        if told is None:
            raise HTTPException(404)
        dossier.decide_reply(unit, told, at.clock(), there=verdict == "there")
        agents.note(unit, visitor.agent, f"reply_{verdict}", f"reply:{number}", at.clock())
    return _back(told.case_id) if told.case_id is not None else RedirectResponse("/bedankjes", 303)
