"""What the model must beat on the same posts: counted words with logistic regression, and the pattern.nl lexicon."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_union

NEGATIONS = frozenset({"niet", "geen", "nooit", "niks", "niets", "zonder", "nauwelijks"})

Posts = Sequence[Mapping[str, Any]]


def counted(learnt: Posts, held: Posts, targets: Mapping[str, Sequence[Any]]) -> dict[str, NDArray[Any]]:
    """Words and letters counted (TF-IDF), then logistic regression: what a morning's work would give.

    Per target of the learnt posts: for yes-or-no the chance of yes for each held post, else the class.
    """
    words = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2)
    )
    seen, unseen = (
        words.fit_transform([post["text"] for post in learnt]),
        words.transform([post["text"] for post in held]),
    )
    found = {}
    for name, wanted in targets.items():
        plain = LogisticRegression(C=10, solver="liblinear", class_weight="balanced")
        yes = isinstance(wanted[0], bool)
        model = (plain if yes else OneVsRestClassifier(plain)).fit(seen, list(wanted))
        found[name] = model.predict_proba(unseen)[:, 1] if yes else model.predict(unseen)
    return found


def read_lexicon(data: Path) -> dict[str, float]:
    """pattern.nl (University of Antwerp, PDDL): the mean polarity of each word form, -1 to 1."""
    # Whoever trains names this file; nothing from outside is parsed here.
    root = ElementTree.parse(data / "pattern-nl" / "nl-sentiment.xml").getroot()
    senses: dict[str, list[float]] = {}
    for word in root.iter("word"):
        senses.setdefault(word.get("form", "").lower(), []).append(float(word.get("polarity", "0")))
    return {form: float(np.mean(polarities)) for form, polarities in senses.items()}


def displeasure(lexicon: Mapping[str, float], texts: Sequence[str]) -> NDArray[np.float64]:
    """Minus the mean polarity of the known words, turned round after a negation: the way the lexicon is used."""
    return np.array([-_polarity(lexicon, re.findall(r"[\w'-]+", text.lower())) for text in texts])


def _polarity(lexicon: Mapping[str, float], words: Sequence[str]) -> float:
    known = [
        -lexicon[word] if at and words[at - 1] in NEGATIONS else lexicon[word]
        for at, word in enumerate(words)
        if word in lexicon
    ]
    return float(np.mean(known)) if known else 0.0
