"""Route: a mention opens a case, joins one, thanks for one or is put aside; what needs somebody who may act gets an
owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from socialwatch.domain import join, priority, risk, title
from socialwatch.domain.assessment import Assessment, Hazard, Kind, Reading
from socialwatch.domain.case import Line, LineKind, last_word
from socialwatch.domain.identity import handle_keys
from socialwatch.domain.join import Arrival, Dismiss, Intent, Join, JoinOwn, OfferJoin, Open, Thank
from socialwatch.domain.owner import Need, Seat, choose
from socialwatch.domain.reply import ReplyState, heard_by
from socialwatch.domain.similar import SAME_TEXT, near_identical, normal
from socialwatch.domain.trip import Event, Moved
from socialwatch.store import agents, assessments, cases, mentions, nearby, replies
from socialwatch.store.cases import Weight
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

LIKELY = 0.5
FURIOUS = 3
ROUTING = 72617  # any number, as long as nothing else holds it


@dataclass(frozen=True, slots=True)
class Arrived:
    job: Job
    found: Stored
    assessment: Assessment | None


def load(unit: Unit, held: Claim) -> list[Arrived]:
    numbers = [job.subject for job in held.jobs]
    found = {each.id: each for each in mentions.by_id(unit, numbers)}
    read = assessments.of(unit, numbers)
    return [Arrived(job, found[job.subject], read.get(job.subject)) for job in held.jobs if job.subject in found]


def write(unit: Unit, arrived: Sequence[Arrived], now: datetime) -> list[Moved]:
    """Decide and store, one mention after the other: the second may belong to the case that the first one opens."""
    unit.alone(ROUTING)  # two posts of one author, routed by two workers at once, must find one case
    moved: list[Moved] = []
    for each in sorted(arrived, key=lambda each: (each.found.mention.created_at, each.found.id)):
        fresh = mentions.by_id(unit, [each.found.id])[0]
        if fresh.state == "joined" and fresh.case_id is not None:
            moved += _settled(unit, fresh.case_id, each, now)
        elif fresh.state != "thanks" and not _is_our_reply(unit, fresh):
            moved += _decide(unit, Arrived(each.job, fresh, each.assessment), now)
    return moved


def _is_our_reply(unit: Unit, found: Stored) -> bool:
    """Our own post coming back: it stands in its case as the reply already. A reply in doubt is hereby sent."""
    seen = found.mention
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
        mentions.settle(unit, found.id, "ours")
        return True
    return False


def _decide(unit: Unit, each: Arrived, now: datetime) -> list[Moved]:
    seen = each.found.mention
    around = nearby.neighbours(unit, each.found, seen.created_at - join.THANKS_WITHIN)
    lately = nearby.lately(unit, seen.brand, seen.created_at - join.TOGETHER)
    intents = join.decide(_arrival(each), [*around, *lately])
    if each.job.detail.get("fetched_back") and any(isinstance(intent, Dismiss) for intent in intents):
        intents = (Open(),)
    moved: list[Moved] = []
    for intent in intents:
        if isinstance(intent, Open):
            moved += [*_open(unit, each, now), *_reconsider(unit, each.found, now)]
        elif isinstance(intent, OfferJoin):
            likeness = next(near_identical(seen.text, one.text) for one in lately if one.id == intent.case_id)
            nearby.offer_join(unit, intent.case_id, each.found.id, likeness, now)
        else:
            moved += _place(unit, each, intent, now)
    return moved


def _arrival(each: Arrived) -> Arrival:
    seen, read = each.found.mention, each.assessment
    # Under a post of ours many people have cases: our own comment belongs to the one it answers.
    around = (seen.in_reply_to,) if seen.own and seen.in_reply_to else (seen.conversation_id, seen.in_reply_to)
    return Arrival(
        kind=read.reading.kind if read else Kind.OTHER,
        created_at=seen.created_at,
        text=seen.text,
        author_keys=handle_keys(seen),
        customer_id=each.found.customer_id,
        thread=tuple(f"{seen.channel}:{number}" for number in around if number),
        answers=f"{seen.channel}:{seen.in_reply_to}" if seen.in_reply_to else None,
        needs_answer=bool(read and read.reading.answer == 2 and read.reading.needs_human >= LIKELY),
        own=seen.own,
        repost=seen.repost,
    )


def _place(unit: Unit, each: Arrived, intent: Intent, now: datetime) -> list[Moved]:
    found = each.found
    match intent:
        case Join(number):
            cases.join(unit, number, found)
            return [*_settled(unit, number, each, now), *_reconsider(unit, found, now)]
        case JoinOwn(number):
            cases.join(unit, number, found)
            _thanks_after(unit, number, found)
        case Thank(number):
            _thank(unit, number, found)
        case Dismiss(reason):
            mentions.settle(unit, found.id, "dismissed", dismissed=reason.value)
        case _:
            raise TypeError(f"no place for {intent}")
    return []


def _thank(unit: Unit, number: int | None, found: Stored) -> None:
    at = found.mention.created_at
    replies.thank(unit, found.mention.brand, found.id, number, at)
    if number is not None:
        mentions.settle(unit, found.id, "thanks", case_id=number)
        cases.write(unit, number, Line(LineKind.THANKS, at, "public", mention_id=found.id))


def _thanks_after(unit: Unit, number: int, answer: Stored) -> None:
    """An answer of ours came to light after the thanks for it: what was a line of the case becomes a thank-you."""
    after = [
        each
        for each in cases.mentions(unit, [number])[number]
        if not each.mention.own and each.state == "joined" and each.mention.created_at > answer.mention.created_at
    ]
    read = assessments.of(unit, [each.id for each in after])
    for each in after:
        if each.id in read and read[each.id].reading.kind in (Kind.THANKS, Kind.PRAISE):
            cases.leave(unit, number, each.id)
            _thank(unit, number, each)


def _reconsider(unit: Unit, found: Stored, now: datetime) -> list[Moved]:
    """What was put aside because the post it belongs to had not come in yet finds its place now."""
    moved: list[Moved] = []
    for aside in nearby.left_aside(unit, found):
        each = mentions.by_id(unit, [aside.id])[0]
        if each.state != "dismissed":  # the one before it in this round brought it along
            continue
        read = assessments.of(unit, [each.id]).get(each.id)
        moved += _decide(unit, Arrived(Job(0, each.mention.brand, "route", each.id, {}, 0), each, read), now)
    return moved


def _open(unit: Unit, each: Arrived, now: datetime) -> list[Moved]:
    seen, read = each.found.mention, each.assessment
    name = title.title(seen.author, seen.text, read.facts if read else ())
    weight = _weight(unit, [each.found], [each.found], _Moment(_deadline(each), now))
    number = cases.open_case(unit, each.found, name, weight, read.reading.language if read else "nl")
    return [Moved(Event.OPENED, seen.brand, each.found.id, 7), *_escalate(unit, number, now)]


def _settled(unit: Unit, number: int, each: Arrived, now: datetime) -> list[Moved]:
    """A case got a mention more, or one of its mentions was edited: weigh it anew."""
    theirs = [one for one in cases.mentions(unit, [number])[number] if not one.mention.own and one.state != "thanks"]
    answered = last_word(cases.lines(unit, number))
    recent = [one for one in theirs if answered is None or one.mention.created_at > answered]
    cases.weigh(unit, number, _weight(unit, theirs, recent or theirs, _Moment(_deadline(each), now)))
    return _escalate(unit, number, now)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When we weigh, and the soonest day that presses in the customer's orders."""

    from_orders: date | None
    now: datetime


