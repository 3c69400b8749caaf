"""Approval: an answer is checked and stored with its job, and may be taken back as long as it has not begun."""

from datetime import datetime

from socialwatch.domain import weight
from socialwatch.domain.agent import Agent, answers_customers
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import cases, handoff, mentions, queue, replies
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.replies import Draft
from socialwatch.store.unit import Unit

MAIL = "mail"  # the audience of an answer to the address we know
NO_ADDRESS = "We weten niet zeker genoeg welk mailadres bij deze klant hoort. Antwoord waar de klant schreef."


def approve(unit: Unit, who: Agent, draft: Draft, now: datetime) -> Reply:
    """Check mandate and platform rules, then store the answer and its job in the caller's transaction.

    The same approval twice gives the first reply back. Raises OutsideMandate or Refused with a Dutch sentence for the
    agent.
    """
    if not answers_customers(who) or draft.agent_id != who.id or draft.brand != who.brand:
        raise OutsideMandate("Jij leest mee; antwoorden doet een collega van webcare.")
    if draft.case_id is not None and cases.seen_by(unit, who, draft.case_id) is None:
        raise OutsideMandate("Dit dossier is niet van jouw merk.")
    target = next(iter(mentions.by_id(unit, [draft.mention_id])), None)
    if target is None or target.mention.brand != who.brand or target.case_id != draft.case_id:
        raise Refused("Dit bericht bestaat niet meer.")
    _check_platform(target, draft)
    if draft.audience == MAIL and handoff.address(unit, target) is None:
        raise Refused(NO_ADDRESS)
    reply, new = replies.prepare(unit, draft, now)
    if new:
        queue.put(unit, [NewJob(who.brand, "say", reply.id, priority=9, after=draft.hold.total_seconds())])
    return reply


def take_back(unit: Unit, reply: Reply) -> bool:
    """The words do not go out after all; False when they are on their way. Its job finds nothing to send."""
    try:
        return replies.become(unit, reply.id, ReplyState.TAKEN_BACK)
    except Refused:
        return False


def _check_platform(target: Stored, draft: Draft) -> None:
    text = draft.text
    if draft.audience not in ("public", "private", MAIL):
        raise Refused("Een antwoord is openbaar of privé.")
    if not text.strip():
        raise Refused("Je antwoord is nog leeg.")
    channel = MAIL if draft.audience == MAIL else target.mention.channel
    used, longest = weight.length(text, channel), weight.longest(channel)
    if used > longest:
        raise Refused(f"Je antwoord is {_dotted(used)} tekens, hier passen er {_dotted(longest)}.")
    if target.gone_at is not None and draft.audience != MAIL:
        raise Refused("De klant heeft dit bericht weggehaald, dus antwoorden kan hier niet meer.")
    if draft.audience == "public" and not target.mention.can_reply:
        raise Refused("Op dit bericht kun je van hieruit niet antwoorden. Open het op het platform zelf.")


def _dotted(count: int) -> str:
    """8.000, as we write it."""
    return f"{count:,}".replace(",", ".")
