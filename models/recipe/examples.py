"""An example: one text with every target the trainer knows, -1 where its source cannot tell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.recipe.outside import EMOTIONS, PLUTCHIK, UNKNOWN, Line
from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.sentiment.heads import LANGUAGES

DEVELOPMENT_SHARE = 0.15
# Sigmoid targets in this order; the first five groups are the heads we ship, the last two only help stage one.
GROUPS = {
    "frustration": 3,
    "distress": 2,
    "feelings": 5,
    "hazards": 11,
    "chance": 1,
    "emotions": EMOTIONS,
    "plutchik": PLUTCHIK,
}
CHOICES = {"kind": 8, "answer": 3, "language": 4, "tone": 3}


@dataclass(frozen=True, slots=True)
class Example:
    """`each` holds the sigmoid targets per group, `one_of` a distribution over the classes; -1 is unknown."""

    text: str
    each: Mapping[str, tuple[float, ...]]
    one_of: Mapping[str, tuple[float, ...]]


def from_line(line: Line) -> Example:
    """An outside sentence: it knows its language, feelings or tone, and nothing of complaints."""
    each = {"feelings": line.feelings, "emotions": line.emotions, "plutchik": line.plutchik}
    known = {"language": LANGUAGES.index(line.language), "tone": line.tone}
    return Example(
        line.text,
        {name: tuple(each.get(name, ())) or (UNKNOWN,) * size for name, size in GROUPS.items()},
        {name: _one(known.get(name, UNKNOWN), size) for name, size in CHOICES.items()},
    )


def from_post(post: Mapping[str, Any], readers: Sequence[Mapping[str, Any]] = ()) -> Example:
    """A post of our own: the mean of its settled labels and of what its readers said, so that a doubt stays one."""
    seen = [_targets(labels) for labels in (post, *readers)]
    mean = {
        name: tuple(sum(values) / len(seen) for values in zip(*(one[name] for one in seen), strict=True))
        for name in seen[0]
    }
    return Example(
        post["text"],
        {name: mean.get(name, (UNKNOWN,) * size) for name, size in GROUPS.items()},
        {name: mean.get(name, (UNKNOWN,) * size) for name, size in CHOICES.items()},
    )


def _targets(labels: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    feelings, hazards = set(labels["feelings"]), set(labels["hazards"])
    return {
        "frustration": tuple(float(labels["frustration"] >= level) for level in (1, 2, 3)),
        "distress": tuple(float(labels["distress"] >= level) for level in (1, 2)),
        "feelings": tuple(float(feeling.value in feelings) for feeling in Feeling),
        "hazards": tuple(float(hazard.value in hazards) for hazard in Hazard),
        "chance": (float(labels["chance"]),),
        "kind": _one(list(Kind).index(Kind(labels["kind"])), len(Kind)),
        "answer": _one(labels["answer"], 3),
        "language": _one(LANGUAGES.index(labels["language"]), len(LANGUAGES)),
    }


def _one(place: int, size: int) -> tuple[float, ...]:
    return (float(UNKNOWN),) * size if place == UNKNOWN else tuple(float(number == place) for number in range(size))


def read_posts(corpus: Path) -> list[dict[str, Any]]:
    """The corpus as it stands in the files of this folder, file by file."""
    files = sorted(corpus.glob("*.jsonl"))
    return [json.loads(row) for file in files for row in file.read_text(encoding="utf-8").split("\n") if row]


def is_development(identity: str) -> bool:
    """A fixed 15 % by the hash of the id, so that the split never depends on the order of the file."""
    return int(sha256(identity.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < DEVELOPMENT_SHARE
