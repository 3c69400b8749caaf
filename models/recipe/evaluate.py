"""Measure the shipped model on the development part: python -m models.recipe.evaluate, with --write into the card."""

import argparse
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score
from sklearn.pipeline import make_pipeline, make_union

from models.recipe.examples import is_development, read_posts
from socialwatch.domain.assessment import Hazard, Reading
from socialwatch.sentiment.transformer import connect

HERE = Path(__file__).resolve().parents[1]
CORPUS = HERE / "corpus"
CARD = HERE / "README.md"
MARKS = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)

Posts = Sequence[dict[str, Any]]
Numbers = Sequence[float]


def main() -> None:
    """Print the table; `--write` puts it into the card as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=HERE / "dutch")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    posts = read_posts(CORPUS)
    held = [post for post in posts if is_development(post["id"])]
    learnt = [post for post in posts if not is_development(post["id"])]
    started = time.perf_counter()
    assessor = connect({"path": wanted.model})
    loaded = time.perf_counter() - started
    readings = assessor.read([post["text"] for post in held])
    rows = [*quality(held, readings, learnt), *pace(assessor.read, [post["text"] for post in posts], loaded)]
    table = "\n".join(
        ["| | figure | TF-IDF + logistic regression |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    )
    print(table)
    if wanted.write:
        CARD.write_text(
            MARKS.sub(table.replace("\\", r"\\") + "\n", CARD.read_text(encoding="utf-8")), encoding="utf-8"
        )


def quality(held: Posts, readings: Sequence[Reading], learnt: Posts) -> list[tuple[str, str, str]]:
    """How well the labels come back, with a 95 % bootstrap interval and a plain baseline where it makes sense."""
    levels = np.array([post["frustration"] for post in held])
    scores = np.array([reading.frustration for reading in readings])
    kinds = [post["kind"] for post in held]
    human = np.array([post["answer"] == 2 for post in held])
    needs = np.array([reading.needs_human for reading in readings])
    plain = {name: _baseline(learnt, held, name) for name in ("frustrated", "kind", "human")}
    languages = np.mean([post["language"] == reading.language for post, reading in zip(held, readings, strict=True)])
    hazards = _hazards(held, readings)
    return [
        ("development posts", str(len(held)), str(len(held))),
        (
            "frustrated (level 2 and up), AUC",
            _between(levels >= 2, scores, roc_auc_score),
            f"{roc_auc_score(levels >= 2, plain['frustrated']):.3f}",
        ),
        ("frustration, Spearman", _between(levels, scores, lambda a, b: spearmanr(a, b).statistic), "-"),
        ("level exactly right", f"{np.mean([reading.level for reading in readings] == levels):.3f}", "-"),
        (
            "kind, macro-F1",
            f"{f1_score(kinds, [reading.kind.value for reading in readings], average='macro'):.3f}",
            f"{f1_score(kinds, plain['kind'], average='macro'):.3f}",
        ),
        ("needs_human, AUC", _between(human, needs, roc_auc_score), f"{roc_auc_score(human, plain['human']):.3f}"),
        (
            "needs_human, recall at precision 0.9",
            f"{_recall(human, needs):.3f}",
            f"{_recall(human, plain['human']):.3f}",
        ),
        ("hazards, mean average precision", hazards, "-"),
        ("language code right", f"{languages:.3f}", "-"),
        ("calibration of needs_human (ECE, 10 bins)", f"{_gap(human, needs):.3f}", "-"),
    ]


def pace(
    read: Callable[[Sequence[str]], list[Reading]], texts: Sequence[str], loaded: float
) -> list[tuple[str, str, str]]:
    """Posts a second on this processor, after warming up."""
    read(texts[:64])
    started = time.perf_counter()
    read(texts)
    return [
        ("loading, seconds", f"{loaded:.2f}", "-"),
        ("posts per second, this corpus", f"{len(texts) / (time.perf_counter() - started):.0f}", "-"),
    ]


def _baseline(learnt: Posts, held: Posts, name: str) -> Any:
    """Words and letters counted, then logistic regression: what a morning's work would give."""
    words = make_union(TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)))
    pipe = make_pipeline(words, LogisticRegression(C=10, max_iter=2000, class_weight="balanced"))
    pipe.fit([post["text"] for post in learnt], [_target(post, name) for post in learnt])
    texts = [post["text"] for post in held]
    return pipe.predict(texts) if name == "kind" else pipe.predict_proba(texts)[:, 1]


def _target(post: dict[str, Any], name: str) -> Any:
    return {"frustrated": post["frustration"] >= 2, "kind": post["kind"], "human": post["answer"] == 2}[name]


def _between(truth: Any, scores: Any, measure: Callable[[Any, Any], float], rounds: int = 500) -> str:
    chance, found = np.random.default_rng(7), []
    for _ in range(rounds):
        some = chance.integers(0, len(truth), len(truth))
        if len(set(truth[some].tolist())) > 1:
            found.append(measure(truth[some], scores[some]))
    low, high = np.percentile(found, [2.5, 97.5])
    return f"{measure(truth, scores):.3f} ({low:.3f} to {high:.3f})"


def _recall(truth: Any, scores: Any) -> float:
    precision, recall, _ = precision_recall_curve(truth, scores)
    return float(max(recall[precision >= 0.9], default=0.0))


def _hazards(held: Posts, readings: Sequence[Reading]) -> str:
    """Over the hazards with at least three development posts; fewer say nothing."""
    found = {}
    for hazard in Hazard:
        truth = [hazard.value in post["hazards"] for post in held]
        if sum(truth) >= 3:
            found[hazard] = average_precision_score(truth, [reading.hazards[hazard] for reading in readings])
    return f"{np.mean(list(found.values())):.3f} over {len(found)} of {len(Hazard)}"


def _gap(truth: Any, chances: Any) -> float:
    bins = np.minimum((chances * 10).astype(int), 9)
    return float(
        sum(abs(truth[bins == b].mean() - chances[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    )


if __name__ == "__main__":
    main()
