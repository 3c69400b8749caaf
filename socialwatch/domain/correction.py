"""A correction: an agent reads something else in a case than the model did (*jouw inschatting*), and that holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CALMEST, HIGHEST = 0, 3


class What(StrEnum):
    """What the agent says of the first impression; the word tells where the truth lies."""

    LOWER = "lower"
    HIGHER = "higher"
    NO_COMPLAINT = "no_complaint"
    WRONG_CUSTOMER = "wrong_customer"


@dataclass(frozen=True, slots=True)
class Felt:
    """How frustrated a customer seems: `level` 0..3 and `frustration` 0..1."""

    level: int
    frustration: float


@dataclass(frozen=True, slots=True)
class Judged:
    """The level 0..3 that an agent read, which level the model had read then, and when it was said."""

    level: int
    was: int
    at: datetime


def level(what: What, was: int) -> int | None:
    """The level that an agent means who finds `was` wrong; None when they say nothing about the frustration."""
    match what:
        case What.LOWER:
            return max(CALMEST, was - 1)
        case What.HIGHER:
            return min(HIGHEST, was + 1)
        case What.NO_COMPLAINT:
            return CALMEST
    return None


def felt(judged: int) -> Felt:
    """The middle of a level, as the model's own scale has it."""
    return Felt(judged, judged / HIGHEST)


def held(judged: Judged | None, model: Felt, answered: datetime | None) -> Felt:
    """What holds: the agent's word above the model's, until we answered and the customer writes anew, or until they
    write something the model finds worse than what the agent waved aside.
    """
    if judged is None or (answered is not None and answered > judged.at):
        return model
    worse = judged.level < judged.was < model.level
    return model if worse or judged.level == model.level else felt(judged.level)
