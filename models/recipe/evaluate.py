"""Measure a packed model on the frozen test: python -m models.recipe.evaluate DATA [--model FOLDER] [--write].

`--write` keeps the figures under the seed of that model in models/measured.json and rewrites the tables of the card.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.recipe import card, checklist
from models.recipe.baselines import counted, displeasure, read_lexicon
from models.recipe.examples import is_development, read_posts
from models.recipe.faithful import faithfulness
from models.recipe.measures import (
    Measure,
    Scores,
    Truth,
    auc,
    calibration_gap,
    f1_frustrated,
    f1_of_kinds,
    interval,
    precision_area,
    rank,
    recall_at,
    same,
)
from models.recipe.slices import alarms, contrasts, recalls
from socialwatch.domain.assessment import Hazard, Reading
from socialwatch.sentiment.transformer import connect

HERE = Path(__file__).resolve().parents[1]
CORPUS = HERE / "corpus"
MEASURED = HERE / "measured.json"
FEWEST_POSITIVES = 40

Posts = Sequence[Mapping[str, Any]]
Figures = dict[str, dict[str, Any]]


def main() -> None:
    """Print every figure as JSON; `--write` keeps them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with pattern-nl, for the lexicon beside it")
    parser.add_argument("--model", type=Path, default=HERE / "dutch")
    parser.add_argument("--part", choices=("frozen", "development"), default="frozen")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    learnt, held = parts(wanted.part)
    assessor = connect({"path": wanted.model})
    readings = assessor.read([post["text"] for post in held])
    found = figures(held, readings)
    if wanted.write:
        found["why: top span lowers the score more than a random one"] = faithfulness(assessor, held)
        keep(wanted.model, found, beside(learnt, held, wanted.data), checklist.table(assessor))
    print(json.dumps(found, indent=1, ensure_ascii=False))


def parts(name: str) -> tuple[Posts, Posts]:
    """What was learnt from, and what is measured on: the frozen test, or the fixed 15 % held back for choosing."""
    posts = read_posts(CORPUS)
    learnt = [post for post in posts if not is_development(post["id"])]
    held = read_posts(CORPUS / "frozen") if name == "frozen" else [post for post in posts if is_development(post["id"])]
    return learnt, held


def figures(held: Posts, readings: Sequence[Reading]) -> Figures:
    """Every figure of the report: value, interval where it makes sense, and how many posts it rests on."""
    levels = np.array([post["frustration"] for post in held])
    scores = np.array([reading.frustration for reading in readings])
    read = np.array([reading.level for reading in readings])
    human = np.array([post["answer"] == 2 for post in held])
    needs = np.array([reading.needs_human for reading in readings])
    kinds = np.array([post["kind"] for post in held])
    spoken = np.array([len(post["text"].split()) >= 3 for post in held])
    languages = np.array([post["language"] for post in held])[spoken]
    heard = np.array([reading.language for reading in readings])[spoken]
    return {
        "frustrated, AUC": figure(levels >= 2, scores, auc),
        "frustrated, F1": figure(levels, read, f1_frustrated),
        "frustration, Spearman": figure(levels, scores, rank),
        "level exactly right": figure(levels, read, same),
        "kind, macro-F1": figure(kinds, np.array([reading.kind.value for reading in readings]), f1_of_kinds),
        "needs_human, AUC": figure(human, needs, auc),
        "needs_human, recall at precision 0.9": figure(human, needs, recall_at(0.9)),
        **_hazards(held, readings),
        **recalls(held, read),
        **alarms(held, read),
        **contrasts(held, scores, read),
        "calibration of needs_human (ECE)": figure(human, needs, calibration_gap),
        "calibration of frustration (ECE)": figure(levels / 3, scores, calibration_gap),
        "language right, three words and up": figure(languages, heard, same),
    }


def figure(truth: Truth, scores: Scores, measure: Measure) -> dict[str, Any]:
    """One measure with its interval."""
    low, high = interval(truth, scores, measure)
    return {"value": measure(truth, scores), "low": low, "high": high, "posts": len(truth)}


def _hazards(held: Posts, readings: Sequence[Reading]) -> Figures:
    """Average precision per hazard and over all; recall at precision 0.7. Too few positives: not measurable."""
    found: Figures = {}
    for hazard in Hazard:
        truth = np.array([hazard.value in post["hazards"] for post in held])
        scores = np.array([reading.hazards[hazard] for reading in readings])
        row: dict[str, Any] = {"posts": int(truth.sum())}
        if truth.sum() >= FEWEST_POSITIVES:
            row |= figure(truth, scores, precision_area) | {"posts": int(truth.sum())}
            row["recall at precision 0.7"] = recall_at(0.7)(truth, scores)
        found[f"hazard {hazard.value}, average precision"] = row
    values = [row["value"] for row in found.values() if "value" in row]
    found["hazards, mean average precision"] = {"value": float(np.mean(values)), "posts": len(held)}
    return found


def beside(learnt: Posts, held: Posts, data: Path) -> Figures:
    """The same figures of the two baselines, where they can give one."""
    texts = [post["text"] for post in held]
    levels = np.array([post["frustration"] for post in held])
    human = np.array([post["answer"] == 2 for post in held])
    plain = counted(
        learnt,
        held,
        {
            "frustrated": [post["frustration"] >= 2 for post in learnt],
            "kind": [post["kind"] for post in learnt],
            "needs": [post["answer"] == 2 for post in learnt],
            **{hazard: [hazard.value in post["hazards"] for post in learnt] for hazard in Hazard},
        },
    )
    frustrated, kinds, needs = plain["frustrated"], plain["kind"], plain["needs"]
    lexicon = displeasure(read_lexicon(data), texts)
    areas = [
        precision_area(np.array([hazard.value in post["hazards"] for post in held]), plain[hazard]) for hazard in Hazard
    ]
    return {
        "frustrated, AUC": {"counted": auc(levels >= 2, frustrated), "lexicon": auc(levels >= 2, lexicon)},
        "frustrated, F1": {
            "counted": f1_frustrated(levels, np.where(frustrated > 0.5, 2, 0)),
            "lexicon": f1_frustrated(levels, np.where(lexicon > 0, 2, 0)),
        },
        "frustration, Spearman": {"counted": rank(levels, frustrated), "lexicon": rank(levels, lexicon)},
        "kind, macro-F1": {"counted": f1_of_kinds(np.array([post["kind"] for post in held]), kinds)},
        "needs_human, AUC": {"counted": auc(human, needs), "lexicon": auc(human, lexicon)},
        "needs_human, recall at precision 0.9": {
            "counted": recall_at(0.9)(human, needs),
            "lexicon": recall_at(0.9)(human, lexicon),
        },
        "hazards, mean average precision": {"counted": float(np.mean(areas))},
    }


def keep(model: Path, found: Figures, baselines: Figures, pairs: Sequence[str]) -> None:
    """Under the seed of this model, beside what was measured for the others; then the card."""
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    measured = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {"seeds": {}}
    measured["baselines"] = baselines
    measured["seeds"][str(config["seed"])] = {"model": config["model"], "figures": found}
    if model == HERE / "dutch":
        measured |= {"shipped": str(config["seed"]), "checklist": list(pairs)}
    MEASURED.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if "shipped" in measured:
        card.write(measured)


if __name__ == "__main__":
    main()
