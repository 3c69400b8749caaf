"""Outbox: from the words in the box to an answer that may be approved: signed, looked through, held for a moment."""

from dataclasses import replace

from pydantic import BaseModel, Field
from starlette.requests import Request

from socialwatch.domain import coach
from socialwatch.domain.mending import Way, way
from socialwatch.domain.promise import promises
from socialwatch.domain.reply import Reply, ReplyState, heard_by
from socialwatch.domain.voice import signed
from socialwatch.errors import Refused
from socialwatch.steps.say import MAIL, NO_ADDRESS
from socialwatch.store import promises as kept
from socialwatch.store.cases import Case
from socialwatch.store.dossier import Dossier
from socialwatch.store.mentions import Stored
from socialwatch.store.promises import Promise
from socialwatch.store.replies import Draft
from socialwatch.store.unit import Unit
from socialwatch.web import crossing, dutch, scene
from socialwatch.web.auth import Visitor
from socialwatch.web.box import ending
from socialwatch.web.desk import desk_of
from socialwatch.web.sheet import privately, target

NEVER_SIGNED = ("mail", "file")  # a letter has a signature of its own


class Sending(BaseModel):
    """The reply form. `private`, `by_mail` and `timer` are ticks; `mends` is the answer that this one stands in for."""

    mention: str = Field(max_length=300)
    approval: str = Field(max_length=64)
    text: str = Field(max_length=20_000)
    private: str = Field(default="", max_length=3)
    by_mail: str = Field(default="", max_length=3)
    mends: int = 0
    timer: str = Field(default="", max_length=3)
    seen: int = crossing.UNKNOWN  # how many answers of others the page showed


def draft(request: Request, visitor: Visitor, found: Dossier, asked: Sending) -> Draft:
    """The words for one post of this case. Raises Refused when it is not (or no longer) possible as it was asked."""
    at = desk_of(request)
    post = target(found, asked.mention)
    if post is None:
        raise Refused(dutch.NOT_OURS)
    if asked.private and not asked.by_mail and post.mention.audience == "public" and not privately(post, at.clock()):
        raise Refused(dutch.NOT_PRIVATELY)
    if asked.by_mail and found.case.brand not in at.mailing:
        raise Refused(NO_ADDRESS)
    audience = MAIL if asked.by_mail else "private" if asked.private else "public"
    words = asked.text.replace("\r\n", "\n").strip()
    made = Draft(found.case.brand, found.case.id, post.id, visitor.agent.id, words, asked.approval, audience)
    return replace(made, hold=at.undo, mends_id=_mended(found, post, asked.mends))


def _mended(found: Dossier, post: Stored, number: int) -> int | None:
    """The answer that is mended, when it went to this very post and nobody mended it before."""
    if not number:
        return None
    told = next((each for each in found.replies if each.id == number), None)
    gone = (ReplyState.TAKEN_BACK, ReplyState.FAILED)
    again = any(each.mends_id == number and each.state not in gone for each in found.replies)
    stands = told is not None and (told.platform_id or _way(told, post) is Way.SECOND)
    if told is None or not stands or told.state is not ReplyState.SENT or told.mention_id != post.id or again:
        raise Refused(dutch.NOT_MENDED)
    return number


def _way(told: Reply, post: Stored) -> Way:
    return way(post.mention.channel, told.audience, post.mention.audience)


def checked(request: Request, unit: Unit, found: Dossier, made: Draft) -> Draft:
    """Signed. Raises Refused when everybody would read what is the customer's, whatever the page said before."""
    post = found.posts[made.mention_id].mention
    audience = heard_by(made.audience, post.audience)
    seen = scene.seen(request, unit, found, desk_of(request).clock())
    bad = scene.blocked(coach.Draft(made.text, post.channel, audience, post.can_reply), seen)
    if bad is not None:
        raise Refused(f"{bad.says} {_way_on(found, made, request)}" if bad.offers == "private" else bad.says)
    sign = audience == "public" and post.channel not in NEVER_SIGNED
    visitor: Visitor = request.state.visitor
    return replace(made, text=signed(made.text, ending(request, unit, visitor))) if sign else made


def _way_on(found: Dossier, made: Draft, request: Request) -> str:
    """What is possible instead, on this very post."""
    able = privately(found.posts[made.mention_id], desk_of(request).clock())
    return dutch.SEND_PRIVATELY if able else dutch.LEAVE_IT_OUT


def keep_promises(unit: Unit, case: Case, told: Reply) -> None:
    """What this answer promises goes into the diary of who made it; a second time changes nothing."""
    for each in promises(told.text, told.created_at):
        new = Promise(0, case.brand, case.id, told.agent_id, told.id, each.what, told.created_at, each.due_at)
        kept.make(unit, new)
