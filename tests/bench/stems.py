"""The stems of domain/triage.py, learnt anew: which words go with a grave risk, by the shipped model, in the corpus.

    socialwatch score learning.jsonl > scored.jsonl      (the posts of models/corpus/*.jsonl, one after the other)
    python -m tests.bench.stems learning.jsonl scored.jsonl

Prints the table. The frozen posts stay out of it, so that they can tell how well it does (tests/domain/test_triage.py).
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from socialwatch.domain.triage import stems

GRAVE = 0.87  # about the riskiest twentieth of the corpus
SEEN = 4  # posts a stem must occur in
THRIFT = 0.45  # the smaller, the fewer stems
TENTH = 10


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(written) for written in Path(path).read_text(encoding="utf-8").splitlines()]


def learnt(texts: list[str], grave: "np.ndarray[Any, Any]") -> tuple[dict[str, int], int]:
    """Points in tenths per stem, and the points of a text without any."""
    found = [stems(text) for text in texts]
    often = Counter(stem for each in found for stem in each)
    place = {stem: number for number, stem in enumerate(sorted(s for s, times in often.items() if times >= SEEN))}
    columns = [[place[stem] for stem in each if stem in place] for each in found]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate([np.array(each, dtype=int) for each in columns])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), len(place)))
    fitted = LogisticRegression(penalty="l1", C=THRIFT, solver="liblinear", random_state=0).fit(matrix, grave)
    points = np.rint(TENTH * fitted.coef_[0]).astype(int)
    return {stem: int(points[n]) for stem, n in place.items() if abs(points[n]) > 1}, round(
        TENTH * float(fitted.intercept_[0])
    )


def main(texts: str, scored: str) -> None:
    risk = {each["id"]: each["risk"] for each in rows(scored)}
    posts = rows(texts)
    grave = np.array([risk[each["id"]] >= GRAVE for each in posts], dtype=int)
    points, start = learnt([each["text"] for each in posts], grave)
    print(f"# start {start}, {len(points)} stems")
    for value in sorted(set(points.values()), reverse=True):
        print(f"{value}: {' '.join(sorted(stem for stem, each in points.items() if each == value))}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
