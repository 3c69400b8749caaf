"""The heads: what the one output row of the model holds; the recipe trains and the socket reads by this list."""

from dataclasses import dataclass

from socialwatch.domain.assessment import Feeling, Hazard, Kind

LANGUAGES = ("nl", "nl-BE", "en", "other")
ONE_OF, EACH = "one_of", "each"


@dataclass(frozen=True, slots=True)
class Head:
    """One question to the text. `shape` is ONE_OF (softmax: one label holds) or EACH (sigmoid: each by itself)."""

    name: str
    shape: str
    labels: tuple[str, ...]


# "1+", "2+", "3+" are the chances that the level is at least that: an ordinal scale, not three subjects.
HEADS = (
    Head("kind", ONE_OF, tuple(kind.value for kind in Kind)),
    Head("frustration", EACH, ("1+", "2+", "3+")),
    Head("distress", EACH, ("1+", "2+")),
    Head("feelings", EACH, tuple(feeling.value for feeling in Feeling)),
    Head("hazards", EACH, tuple(hazard.value for hazard in Hazard)),
    Head("answer", ONE_OF, ("0", "1", "2")),
    Head("chance", EACH, ("chance",)),
    Head("language", ONE_OF, LANGUAGES),
)
WIDTH = sum(len(head.labels) for head in HEADS)


def places() -> dict[str, slice]:
    """Where each head stands in the output row."""
    found, at = {}, 0
    for head in HEADS:
        found[head.name] = slice(at, at + len(head.labels))
        at += len(head.labels)
    return found
