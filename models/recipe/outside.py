"""The outside data, licence-clean only: XED (CC BY 4.0), GoEmotions (Apache 2.0) and ecosent (MIT)."""

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

UNKNOWN = -1
EMOTIONS = 28
PLUTCHIK = 8
TONES = {"-1": 0, "0": 1, "1": 2}
# Feelings in the order of domain.Feeling: angry, disappointed, worried, sad, joking; None where a set cannot tell.
FEELINGS_OF_EMOTIONS: tuple[frozenset[int] | None, ...] = (
    frozenset({2, 3}),
    frozenset({9}),
    frozenset({14, 19}),
    frozenset({16, 24, 25}),
    None,
)
FEELINGS_OF_PLUTCHIK: tuple[frozenset[int] | None, ...] = (frozenset({1}), None, frozenset({4}), frozenset({6}), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with what its set can tell; -1 and empty tuples mean that it cannot."""

    text: str
    language: str
    emotions: tuple[int, ...] = ()
    plutchik: tuple[int, ...] = ()
    tone: int = UNKNOWN
    feelings: tuple[int, ...] = field(default=(UNKNOWN,) * 5)


def read_outside(folder: Path, seed: int, english: int = 43_000) -> list[Line]:
    """Every usable line, English cut to `english` GoEmotions lines, in an order fixed by `seed`."""
    lines = [*_xed(folder), *_tones(folder), *_emotions(folder, seed, english)]
    random.Random(seed).shuffle(lines)
    return lines


def _many(size: int, chosen: set[int]) -> tuple[int, ...]:
    return tuple(int(number in chosen) for number in range(size))


def _felt(chosen: set[int], table: tuple[frozenset[int] | None, ...]) -> tuple[int, ...]:
    return tuple(UNKNOWN if wanted is None else int(bool(wanted & chosen)) for wanted in table)


def _xed(folder: Path) -> list[Line]:
    lines = []
    for name, language, limit in (
        ("nl-projections", "nl", None),
        ("en-annotated", "en", 2_000),
        ("de-projections", "other", 2_000),
    ):
        rows = (folder / "xed-nl" / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
        random.Random(name).shuffle(rows)
        for row in rows[:limit]:
            text, _, labels = row.rpartition("\t")
            if not labels.replace(",", "").replace(" ", "").isdigit():
                continue
            chosen = {int(label) for label in labels.split(",")}
            lines.append(
                Line(
                    text.strip(),
                    language,
                    plutchik=_many(PLUTCHIK, {label - 1 for label in chosen}),
                    feelings=_felt(chosen, FEELINGS_OF_PLUTCHIK),
                )
            )
    return [line for line in lines if len(line.text) > 3]


def _tones(folder: Path) -> list[Line]:
    with (folder / "ecosent" / "sentences_ml.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Line(row["headline"], "nl", tone=TONES[row["value"]]) for row in rows if row["headline"].strip()]


def _emotions(folder: Path, seed: int, limit: int) -> list[Line]:
    rows = (folder / "goemotions-en" / "train.tsv").read_text(encoding="utf-8").split("\n")
    random.Random(seed).shuffle(rows)
    lines = []
    for row in rows[:limit]:
        if row.count("\t") != 2:
            continue
        text, labels, _ = row.split("\t")
        chosen = {int(label) for label in labels.split(",")}
        lines.append(Line(text, "en", emotions=_many(EMOTIONS, chosen), feelings=_felt(chosen, FEELINGS_OF_EMOTIONS)))
    return lines


def texts_to_count(folder: Path) -> list[str]:
    """Dutch and English text from which the vocabulary is counted: wider than what is trained on."""
    texts = [line.text for line in read_outside(folder, seed=0, english=50_000) if line.language != "other"]
    with (folder / "ecosent" / "sentences_ml.csv").open(encoding="utf-8", newline="") as file:
        texts += [row["headline"] for row in csv.DictReader(file)]
    return texts
