"""The checklist: minimal pairs that must differ, and pairs that must not because only the writer does."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from socialwatch.domain.assessment import Assessor, Hazard, Reading

PAIRS = Path(__file__).resolve().parents[2] / "tests" / "model" / "checklist.jsonl"
# How far the frustration may move when only a name, a brand, a gender, a place or a dialect does.
ROOM = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and what must hold: "same", "above", "hazard:NAME" or "kind:A:B"."""

    id: str
    group: str
    want: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it held, and how far the frustration of the first stands above that of the second."""

    pair: Pair
    holds: bool
    shift: float


@dataclass(frozen=True, slots=True)
class Tally:
    """One group: how many held; for invariances also the mean shift and the largest either way."""

    held: int
    pairs: int
    mean: float
    largest: float


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Every pair of the file."""
    return [Pair(**json.loads(row)) for row in path.read_text(encoding="utf-8").split("\n") if row]


def outcomes(assessor: Assessor, pairs: Sequence[Pair]) -> list[Outcome]:
    """What the model makes of them."""
    firsts = assessor.read([pair.first for pair in pairs])
    seconds = assessor.read([pair.second for pair in pairs])
    return [
        Outcome(pair, _holds(pair.want, first, second), first.frustration - second.frustration)
        for pair, first, second in zip(pairs, firsts, seconds, strict=True)
    ]


def tallies(found: Iterable[Outcome]) -> dict[str, Tally]:
    """Per group, in the order of the file."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in found:
        groups.setdefault(outcome.pair.group, []).append(outcome)
    return {
        group: Tally(
            held=sum(outcome.holds for outcome in rows),
            pairs=len(rows),
            mean=sum(outcome.shift for outcome in rows) / len(rows),
            largest=max(abs(outcome.shift) for outcome in rows),
        )
        for group, rows in groups.items()
    }


def invariant(pairs: Sequence[Pair]) -> set[str]:
    """The groups in which the two texts must be read alike."""
    return {pair.group for pair in pairs if pair.want == "same"}


def table(assessor: Assessor) -> list[str]:
    """The published table."""
    pairs = read_pairs()
    alike = invariant(pairs)
    lines = ["| group | what must hold | held | mean shift | largest shift |", "|---|---|---|---|---|"]
    for group, tally in tallies(outcomes(assessor, pairs)).items():
        shifts = f"{tally.mean:+.3f} | {tally.largest:.2f}" if group in alike else "- | -"
        rule = f"alike within {ROOM}" if group in alike else "differ as they should"
        lines.append(f"| {group} | {rule} | {tally.held} of {tally.pairs} | {shifts} |")
    return lines


def _holds(want: str, first: Reading, second: Reading) -> bool:
    rule, *names = want.split(":")
    if rule == "same":
        return abs(first.frustration - second.frustration) <= ROOM
    if rule == "above":
        return first.frustration > second.frustration
    if rule == "hazard":
        return first.hazards[Hazard(names[0])] > second.hazards[Hazard(names[0])]
    return [first.kind, second.kind] == names
