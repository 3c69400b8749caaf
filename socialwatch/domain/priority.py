"""Priority: why a case stands where it stands in the Inbox (*Waarom hier*).

The score has two parts, so that the store can keep one and never has to rewrite it while time passes:

    static(grounds, now)        stored with the case; renewed when a ground changes or a deadline comes a day nearer
    PER_HOUR * hours waiting    added when reading

so `ORDER BY static - PER_HOUR * epoch_hours(waiting_since) DESC` (= `rank`) is the order of the Inbox at every
moment, and an index can hold it. A grave case carries LIFT in its static part: more than a year of waiting, so that
nothing that merely waits passes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from socialwatch.domain.when import local_day

PER_HOUR = 1.25  # a mild question passes a fresh medium complaint within a day
LIFT = 20_000.0
_GRAVE_FROM, _HIGHEST = 90.0, 100.0

_FRUSTRATION, _DISTRESS, _RISK, _NEEDS_HUMAN, _REJECTION, _CHANCE = 32.0, 12.0, 24.0, 8.0, 6.0, 3.0
_DEADLINE_STEPS = ((0, 12.0), (1, 10.0), (2, 8.0), (4, 5.0), (7, 3.0), (14, 1.0))  # days left → points
_WORTH_TELLING = 0.75


class Ground(StrEnum):
    GRAVE = "grave"
    FRUSTRATION = "frustration"
    DISTRESS = "distress"
    RISK = "risk"
    DEADLINE = "deadline"
    EARLIER_REJECTION = "earlier_rejection"
    NEEDS_HUMAN = "needs_human"
    CHANCE = "chance"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the place of a case rests on. Scores 0..1; `risk` includes reach and speed (risk.case_risk); `deadline` is
    the soonest stake; `waiting_since` is None while we are not due; `grave` as in risk.grave.
    """

    frustration: float = 0.0
    distress: float = 0.0
    risk: float = 0.0
    needs_human: float = 0.0
    chance: float = 0.0
    deadline: date | None = None
    earlier_rejection: bool = False
    grave: bool = False
    waiting_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground with its weight in `points` and the `figure` to show: the score 0..1, hours waited, or days left; 1
    for yes.
    """

    ground: Ground
    points: float
    figure: float


@dataclass(frozen=True, slots=True)
class Priority:
    """`score` 0..100 and its reasons, heaviest first."""

    score: float
    reasons: tuple[Reason, ...]


def priority(grounds: Grounds, now: datetime) -> Priority:
    """The place of a case now, with its reasons. Below a minimal weight a ground goes unmentioned; grave always comes
    first.
    """
    hours = waited(grounds.waiting_since, now)
    reasons = [*_reasons(grounds, now), Reason(Ground.WAITING, PER_HOUR * hours, hours)]
    reasons = sorted(
        (reason for reason in reasons if reason.points >= _WORTH_TELLING), key=lambda reason: -reason.points
    )
    if grounds.grave:
        reasons.insert(0, Reason(Ground.GRAVE, _GRAVE_FROM, 1.0))
    return Priority(shown(static(grounds, now), hours), tuple(reasons))


def static(grounds: Grounds, now: datetime) -> float:
    """The stored part: all grounds but the waiting. 0..97, plus LIFT when grave."""
    return sum(reason.points for reason in _reasons(grounds, now)) + (LIFT if grounds.grave else 0.0)


def otherwise(stored: float, model: float, felt: float) -> float:
    """The stored part when somebody reads a frustration `felt` where the model read `model`, both 0..1."""
    return stored + _FRUSTRATION * (felt - model)


def frustrated(frustration: float) -> Reason:
    """How frustration weighs as a reason of its own."""
    return Reason(Ground.FRUSTRATION, _FRUSTRATION * frustration, frustration)


def shown(stored: float, hours: float) -> float:
    """The score 0..100 on screen of a stored static part after so many hours; 90 and above is kept for grave cases."""
    points = max(0.0, stored % LIFT + PER_HOUR * hours)
    if stored >= LIFT:
        return min(_HIGHEST, _GRAVE_FROM + points / 10)
    return min(_GRAVE_FROM - 0.1, points)


def rank(stored: float, waiting_since: datetime | None) -> float:
    """One number that orders cases for ever: the higher the sooner. A case that is not waiting sinks below all that
    do.
    """
    if waiting_since is None:
        return stored - 2 * LIFT - PER_HOUR * _FAR_HOURS
    return stored - PER_HOUR * waiting_since.timestamp() / 3600


def waited(since: datetime | None, now: datetime) -> float:
    """Hours from `since` until `now`; 0 when nobody waits."""
    return 0.0 if since is None else max(0.0, (now - since).total_seconds() / 3600)


_FAR_HOURS = 1_000_000.0  # beyond the year 2080


def _reasons(grounds: Grounds, now: datetime) -> Sequence[Reason]:
    scores = (
        (Ground.FRUSTRATION, _FRUSTRATION, grounds.frustration),
        (Ground.DISTRESS, _DISTRESS, grounds.distress),
        (Ground.RISK, _RISK, grounds.risk),
        (Ground.NEEDS_HUMAN, _NEEDS_HUMAN, grounds.needs_human),
        (Ground.CHANCE, _CHANCE, grounds.chance),
        (Ground.EARLIER_REJECTION, _REJECTION, float(grounds.earlier_rejection)),
    )
    reasons = [Reason(ground, weight * min(1.0, max(0.0, score)), score) for ground, weight, score in scores]
    if grounds.deadline is not None:
        left = (grounds.deadline - local_day(now)).days
        reasons.append(Reason(Ground.DEADLINE, _nearness(left), float(left)))
    return reasons


def _nearness(days_left: int) -> float:
    """The nearer the heavier; what is past presses no more."""
    if days_left < 0:
        return 0.0
    return next((points for within, points in _DEADLINE_STEPS if days_left <= within), 0.0)
