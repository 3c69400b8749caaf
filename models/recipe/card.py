"""The tables of the model card, written from models/measured.json and from the two labellings."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from models.recipe.examples import read_posts
from models.recipe.labels import CORPUS, table

CARD = CORPUS.parent / "README.md"
# What the project set itself, per row: the figure, and whether more or less is better.
TARGETS: Mapping[str, tuple[float, bool]] = {
    "frustrated, AUC": (0.97, True),
    "frustrated, F1": (0.90, True),
    "frustration, Spearman": (0.85, True),
    "kind, macro-F1": (0.85, True),
    "needs_human, recall at precision 0.9": (0.90, True),
    "hazards, mean average precision": (0.80, True),
    "sarcasm, recall": (0.75, True),
    "idiom, recall": (0.75, True),
    "implicit, recall": (0.75, True),
    "polite, recall": (0.75, True),
    "negpraise, false alarms": (0.08, False),
    "swearpraise, false alarms": (0.08, False),
    "solved, false alarms": (0.08, False),
    "Flemish against Netherlandic": (0.03, False),
    "typos and no capitals against clean": (0.03, False),
    "Facebook-length against X-length": (0.03, False),
    "calibration of needs_human (ECE)": (0.04, False),
    "calibration of frustration (ECE)": (0.04, False),
    "language right, three words and up": (0.95, True),
    "why: top span lowers the score more than a random one": (0.90, True),
}
GRAVEST = ("safety", "discrimination", "privacy", "press")
RECALL = 0.9


def write(measured: Mapping[str, Any]) -> None:
    """Rewrite what stands between the marks of the card."""
    text = CARD.read_text(encoding="utf-8")
    parts = {"learning": read_posts(CORPUS), "frozen test": read_posts(CORPUS / "frozen")}
    text = between(text, "figures", figures(measured))
    text = between(text, "hazards", hazards(measured))
    text = between(text, "checklist", measured["checklist"])
    CARD.write_text(between(text, "agreement", table(parts, CORPUS)), encoding="utf-8")


def figures(measured: Mapping[str, Any]) -> list[str]:
    """One row per figure: what was wanted, the shipped seed with its interval, the other seeds, the baselines."""
    seeds, shipped = measured["seeds"], measured["shipped"]
    others = [seed for seed in seeds if seed != shipped]
    lines = [
        f"| | at least (at most) | shipped, seed {shipped} | {_names(others)} | counted words | pattern.nl | posts |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, row in seeds[shipped]["figures"].items():
        if name.startswith("hazard "):
            continue
        rest = [_number(seeds[seed]["figures"][name]) for seed in others]
        beside = measured["baselines"].get(name, {})
        plain = [f"{beside[key]:.3f}" if key in beside else "-" for key in ("counted", "lexicon")]
        cells = [name, _wanted(name, row), _ranged(row), ", ".join(rest) or "-", *plain, str(row["posts"])]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def hazards(measured: Mapping[str, Any]) -> list[str]:
    """Per hazard the average precision, and the recall that is left at precision 0.7 with what was wanted of it."""
    shipped = measured["seeds"][measured["shipped"]]["figures"]
    lines = ["| hazard | average precision | recall at precision 0.7 | positives |", "|---|---|---|---|"]
    for name, row in shipped.items():
        if name.startswith("hazard "):
            label = name.removeprefix("hazard ").removesuffix(", average precision")
            lines.append(f"| {label} | {_ranged(row)} | {_recalled(label, row)} | {row['posts']} |")
    return lines


def _recalled(hazard: str, row: Mapping[str, Any]) -> str:
    if "value" not in row:
        return "-"
    recall = row["recall at precision 0.7"]
    wanted = f" ({RECALL:g} {'reached' if recall >= RECALL else 'not reached'})" if hazard in GRAVEST else ""
    return f"{recall:.3f}{wanted}"


def _names(seeds: Sequence[str]) -> str:
    return f"seeds {', '.join(seeds)}" if seeds else "other seeds"


def _number(row: Mapping[str, Any]) -> str:
    return f"{row['value']:.3f}" if "value" in row else "not measurable"


def _ranged(row: Mapping[str, Any]) -> str:
    if "AUC" in row:
        return f"{row['value']:.3f} (AUC {row['AUC'][0]:.3f} against {row['AUC'][1]:.3f})"
    return _number(row) + (f" ({row['low']:.3f} to {row['high']:.3f})" if "low" in row else "")


def _wanted(name: str, row: Mapping[str, Any]) -> str:
    if name not in TARGETS:
        return "-"
    bound, more = TARGETS[name]
    reached = "value" in row and (row["value"] >= bound if more else row["value"] <= bound)
    return f"{bound:g} {'reached' if reached else 'not reached'}"


def between(text: str, mark: str, lines: Sequence[str]) -> str:
    """The text with these lines between the two comments of that mark."""
    marks = re.compile(rf"(?<=<!-- {mark} -->\n).*(?=<!-- end of {mark} -->)", re.DOTALL)
    return marks.sub(lambda _: "\n".join(lines) + "\n", text)
