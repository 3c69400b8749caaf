"""From the chances of each head to one Reading."""

from collections.abc import Mapping, Sequence

from socialwatch.domain.assessment import Feeling, Hazard, Kind, Reading
from socialwatch.sentiment.heads import LANGUAGES

DIMENSIONS = 384
# How far the kind may be trusted per language: the model learnt on Dutch and knows English by kinship only.
TRUST = {"nl": 1.0, "nl-BE": 1.0, "en": 0.7, "other": 0.4}
DIGITS = 4

Chances = Mapping[str, Sequence[float]]


def reading_of(chances: Chances, embedding: bytes, model: str, sound: bool = True) -> Reading:
    """`chances` holds per head the probabilities in the order of its labels; an unsound row (NaN) has no confidence."""
    steps = falling(chances["frustration"])
    kind = _highest(chances["kind"])
    trust = sum(chance * TRUST[code] for code, chance in zip(LANGUAGES, chances["language"], strict=True))
    return Reading(
        kind=list(Kind)[kind],
        frustration=rounded(sum(steps) / len(steps)),
        level=sum(step >= 0.5 for step in steps),
        distress=rounded(sum(falling(chances["distress"])) / 2),
        feelings={feeling: rounded(chance) for feeling, chance in zip(Feeling, chances["feelings"], strict=True)},
        hazards={hazard: rounded(chance) for hazard, chance in zip(Hazard, chances["hazards"], strict=True)},
        answer=_highest(chances["answer"]),
        needs_human=rounded(chances["answer"][2]),
        chance=rounded(chances["chance"][0]),
        confidence=rounded(chances["kind"][kind] * trust) if sound else 0.0,
        language=LANGUAGES[_highest(chances["language"])],
        embedding=embedding,
        model=model,
    )


def blank(model: str, by_rules: tuple[str, ...] = ()) -> Reading:
    """What can be said of a text without a single readable sign."""
    return Reading(
        kind=Kind.OTHER,
        frustration=0.0,
        level=0,
        distress=0.0,
        feelings=dict.fromkeys(Feeling, 0.0),
        hazards=dict.fromkeys(Hazard, 0.0),
        answer=0,
        needs_human=0.0,
        chance=0.0,
        confidence=0.0,
        language="other",
        embedding=bytes(DIMENSIONS),
        model=model,
        by_rules=by_rules,
    )


def falling(steps: Sequence[float]) -> list[float]:
    """The chance of "at least 3" can never be above that of "at least 2"."""
    lowest, kept = 1.0, []
    for step in steps:
        lowest = min(lowest, step)
        kept.append(lowest)
    return kept


def _highest(chances: Sequence[float]) -> int:
    return max(range(len(chances)), key=lambda place: chances[place])


def rounded(chance: float) -> float:
    return round(min(1.0, max(0.0, chance)), DIGITS)
