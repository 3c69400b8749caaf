"""An example: one text with every target the trainer knows, -1 where its source cannot tell."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """`each` holds the sigmoid targets per group, `one_of` the class numbers."""

    text: str
    each: Mapping[str, tuple[int, ...]]
    one_of: Mapping[str, int]


def from_line(line: Line) -> Example:
    """An outside sentence: it knows its language, feelings or tone, and nothing of complaints."""
    each = {"feelings": line.feelings, "emotions": line.emotions, "plutchik": line.plutchik}
    return Example(
        line.text,
        {name: tuple(each.get(name, ())) or (UNKNOWN,) * size for name, size in GROUPS.items()},
        {"kind": UNKNOWN, "answer": UNKNOWN, "language": LANGUAGES.index(line.language), "tone": line.tone},
    )


def from_post(post: Mapping[str, Any]) -> Example:
    """A post of our own corpus: it knows everything but the outside sets' own labels."""
    feelings, hazards = set(post["feelings"]), set(post["hazards"])
    each = {
        "frustration": tuple(int(post["frustration"] >= level) for level in (1, 2, 3)),
        "distress": tuple(int(post["distress"] >= level) for level in (1, 2)),
        "feelings": tuple(int(feeling.value in feelings) for feeling in Feeling),
        "hazards": tuple(int(hazard.value in hazards) for hazard in Hazard),
        "chance": (int(post["chance"]),),
    }
    return Example(
        post["text"],
        {name: each.get(name, (UNKNOWN,) * size) for name, size in GROUPS.items()},
        {
            "kind": list(Kind).index(Kind(post["kind"])),
            "answer": post["answer"],
            "language": LANGUAGES.index(post["language"]),
            "tone": UNKNOWN,
        },
    )


def read_posts(corpus: Path) -> list[dict[str, Any]]:
    """The corpus as it stands in the files of this folder, file by file."""
    files = sorted(corpus.glob("*.jsonl"))
    return [json.loads(row) for file in files for row in file.read_text(encoding="utf-8").split("\n") if row]


def is_development(identity: str) -> bool:
    """A fixed 15 % by the hash of the id, so that the split never depends on the order of the file."""
    return int(sha256(identity.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < DEVELOPMENT_SHARE


def is_rare(post: Mapping[str, Any]) -> bool:
    """Of these there are so few that they are shown twice a round."""
    return bool(post["hazards"]) or post["kind"] in ("request", "report", "thanks", "spam") or post["language"] != "nl"


def roughen(example: Example, chance: random.Random) -> Example:
    """The same post typed by somebody else: no capitals, no full stop, a slip of the finger, without its handle."""
    text = example.text
    if chance.random() < 0.25:
        text = text.lower()
    if chance.random() < 0.2:
        text = text.rstrip(".!")
    if chance.random() < 0.25:
        text = " ".join(word for word in text.split(" ") if not word.startswith("@")) or text
    if chance.random() < 0.2:
        text = _slip(text, chance)
    if chance.random() < 0.05:
        text = text.upper()
    return replace(example, text=text)


def _slip(text: str, chance: random.Random) -> str:
    """Two neighbouring letters swapped, or one left out, somewhere inside a word."""
    spots = [at for at in range(1, len(text) - 2) if text[at : at + 2].isalpha()]
    if not spots:
        return text
    at = chance.choice(spots)
    if chance.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :]
