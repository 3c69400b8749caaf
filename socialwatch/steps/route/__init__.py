"""Route: a mention opens a case, joins one, thanks for one or is put aside; what needs somebody who may act gets an
owner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from socialwatch.domain import stakes, title
from socialwatch.domain.assessment import NEEDS_CASE, Assessment, Kind
from socialwatch.domain.case import Line, LineKind, last_word
from socialwatch.domain.identity import handle_keys
from socialwatch.domain.join import Arrival, Dismiss, Intent, Join, JoinOwn, Nod, OfferJoin, Open, Reason, Thank, decide
from socialwatch.domain.likely import Told
from socialwatch.domain.protocol import DEFAULTS, Protocol
from socialwatch.domain.reply import ReplyState, heard_by
from socialwatch.domain.similar import SAME_TEXT, near_identical, normal
from socialwatch.domain.trip import Event, Moved
from socialwatch.steps.route import give, sight
from socialwatch.steps.route.give import Wanted
from socialwatch.steps.route.sight import FURIOUS, Sight
from socialwatch.steps.route.weigh import LIKELY, Moment, weigh
from socialwatch.store import assessments, cases, corrections, customers, mentions, nearby, replies, thanks
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Job
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Arrived:
    job: Job
    found: Stored
    assessment: Assessment | None


def write(unit: Unit, jobs: Sequence[Job], now: datetime, protocols: Mapping[str, Protocol] = DEFAULTS) -> list[Moved]:
    """Decide and store, one mention after the other: the second may belong to the case that the first one opens."""
    unit.alone(nearby.ROUTING)  # two posts of one author, routed by two workers at once, must find one case
    around = sight.look(unit, [each.subject for each in jobs])
    around.protocols = protocols
    moved: list[Moved] = []
    for job in sorted(jobs, key=lambda each: sight.age(around, each.subject)):
        fresh = sight.turn(around, job.subject)
        if fresh is None:
            continue
        if fresh.state == "joined" and fresh.case_id is not None:
            moved += _settled(around, fresh.case_id, _arrived(around, job, fresh), now)
        elif fresh.state != "thanks" and not _is_our_reply(around, fresh):
            moved += _decide(around, _arrived(around, job, fresh), now)
        sight.stir(around, fresh)
    return moved


def _arrived(around: Sight, job: Job, found: Stored) -> Arrived:
    return Arrived(job, found, around.read.get(found.id))


def _is_our_reply(around: Sight, found: Stored) -> bool:
    """Our own post coming back: it stands in its case as the reply already. A reply in doubt is hereby sent."""
    seen, unit = found.mention, around.unit
    if not seen.own:
        return False
    known = replies.of_platform(unit, seen.brand, [seen.id, seen.version_id or seen.id])
    targets = mentions.by_native(unit, seen.channel, [seen.in_reply_to]) if seen.in_reply_to else ()
    for reply in known or [each for target in targets for each in replies.to_mention(unit, target.id)]:
        if reply.state is ReplyState.FAILED:
            continue  # refused by the platform, so whoever posted these words did it there by hand
        if not known and near_identical(reply.text, seen.text) < SAME_TEXT and normal(reply.text) != normal(seen.text):
            continue
        if reply.state is ReplyState.UNKNOWN:
            replies.become(unit, reply.id, ReplyState.SENT, platform_id=seen.id, url=seen.url, sent_at=seen.created_at)
            if reply.case_id is not None:
                audience = heard_by(reply.audience, seen.audience)
                line = Line(LineKind.REPLY, seen.created_at, audience, reply.agent_id, reply.mention_id, reply.id)
                cases.write(unit, reply.case_id, line)
                sight.stir(around, found, [reply.case_id])
        mentions.settle(unit, found.id, "ours")
        return True
    return False


def _decide(around: Sight, each: Arrived, now: datetime) -> list[Moved]:
    found, lately = each.found, around.lately.get(each.found.mention.brand, ())
    intents = decide(_arrival(around, each), around.near[found.id], lately)
    if each.job.detail.get("fetched_back") and any(isinstance(intent, Dismiss) for intent in intents):
        intents = (Open(),)
    moved: list[Moved] = []
    for intent in intents:
        if isinstance(intent, Open):
            moved += _open(around, each, now)
        elif isinstance(intent, OfferJoin):
            _offer(around, intent.case_id, found, now)
        else:
            moved += _place(around, each, intent, now)
    return moved


def _offer(around: Sight, number: int, found: Stored, now: datetime) -> None:
    held = [*around.near[found.id], *around.lately.get(found.mention.brand, ())]
    likeness = max(near_identical(found.mention.text, each.text) for each in held if each.id == number)
    nearby.offer_join(around.unit, number, found.id, likeness, now)


def _arrival(around: Sight, each: Arrived) -> Arrival:
    seen, read = each.found.mention, each.assessment
    # Under a post of ours many people have cases: our own comment belongs to the one it answers.
    threads = (seen.in_reply_to,) if seen.own and seen.in_reply_to else (seen.conversation_id, seen.in_reply_to)
    return Arrival(
        kind=read.reading.kind if read else Kind.OTHER,
        created_at=seen.created_at,
        text=seen.text,
        author_keys=handle_keys(seen),
        customer_id=each.found.customer_id,
        thread=tuple(f"{seen.channel}:{number}" for number in threads if number),
        answers=f"{seen.channel}:{seen.in_reply_to}" if seen.in_reply_to else None,
        needs_answer=bool(read and read.reading.answer == 2 and read.reading.needs_human >= LIKELY),
        own=seen.own,
        repost=seen.repost,
        nods=_nods(around, each),
    )


def _nods(around: Sight, each: Arrived) -> Nod | None:
    """Whether it answers what we said to a thank-you; only an answer in a thread without a need can."""
    seen, read = each.found.mention, each.assessment
    if seen.own or seen.repost or not seen.in_reply_to or (read and read.reading.kind in NEEDS_CASE):
        return None
    back = thanks.said_to(around.unit, each.found)
    return None if back is None else Nod(back.case_id)


def _place(around: Sight, each: Arrived, intent: Intent, now: datetime) -> list[Moved]:
    found, unit = each.found, around.unit
    match intent:
        case Join(number):
            cases.join(unit, number, found)
            return [*_settled(around, number, each, now), *_reconsider(around, found, now)]
        case JoinOwn(number):
            cases.join(unit, number, found)
            sight.stir(around, found, [number])
            _thanks_after(around, number, found)
        case Thank(number):
            _thank(around, number, found)
        case Nod(number):
            _nod(around, number, found)
        case Dismiss(reason):
            mentions.settle(unit, found.id, "dismissed", dismissed=reason.value)
        case _:
            raise TypeError(f"no place for {intent}")
    return []


def _thank(around: Sight, number: int | None, found: Stored) -> None:
    at, unit = found.mention.created_at, around.unit
    thanks.record(unit, found.mention.brand, found.id, number, at)
    if number is not None:
        mentions.settle(unit, found.id, "thanks", case_id=number)
        cases.write(unit, number, Line(LineKind.THANKS, at, found.mention.audience, mention_id=found.id))
        sight.stir(around, found, [number])


def _nod(around: Sight, number: int | None, found: Stored) -> None:
    if number is None:
        mentions.settle(around.unit, found.id, "dismissed", dismissed=Reason.THANKS.value)
        return
    seen = found.mention
    mentions.settle(around.unit, found.id, "thanks", case_id=number)
    cases.write(around.unit, number, Line(LineKind.THANKS, seen.created_at, seen.audience, mention_id=found.id))


def _thanks_after(around: Sight, number: int, answer: Stored) -> None:
    """An answer of ours came to light after the thanks for it: what was a line of the case becomes a thank-you."""
    after = [
        each
        for each in cases.mentions(around.unit, [number])[number]
        if not each.mention.own and each.state == "joined" and each.mention.created_at > answer.mention.created_at
    ]
    read = assessments.of(around.unit, [each.id for each in after])
    for each in after:
        if each.id in read and read[each.id].reading.kind in (Kind.THANKS, Kind.PRAISE):
            cases.leave(around.unit, number, each.id)
            _thank(around, number, each)


def _reconsider(around: Sight, found: Stored, now: datetime) -> list[Moved]:
    """What was put aside because the post it belongs to had not come in yet finds its place now."""
    moved: list[Moved] = []
    for aside in around.aside[found.id]:
        each = sight.again(around, aside.id)
        if each is None or each.state != "dismissed":  # the one before it in this round brought it along
            continue
        moved += _decide(around, _arrived(around, Job(0, each.mention.brand, "route", each.id, {}, 0), each), now)
        sight.stir(around, each)
    return moved


def _open(around: Sight, each: Arrived, now: datetime) -> list[Moved]:
    seen, read = each.found.mention, each.assessment
    name = title.title(seen.author, seen.text, read.facts if read else ())
    known = {each.found.id: read} if read else {}
    weight = weigh([each.found], [each.found], known, Moment(_deadline(around, each, each.found.customer_id, now), now))
    language = read.reading.language if read else "nl"
    number = cases.open_case(around.unit, each.found, name, weight, language)
    sight.told(around, number, each.found)
    sight.stir(around, each.found, [number])
    words = "" if each.found.gone_at else seen.text
    told = Told(words, list(known.values()), weight.level)
    wanted = Wanted(number, seen.brand, each.found.customer_id, language, told, opened=True)
    escalated = give.escalate(around, wanted, now) if _needs(weight) else []
    advised = give.care_for(around, wanted, now)
    return [
        Moved(Event.OPENED, seen.brand, each.found.id, 7 if escalated else 0),
        *escalated,
        *advised,
        *_reconsider(around, each.found, now),
    ]


def _settled(around: Sight, number: int, each: Arrived, now: datetime) -> list[Moved]:
    """A case got a mention more, or one of its mentions was edited: weigh it anew."""
    unit = around.unit
    theirs = [one for one in cases.mentions(unit, [number])[number] if not one.mention.own and one.state != "thanks"]
    answered = last_word(cases.lines(unit, number))
    recent = [one for one in theirs if answered is None or one.mention.created_at > answered]
    read = assessments.of(unit, [one.id for one in theirs])
    known = cases.by_id(unit, number)
    weighed = weigh(theirs, recent or theirs, read, Moment(_deadline(around, each, known.customer_id, now), now))
    weight = corrections.held(unit, number, weighed)
    cases.weigh(unit, number, weight)
    sight.told(around, number, each.found)
    sight.stir(around, each.found, [number])
    words = "\n".join(one.mention.text for one in theirs if one.gone_at is None)
    told = Told(words, list(read.values()), weight.level)
    wanted = Wanted(number, known.brand, known.customer_id, known.language, told, known.owner_id)
    moved = _given(around, wanted, now) if _needs(weight) else []
    if known.owner_id is not None:
        around.seats.pop(known.brand, None)  # the case may weigh more on its owner's desk now
    return [*moved, *give.care_for(around, wanted, now)]


def _given(around: Sight, wanted: Wanted, now: datetime) -> list[Moved]:
    """The owner stays; what an absent one has goes to their deputy."""
    return give.escalate(around, wanted, now) if wanted.owner_id is None else give.to_deputy(around, wanted, now)


def _needs(weight: cases.Weight) -> bool:
    return weight.needs_human or weight.level >= FURIOUS


def _deadline(around: Sight, each: Arrived, whose: str | None, now: datetime) -> date | None:
    """What presses in the orders of the customer whose case it is: as the order system just told of them, else as our
    own tables know. A post of somebody else in the case, or one that comes by again, tells nothing of that.
    """
    if "deadline" in each.job.detail and each.found.customer_id == whose:
        written = each.job.detail["deadline"]
        return date.fromisoformat(written) if written else None
    orders = customers.orders_of(around.unit, each.found.mention.brand, whose) if whose is not None else ()
    return stakes.soonest(orders, now)
