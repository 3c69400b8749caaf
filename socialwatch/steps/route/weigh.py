"""Weigh: how heavy a case is, from what was read in its mentions: how the customer feels, and what is at stake."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from socialwatch.domain import priority, risk
from socialwatch.domain.assessment import Assessment, Reading
from socialwatch.domain.when import local_day
from socialwatch.store.cases import Weight
from socialwatch.store.mentions import Stored

LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """When we weigh, and the soonest day that presses in the customer's orders."""

    from_orders: date | None
    now: datetime


def weigh(theirs: Sequence[Stored], recent: Sequence[Stored], read: Mapping[int, Assessment], moment: Moment) -> Weight:
    """How the customer feels shows in what they wrote since our last word; what is at stake, in all they wrote."""
    felt = [read[each.id].reading for each in recent if each.id in read]
    grounds = _grounds(theirs, read, felt, moment)
    return Weight(
        static=priority.static(grounds, moment.now),
        reasons=priority.priority(grounds, moment.now).reasons,
        frustration=grounds.frustration,
        risk=grounds.risk,
        level=max((each.level for each in felt), default=0),
        needs_human=any(each.answer == 2 or each.needs_human >= LIKELY for each in felt),
    )


def _grounds(
    theirs: Sequence[Stored], read: Mapping[int, Assessment], felt: Sequence[Reading], moment: Moment
) -> priority.Grounds:
    found = list(read.values())
    told = [*(stake.on for each in found for stake in each.stakes), moment.from_orders]
    today = local_day(moment.now)
    coming = (on for on in told if on is not None and on >= today)  # what is past must not hide what is to come
    return priority.Grounds(
        frustration=_most(each.frustration for each in felt),
        distress=_most(each.distress for each in felt),
        risk=_most(_case_risk(each, read[each.id]) for each in theirs if each.id in read),
        needs_human=_most(each.needs_human for each in felt),
        chance=_most(each.chance for each in felt),
        deadline=min(coming, default=None),
        earlier_rejection=any(each.earlier_rejection for each in found),
        grave=any(risk.grave(each.reading.hazards) for each in found),
    )


def _most(scores: Iterable[float]) -> float:
    return max(scores, default=0.0)


def _case_risk(found: Stored, read: Assessment) -> float:
    seen = found.mention
    hours = max(1.0, (found.received_at - seen.created_at).total_seconds() / 3600)
    followers = seen.author.followers if seen.author else None
    return risk.case_risk(read.risk, followers, (seen.metrics.reposts or 0) / hours)