def _deadline(each: Arrived) -> date | None:
    written = each.job.detail.get("deadline")
    return date.fromisoformat(written) if written else None


def _weight(unit: Unit, theirs: Sequence[Stored], recent: Sequence[Stored], moment: _Moment) -> Weight:
    """How the customer feels shows in what they wrote since our last word; what is at stake, in all they wrote."""
    read = assessments.of(unit, [each.id for each in theirs])
    felt = [read[each.id].reading for each in recent if each.id in read]
    grounds = _grounds(theirs, read, felt, moment.from_orders)
    return Weight(
        static=priority.static(grounds, moment.now),
        reasons=priority.priority(grounds, moment.now).reasons,
        frustration=grounds.frustration,
        risk=grounds.risk,
        level=max((each.level for each in felt), default=0),
        needs_human=any(each.answer == 2 or each.needs_human >= LIKELY for each in felt),
    )


def _grounds(
    theirs: Sequence[Stored], read: dict[int, Assessment], felt: Sequence[Reading], from_orders: date | None
) -> priority.Grounds:
    found = list(read.values())
    days = [stake.on for each in found for stake in each.stakes if stake.on is not None]
    return priority.Grounds(
        frustration=_most(each.frustration for each in felt),
        distress=_most(each.distress for each in felt),
        risk=_most(_case_risk(each, read[each.id]) for each in theirs if each.id in read),
        needs_human=_most(each.needs_human for each in felt),
        chance=_most(each.chance for each in felt),
        deadline=min([*days, *([from_orders] if from_orders else [])], default=None),
        earlier_rejection=any(each.earlier_rejection for each in found),
        grave=any(risk.grave(each.reading.hazards) for each in found),
    )


def _most(scores: Any) -> float:
    return max(scores, default=0.0)


def _case_risk(found: Stored, read: Assessment) -> float:
    seen = found.mention
    hours = max(1.0, (found.received_at - seen.created_at).total_seconds() / 3600)
    followers = seen.author.followers if seen.author else None
    return risk.case_risk(read.risk, followers, (seen.metrics.reposts or 0) / hours)


def _escalate(unit: Unit, number: int, now: datetime) -> list[Moved]:
    """A case that needs somebody who may act gets one owner, once; the rest waits in the Inbox for anyone."""
    known = cases.by_id(unit, number)
    if known.owner_id is not None or not (known.needs_human or known.level >= FURIOUS):
        return []
    seats = [
        Seat(load.agent, load.open_weight, load.furious_in_a_row, load.assigned_at)
        for load in agents.loads(unit, known.brand)
    ]
    need = Need(
        brand=known.brand,
        language=known.language,
        hazards=_hazards(unit, number),
        furious=known.level >= FURIOUS,
        previous_owner_id=cases.previous_owner(unit, known.brand, known.customer_id),
    )
    choice = choose(seats, need)
    if choice.agent_id is None:
        cases.uncover(unit, number, choice.uncovered)
        return []
    cases.assign(unit, number, choice.agent_id, now, {"why": choice.why.value, "uncovered": choice.uncovered})
    agents.assigned(unit, choice.agent_id, now)
    return [Moved(Event.ESCALATED, known.brand, number, 9)]


def _hazards(unit: Unit, number: int) -> tuple[Hazard, ...]:
    members = cases.mentions(unit, [number])[number]
    read = assessments.of(unit, [each.id for each in members])
    likely = {hazard for each in read.values() for hazard, score in each.reading.hazards.items() if score >= LIKELY}
    return tuple(sorted(likely))
