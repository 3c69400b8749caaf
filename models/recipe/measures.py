"""Measures of a reading against settled labels, each with what it means at 0 and at 1."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score

Truth = NDArray[Any]
Scores = NDArray[Any]
Measure = Callable[[Truth, Scores], float]
BINS = 15


def auc(truth: Truth, scores: Scores) -> float:
    """How often a positive stands above a negative: 0.5 is chance."""
    return float(roc_auc_score(truth, scores))


def rank(truth: Truth, scores: Scores) -> float:
    """Spearman's correlation; ties in the labels keep even a perfect order below 1."""
    return float(spearmanr(truth, scores).statistic)


def precision_area(truth: Truth, scores: Scores) -> float:
    """Average precision: the share of positives is chance."""
    return float(average_precision_score(truth, scores))


def recall_at(precision: float) -> Measure:
    """The highest recall at which that precision still holds somewhere on the curve; 0 when it never does."""

    def measure(truth: Truth, scores: Scores) -> float:
        kept, found, _ = precision_recall_curve(truth, scores)
        return float(max(found[kept >= precision], default=0.0))

    return measure


def f1_frustrated(truth: Truth, levels: Scores) -> float:
    """F1 of level 2 and up against the rest."""
    return float(f1_score(np.asarray(truth) >= 2, np.asarray(levels) >= 2))


def f1_of_kinds(truth: Truth, found: Scores) -> float:
    """The plain mean of F1 over all kinds that occur."""
    return float(f1_score(truth, found, average="macro"))


def same(truth: Truth, found: Scores) -> float:
    """The share that is exactly right."""
    return float(np.mean(np.asarray(truth) == np.asarray(found)))


def calibration_gap(truth: Truth, chances: Scores) -> float:
    """Expected calibration error over 15 equal bins: 0 means that what is said to hold in 70 % holds in 70 %."""
    bins = np.minimum((np.asarray(chances) * BINS).astype(int), BINS - 1)
    gaps = [
        abs(np.mean(truth[bins == number]) - np.mean(chances[bins == number])) * np.mean(bins == number)
        for number in np.unique(bins)
    ]
    return float(sum(gaps))


def interval(truth: Truth, scores: Scores, measure: Measure, rounds: int = 1000) -> tuple[float, float]:
    """The middle 95 % of the measure over posts drawn anew with replacement, from a pinned seed."""
    draw, found = np.random.default_rng(7), []
    for _ in range(rounds):
        some = draw.integers(0, len(truth), len(truth))
        if len(np.unique(truth[some])) > 1:
            found.append(measure(truth[some], scores[some]))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
