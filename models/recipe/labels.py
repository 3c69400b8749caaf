"""The two independent labellings of every post, one row a post, and how far they agree (Krippendorff's alpha)."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import krippendorff

from models.recipe.examples import read_posts
from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.sentiment.heads import LANGUAGES

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ROUNDS = ("first", "second")
SINGLE = ("kind", "frustration", "distress", "answer", "chance", "behalf", "language")
SEVERAL: Mapping[str, tuple[str, ...]] = {"feelings": tuple(Feeling), "hazards": tuple(Hazard)}
ORDERED = ("frustration", "distress", "answer")
NONE = "-"

Posts = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What one reader said of one post."""

    kind: str
    frustration: int
    distress: int
    feelings: frozenset[str]
    hazards: frozenset[str]
    answer: int
    chance: bool
    behalf: bool
    language: str


def parse(row: str) -> tuple[str, Labels]:
    """`id|kind|frustration|distress|feelings|hazards|answer|chance|behalf|language`; raises ValueError on another."""
    number, kind, frustration, distress, feelings, hazards, answer, chance, behalf, language = row.split("|")
    labels = Labels(
        str(Kind(kind)),
        int(frustration),
        int(distress),
        frozenset(str(Feeling(name)) for name in feelings.split(",") if name != NONE),
        frozenset(str(Hazard(name)) for name in hazards.split(",") if name != NONE),
        int(answer),
        chance == "1",
        behalf == "1",
        LANGUAGES[LANGUAGES.index(language)],
    )
    return number, labels


def row_of(number: str, labels: Labels) -> str:
    """The same, written."""
    several = [",".join(name for name in SEVERAL[field] if name in getattr(labels, field)) for field in SEVERAL]
    feelings, hazards = (names or NONE for names in several)
    parts = (
        number,
        labels.kind,
        labels.frustration,
        labels.distress,
        feelings,
        hazards,
        labels.answer,
        int(labels.chance),
        int(labels.behalf),
        labels.language,
    )
    return "|".join(str(part) for part in parts)


def of_post(post: Mapping[str, Any]) -> Labels:
    """The settled labels, as they stand in the corpus."""
    single: dict[str, Any] = {field: post[field] for field in SINGLE}
    return Labels(**single, feelings=frozenset(post["feelings"]), hazards=frozenset(post["hazards"]))


def read_round(corpus: Path, name: str) -> dict[str, Labels]:
    """One labelling, by the id of the post."""
    rows = (corpus / "labels" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return dict(parse(row) for row in rows if row)


def alpha(pairs: Sequence[tuple[Any, Any]], ordered: bool) -> float:
    """Krippendorff's alpha of two readers: 1 is agreement, 0 is chance; nan when everybody always said the same."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return float("nan")
    place = {value: number for number, value in enumerate(values)}
    data = [[place[pair[reader]] for pair in pairs] for reader in (0, 1)]
    if ordered:
        return float(krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal"))
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def agreement(first: Mapping[str, Labels], second: Mapping[str, Labels], numbers: Sequence[str]) -> dict[str, float]:
    """Alpha per label over these posts; for feelings and hazards per name."""
    pairs = [(first[number], second[number]) for number in numbers]
    found = {
        field: alpha([(getattr(a, field), getattr(b, field)) for a, b in pairs], field in ORDERED) for field in SINGLE
    }
    for field, names in SEVERAL.items():
        for name in names:
            found[name] = alpha([(name in getattr(a, field), name in getattr(b, field)) for a, b in pairs], False)
    return found


def table(parts: Mapping[str, Posts], corpus: Path) -> list[str]:
    """The published table: alpha per label and part, and in how many posts something had to be settled."""
    first, second = (read_round(corpus, name) for name in ROUNDS)
    columns = {part: agreement(first, second, [post["id"] for post in posts]) for part, posts in parts.items()}
    lines = [f"| alpha | {' | '.join(parts)} |", "|---|" + "---|" * len(parts)]
    for field in next(iter(columns.values())):
        lines.append(f"| {field} | {' | '.join(f'{columns[part][field]:.2f}' for part in parts)} |")
    counts = {part: sum(first[post["id"]] != second[post["id"]] for post in posts) for part, posts in parts.items()}
    shares = [f"{counts[part]} of {len(posts)}" for part, posts in parts.items()]
    return [*lines, f"| posts with any difference | {' | '.join(shares)} |"]


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    parts = {"learning": read_posts(CORPUS), "frozen test": read_posts(CORPUS / "frozen")}
    print("\n".join(table(parts, CORPUS)))


if __name__ == "__main__":
    main()
