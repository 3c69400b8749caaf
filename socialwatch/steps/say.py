"""Say: an approved answer goes to the platform at most once; doubt goes to a human.

`prepared → sending (own commit) → HTTP → sent | failed | unknown`. As long as it is prepared its writer may take it
back, and it does not begin before its moment (`send_at`). Once bytes were sent and no answer came nothing is
retried by itself: we look for our own reply in the thread, several times, and then a human decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from socialwatch.domain import weight
from socialwatch.domain.agent import Agent, answers_customers
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.channel import Channel, Letter, Mends, Private, Sent, Writes
from socialwatch.domain.handoff import subject
from socialwatch.domain.mending import Way, way
from socialwatch.domain.reply import LOOKS_BEFORE_HUMAN, SENDING_DEADLINE, Reply, ReplyState, heard_by
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import OutsideMandate, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.store import agents, cases, handoff, mentions, queue, replies, spending
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job, NewJob
from socialwatch.store.replies import Draft
from socialwatch.store.spending import What
from socialwatch.store.unit import Unit

SOONEST = 1.0  # seconds until the next attempt, also when the platform says "now"
LOOK_AGAIN = 20.0  # seconds between two looks for our own reply; reading lags behind writing
MAIL = "mail"  # the audience of an answer to the address we know
NO_ADDRESS = "We weten niet zeker genoeg welk mailadres bij deze klant hoort. Antwoord waar de klant schreef."
NO_ANSWER = "Verstuurd, maar het platform gaf geen antwoord."


@dataclass(frozen=True, slots=True)
class Errand:
    """One reply to be sent or looked for, at this moment."""

    job: Job
    reply: Reply
    mention: Stored
    now: datetime
    early: float = 0.0  # seconds that it must still be held
    was: str | None = None  # the id there of the answer that this one stands in for
    letter: Letter | None = None  # for an answer by mail to somebody who wrote elsewhere


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the platform made of it: `again` seconds until the next look or attempt, None when it is settled.

    `looked` says that we could look for our own reply.
    """

    errand: Errand
    state: ReplyState
    sent: Sent | None = None
    reason: str | None = None
    again: float | None = None
    looked: bool = False


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


def begin(unit: Unit, held: Claim, today: datetime) -> list[Errand]:
    """Mark prepared replies as *sending* in a commit of their own, before any byte goes out."""
    errands = []
    for job in held.jobs:
        reply = replies.by_id(unit, job.subject)
        target = mentions.by_id(unit, [reply.mention_id])[0]
        early = _early(unit, reply)
        if early > 0:
            errands.append(Errand(job, reply, target, today, early))
            continue
        if reply.state is ReplyState.PREPARED:
            reply = _start(unit, reply)
        elif reply.state is ReplyState.SENDING:
            # This job was claimed before and its worker died: nobody knows whether bytes went out.
            replies.become(unit, reply.id, ReplyState.UNKNOWN, reason=NO_ANSWER)
            reply = replace(reply, state=ReplyState.UNKNOWN)
        was = replies.by_id(unit, reply.mends_id).platform_id if reply.mends_id else None
        errands.append(Errand(job, reply, target, today, was=was, letter=_letter(unit, reply, target)))
    return errands


def _letter(unit: Unit, reply: Reply, target: Stored) -> Letter | None:
    """To the address as it is known now; None for an answer in the place where the customer wrote."""
    to = handoff.address(unit, target) if reply.audience == MAIL else None
    who = agents.by_id(unit, reply.agent_id)
    if to is None or who is None:
        return None
    return Letter(to, who.name.split()[0], subject(target.mention.channel), reply.text, by_hand=True)


def _early(unit: Unit, reply: Reply) -> float:
    """Seconds that a prepared answer must still wait; a clock that went back does not send it early."""
    if reply.state is not ReplyState.PREPARED or reply.send_at is None:
        return 0.0
    return reply.send_at.timestamp() - unit.stamp()


def _start(unit: Unit, reply: Reply) -> Reply:
    """Still *prepared* when this attempt may send it; as it is now when its writer took it back at this very moment."""
    now = unit.stamp()
    deadline, since = now + SENDING_DEADLINE.total_seconds(), datetime.fromtimestamp(now, UTC)
    try:
        began = replies.become(unit, reply.id, ReplyState.SENDING, deadline=deadline, sending_since=since)
    except Refused:
        began = False
    return replace(reply, sending_since=since) if began else replies.by_id(unit, reply.id)


def ask(errands: list[Errand], channels: Mapping[str, Channel]) -> list[Outcome]:
    """Send what was prepared, look for what is unknown. No unit is open here."""
    return [_send(each, channels) if _to_send(each) else _look(each, channels) for each in errands]


def _to_send(errand: Errand) -> bool:
    """What was prepared; and an edit of which nobody knows, because a second time changes nothing."""
    state = errand.reply.state
    return state is ReplyState.PREPARED or (state is ReplyState.UNKNOWN and _how(errand) is Way.EDIT)


def _how(errand: Errand) -> Way | None:
    """How an answer of ours is put right there; None when this is an answer like any other."""
    if errand.was is None:
        return None
    seen = errand.mention.mention
    return way(seen.channel, errand.reply.audience, seen.audience)


def _channel(errand: Errand, channels: Mapping[str, Channel]) -> Channel:
    seen = errand.mention.mention
    kind = MAIL if errand.reply.audience == MAIL else seen.channel
    channel = channels.get(f"{seen.brand}/{kind}")
    if channel is None:
        raise Refused(f"Het kanaal {kind} staat hier niet ingesteld.")
    return channel


