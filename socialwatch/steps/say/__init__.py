"""Say: an approved answer goes to the platform at most once; doubt goes to a human.

`prepared → sending (own commit) → HTTP → sent | failed | unknown`. As long as it is prepared its writer may take it
back, and it does not begin before its moment (`send_at`). Once bytes were sent and no answer came nothing is
retried by itself: we look for our own reply in the thread, several times, and then a human decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from socialwatch.domain.case import Line, LineKind, State, due_since, put_aside, state
from socialwatch.domain.channel import Channel, Letter, Mends, Private, Sent, Withdraws, Writes
from socialwatch.domain.handoff import subject
from socialwatch.domain.mending import Way, way
from socialwatch.domain.reply import LOOKS_BEFORE_HUMAN, SENDING_DEADLINE, Reply, ReplyState, heard_by
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.steps.say.approval import MAIL as MAIL
from socialwatch.steps.say.approval import NO_ADDRESS as NO_ADDRESS
from socialwatch.steps.say.approval import approve as approve
from socialwatch.steps.say.approval import take_back as take_back
from socialwatch.store import agents, cases, handoff, mentions, promises, queue, replies, spending
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job, NewJob
from socialwatch.store.spending import What
from socialwatch.store.unit import Unit

SOONEST = 1.0  # seconds until the next attempt, also when the platform says "now"
LOOK_AGAIN = 20.0  # seconds between two looks for our own reply; reading lags behind writing
OLD_GONE = "Je oude antwoord is weg en het nieuwe staat er niet."
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

    `looked` says that we could look for our own reply, `gone` that the answer it comes instead of stands there no more.
    """

    errand: Errand
    state: ReplyState
    sent: Sent | None = None
    reason: str | None = None
    again: float | None = None
    looked: bool = False
    gone: bool = False


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
        errands.append(Errand(job, reply, target, today, was=_mended(unit, reply), letter=_letter(unit, reply, target)))
    return errands


def _mended(unit: Unit, reply: Reply) -> str | None:
    """What this answer comes instead of, as long as that stands there."""
    old = replies.by_id(unit, reply.mends_id) if reply.mends_id else None
    return old.platform_id if old and old.state is ReplyState.SENT else None


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
    gone = False
    try:
        gone = _clear(errand, channels)
        sent = _post(errand, _channel(errand, channels))
    except SocialwatchError as problem:
        return replace(_not_sent(errand, problem, gone=gone), gone=gone)
    return Outcome(errand, ReplyState.SENT, sent=sent)


def _clear(errand: Errand, channels: Mapping[str, Channel]) -> bool:
    """Where nothing can be edited the old answer goes first; False when nothing had to go."""
    if errand.was is None or _how(errand) is not Way.ANEW:
        return False
    channel = _channel(errand, channels)
    if isinstance(channel, Withdraws):
        channel.withdraw(errand.was)
        return True
    return False


def _not_sent(errand: Errand, problem: SocialwatchError, *, gone: bool) -> Outcome:
    if isinstance(problem, Unanswered):
        if _how(errand) is Way.EDIT:
            return Outcome(errand, ReplyState.PREPARED, reason=str(problem), again=queue.backoff(_tries(errand)))
        again = LOOK_AGAIN if errand.reply.audience == "public" else None
        return Outcome(errand, ReplyState.UNKNOWN, reason=NO_ANSWER, again=again)
    if isinstance(problem, Unavailable):
        wait = problem.retry_after if problem.retry_after is not None else queue.backoff(_tries(errand))
        return Outcome(errand, ReplyState.PREPARED, reason=str(problem), again=max(SOONEST, wait))
    return Outcome(errand, ReplyState.FAILED, reason=f"{OLD_GONE} {problem}" if gone else str(problem))


def _post(errand: Errand, channel: Channel) -> Sent:
    """Raises Refused when a private answer is asked of a platform that does not (or no longer) take one here."""
    seen, reply = errand.mention.mention, errand.reply
    if reply.audience == MAIL:
        return _mail(errand, channel)
    if errand.was is not None and _how(errand) is Way.EDIT and isinstance(channel, Mends):
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
    if outcome.gone:
        _lose(unit, reply, now)
    if reply.state is outcome.state or reply.state in (ReplyState.SENT, ReplyState.FAILED):
        return
    values: dict[str, object] = {"reason": outcome.reason}
    if outcome.sent is not None:
        values |= {"platform_id": outcome.sent.id, "url": outcome.sent.url, "sent_at": now}
        seen = outcome.errand.mention.mention
        spending.book(unit, f"{seen.brand}/{seen.channel}", What.REPLY, outcome.sent.cost, now)
    replies.become(unit, reply.id, outcome.state, **values)
    if outcome.state is ReplyState.FAILED:
        promises.fall(unit, reply.id, now)
    if outcome.state is ReplyState.SENT and reply.case_id is not None:
        audience = heard_by(reply.audience, outcome.errand.mention.mention.audience)
        aside = {"aside": True} if put_aside(cases.lines(unit, reply.case_id), reply.created_at) else {}
        line = Line(LineKind.REPLY, now, audience, reply.agent_id, reply.mention_id, reply.id, detail=aside)
        cases.write(unit, reply.case_id, line)


def _lose(unit: Unit, reply: Reply, now: datetime) -> None:
    """The answer that this one was to replace is gone, and nothing stands in its place: the customer waits again."""
    old = replies.by_id(unit, reply.mends_id or 0)
    if old.state is not ReplyState.SENT or old.case_id is None:
        return
    replies.become(unit, old.id, ReplyState.GONE)
    promises.fall(unit, old.id, now)
    thread = cases.lines(unit, old.case_id)
    since = due_since(each for each in thread if each.reply_id != old.id)
    if since is None and state(thread) is State.CLOSED:
        since = now
    detail = {"since": since.isoformat()} if since else {}
    cases.write(unit, old.case_id, Line(LineKind.MENDED, now, agent_id=reply.agent_id, detail=detail))


def overdue(unit: Unit) -> int:
    """Replies left in *sending* past their deadline become unknown, and a look for them is queued."""
    late = replies.overdue(unit)
    for number in late:
        replies.become(unit, number, ReplyState.UNKNOWN, reason=NO_ANSWER)
        target = mentions.by_id(unit, [replies.by_id(unit, number).mention_id])[0]
        queue.put(unit, [NewJob(target.mention.brand, "say", number, 9)])
    return len(late)
