"""Risk: how much harm a mention can do, from its hazards, its reach and its speed."""

from collections.abc import Mapping
from math import isfinite, log2, log10

from socialwatch.domain.assessment import Hazard

# How grave a certain hazard is. An insult hurts us, not the customer: it raises nothing.
WEIGHTS: Mapping[Hazard, float] = {
    Hazard.SAFETY: 1.0,
    Hazard.PRIVACY: 0.9,
    Hazard.DISCRIMINATION: 0.9,
    Hazard.PRESS: 0.85,
    Hazard.FRAUD_VICTIM: 0.8,
    Hazard.VULNERABLE: 0.75,
    Hazard.LEGAL: 0.7,
    Hazard.MEDIA_THREAT: 0.7,
    Hazard.CONDUCT: 0.6,
    Hazard.CHURN: 0.35,
    Hazard.STAFF_ABUSE: 0.0,
}
LIKELY = 0.5
FLOORS: Mapping[Hazard, float] = {Hazard.SAFETY: 0.8, Hazard.PRIVACY: 0.7, Hazard.DISCRIMINATION: 0.7}

# An assumption, to be replaced by the brand's own median once it has one; the score is flat below it.
MEDIAN_FOLLOWERS = 300
_REACH_AT_MOST, _SPEED_AT_MOST = 0.3, 0.5


def hazard_risk(hazards: Mapping[Hazard, float]) -> float:
    """The gravest hazard, 0..1: probability times weight, with a floor for safety, privacy and discrimination once
    likely.
    """
    return max((_one(hazard, probability) for hazard, probability in hazards.items()), default=0.0)


def grave(hazards: Mapping[Hazard, float]) -> bool:
    """Whether somebody's safety is likely at stake: such a case is never passed by one that merely waits longer."""
    return hazards.get(Hazard.SAFETY, 0.0) >= LIKELY


def case_risk(hazard: float, followers: int | None, reposts_per_hour: float) -> float:
    """The risk of a case, 0..1, never below its hazard risk: reach above the median and speed take away part of the
    distance to 1, and more of it the graver the hazard. Unknown reach counts as the median.
    """
    hazard = _unit(hazard)
    raised = 1 - (1 - _REACH_AT_MOST * _reach(followers)) * (1 - _SPEED_AT_MOST * _speed(reposts_per_hour))
    return hazard + (1 - hazard) * raised * (0.25 + 0.75 * hazard)


def _one(hazard: Hazard, probability: float) -> float:
    probability = _unit(probability)
    floor = FLOORS.get(hazard, 0.0) if probability >= LIKELY else 0.0
    return max(floor, probability * WEIGHTS[hazard])


def _reach(followers: int | None) -> float:
    """0 up to the median, 1 from ten thousand times the median."""
    if followers is None or followers <= MEDIAN_FOLLOWERS:
        return 0.0
    return min(1.0, log10(followers / MEDIAN_FOLLOWERS) / 4)


def _speed(reposts_per_hour: float) -> float:
    """0 when nobody passes it on, 1 from a hundred reposts an hour."""
    if not isfinite(reposts_per_hour) or reposts_per_hour <= 0:
        return 0.0
    return min(1.0, log2(1 + reposts_per_hour) / log2(101))


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value)) if isfinite(value) else 0.0