def _send(errand: Errand, channels: Mapping[str, Channel]) -> Outcome:
    if errand.early > 0:
        return Outcome(errand, ReplyState.PREPARED, again=errand.early)
    try:
        sent = _post(errand, _channel(errand, channels))
    except Unanswered as problem:
        if _how(errand) is Way.EDIT:
            return Outcome(errand, ReplyState.PREPARED, reason=str(problem), again=queue.backoff(_tries(errand)))
        again = LOOK_AGAIN if errand.reply.audience == "public" else None
        return Outcome(errand, ReplyState.UNKNOWN, reason=NO_ANSWER, again=again)
    except Unavailable as problem:
        wait = problem.retry_after if problem.retry_after is not None else queue.backoff(_tries(errand))
        return Outcome(errand, ReplyState.PREPARED, reason=str(problem), again=max(SOONEST, wait))
    except SocialwatchError as problem:
        return Outcome(errand, ReplyState.FAILED, reason=str(problem))
    return Outcome(errand, ReplyState.SENT, sent=sent)


def _post(errand: Errand, channel: Channel) -> Sent:
    """Raises Refused when a private answer is asked of a platform that does not (or no longer) take one here."""
    seen, reply = errand.mention.mention, errand.reply
    if reply.audience == MAIL:
        return _mail(errand, channel)
    if errand.was is not None and _how(errand) is not Way.SECOND and isinstance(channel, Mends):
        return channel.mend(seen, errand.was, reply.text, reply.approval)
    if reply.audience != "private":
        return channel.reply(seen, reply.text, reply.approval)
    if not isinstance(channel, Private) or not channel.can_reply_privately(seen, errand.now):
        raise Refused("Privé antwoorden kan hier niet (meer). Antwoord openbaar, of doe het op het platform zelf.")
    return channel.reply_privately(seen, reply.text, reply.approval)


def _mail(errand: Errand, channel: Channel) -> Sent:
    if errand.letter is None or not isinstance(channel, Writes):
        raise Refused(NO_ADDRESS)
    return channel.write(errand.letter, errand.reply.approval)


def _tries(errand: Errand) -> int:
    """How often this answer was tried; each attempt is a job of its own, so the number travels along."""
    return int(errand.job.detail.get("tries", 0)) + 1


def _look(errand: Errand, channels: Mapping[str, Channel]) -> Outcome:
    if errand.reply.state is not ReplyState.UNKNOWN:
        return Outcome(errand, errand.reply.state)
    if errand.reply.audience != "public":  # it stands in no thread where we could find it, so a human looks
        return Outcome(errand, ReplyState.UNKNOWN, reason=NO_ANSWER)
    since = errand.reply.created_at
    try:
        sent = _channel(errand, channels).find_own_reply(errand.mention.mention, errand.reply.text, since)
    except Unavailable as problem:
        return Outcome(errand, ReplyState.UNKNOWN, reason=str(problem), again=LOOK_AGAIN)
    except SocialwatchError as problem:  # we may not look any more, so a human does
        return Outcome(errand, ReplyState.UNKNOWN, reason=str(problem))
    if sent is not None:
        return Outcome(errand, ReplyState.SENT, sent=sent, looked=True)
    again = LOOK_AGAIN if errand.reply.looks + 1 < LOOKS_BEFORE_HUMAN else None
    return Outcome(errand, ReplyState.UNKNOWN, reason=NO_ANSWER, again=again, looked=True)


def write(unit: Unit, outcomes: list[Outcome], now: datetime) -> list[Moved]:
    """Store what became of each reply; gives back the looks and attempts that still have to be made."""
    follow = []
    for outcome in outcomes:
        _settle(unit, outcome, now)
        if outcome.again is not None:
            job = outcome.errand.job
            detail = {"tries": _tries(outcome.errand)}
            follow.append(Moved(Event.AGAIN, job.brand, job.subject, 9, after=outcome.again, detail=detail))
    return follow


def _settle(unit: Unit, outcome: Outcome, now: datetime) -> None:
    reply = replies.by_id(unit, outcome.errand.reply.id)
    if outcome.looked:
        replies.looked(unit, reply.id)
    if reply.state is outcome.state or reply.state in (ReplyState.SENT, ReplyState.FAILED):
        return
    values: dict[str, object] = {"reason": outcome.reason}
    if outcome.sent is not None:
        values |= {"platform_id": outcome.sent.id, "url": outcome.sent.url, "sent_at": now}
        seen = outcome.errand.mention.mention
        spending.book(unit, f"{seen.brand}/{seen.channel}", What.REPLY, outcome.sent.cost, now)
    replies.become(unit, reply.id, outcome.state, **values)
    if outcome.state is ReplyState.SENT and reply.case_id is not None:
        audience = heard_by(reply.audience, outcome.errand.mention.mention.audience)
        line = Line(LineKind.REPLY, now, audience, reply.agent_id, reply.mention_id, reply.id)
        cases.write(unit, reply.case_id, line)


def overdue(unit: Unit) -> int:
    """Replies left in *sending* past their deadline become unknown, and a look for them is queued."""
    late = replies.overdue(unit)
    for number in late:
        replies.become(unit, number, ReplyState.UNKNOWN, reason=NO_ANSWER)
        target = mentions.by_id(unit, [replies.by_id(unit, number).mention_id])[0]
        queue.put(unit, [NewJob(target.mention.brand, "say", number, 9)])
    return len(late)
