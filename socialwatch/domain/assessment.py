"""An assessment (eerste indruk): what the model and the rules read in a mention; the judgement is the agent's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    COMPLAINT = "complaint"
    QUESTION = "question"
    REQUEST = "request"
    REPORT = "report"
    THANKS = "thanks"
    PRAISE = "praise"
    OTHER = "other"
    SPAM = "spam"


class Feeling(StrEnum):
    ANGRY = "angry"
    DISAPPOINTED = "disappointed"
    WORRIED = "worried"
    SAD = "sad"
    JOKING = "joking"


class Hazard(StrEnum):
    SAFETY = "safety"
    VULNERABLE = "vulnerable"
    DISCRIMINATION = "discrimination"
    PRIVACY = "privacy"
    PRESS = "press"
    MEDIA_THREAT = "media_threat"
    LEGAL = "legal"
    FRAUD_VICTIM = "fraud_victim"
    CONDUCT = "conduct"
    CHURN = "churn"
    STAFF_ABUSE = "staff_abuse"


NEEDS_CASE = frozenset({Kind.COMPLAINT, Kind.QUESTION, Kind.REQUEST, Kind.REPORT})


@dataclass(frozen=True, slots=True)
class Stake:
    """Something that gives the matter a deadline: *verjaardag*, *bruiloft*, ... `source` is "text" or "order"."""

    what: str
    on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A checkable detail in the customer's own words: `kind` is order_number, tracking_code, email, phone, date,
    amount, product, duration, count, rejection or behalf; `value` is normalised, `text` as written, `start`/`end` its
    place in characters.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text. All scores are probabilities or expectations in 0..1; `level` is 0..3. `by_rules`
    names the fields that rules filled in because the model cannot tell them; empty when the model said everything.
    """

    kind: Kind
    frustration: float
    level: int
    distress: float
    feelings: Mapping[Feeling, float]
    hazards: Mapping[Hazard, float]
    answer: int
    needs_human: float
    chance: float
    confidence: float
    language: str
    embedding: bytes
    model: str
    by_rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """One reading together with what the rules found in the same text. `risk` here is the hazard part alone, 0..1."""

    reading: Reading
    risk: float
    stakes: tuple[Stake, ...] = ()
    facts: tuple[Fact, ...] = ()
    behalf: str | None = None
    earlier_rejection: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text (`start`..`end` in characters) that drove the frustration; `weight` is how far the score
    falls without it.
    """

    start: int
    end: int
    weight: float
    text: str = field(default="")


class Assessor(Protocol):
    """A model that reads Dutch posts."""

    model: str

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in the same order; any number of texts, batched and sorted by length inside.

        Raises Refused naming no text when a text cannot be read, Unavailable when the model is not there now.
        """
        ...

    def why(self, text: str) -> list[Span]:
        """The stretches that drove the frustration of one text, gravest first, by occlusion."""
        ...
