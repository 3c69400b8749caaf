"""The plain-words part: one linear row per question over runs of pieces, weighed by how rare they are (TF-IDF).

The encoder understands turns it never saw; this part knows the words it did see, and never forgets one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from models.recipe.examples import CHOICES, Example
from models.recipe.train import encode
from socialwatch.sentiment.heads import HEADS
from socialwatch.sentiment.runs import places_of, runs

STRENGTH = 10.0
SEEN_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Wide:
    """`weight` is places x outputs, `rarity` one number per place (0 when seen too seldom).

    No bias: how common each answer is, the network knows already.
    """

    weight: NDArray[np.float32]
    rarity: NDArray[np.float32]

    def scores(self, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raw scores, posts x outputs."""
        found = weighed(counted_runs(tokenizer, texts), self.rarity) @ self.weight
        return np.asarray(found, dtype=np.float32)


def counted_runs(tokenizer: Tokenizer, texts: Sequence[str]) -> csr_matrix:
    """Which runs stand in which text."""
    pieces = tokenizer.get_vocab_size()
    rows = [runs(ids, pieces) for ids in encode(tokenizer, texts)]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), places_of(pieces)))


def weighed(found: csr_matrix, rarity: NDArray[np.float32]) -> csr_matrix:
    """Each run by its rarity, each text brought to length one."""
    rows = csr_matrix(found.multiply(rarity))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.maximum(lengths, 1e-6)) @ rows)


def learn_wide(tokenizer: Tokenizer, examples: Sequence[Example]) -> Wide:
    """One logistic regression per output, on the side of each target that most readers took."""
    found = counted_runs(tokenizer, [example.text for example in examples])
    seen = np.asarray((found > 0).sum(axis=0)).ravel()
    rarity = np.where(seen >= SEEN_AT_LEAST, np.log((1 + len(examples)) / (1 + seen)) + 1, 0).astype(np.float32)
    rows = weighed(found, rarity)
    wanted = np.concatenate([_targets(examples, head.name) for head in HEADS], axis=1)
    models = [LogisticRegression(C=STRENGTH, solver="liblinear").fit(rows, column) for column in wanted.T]
    return Wide(
        np.stack([model.coef_[0] for model in models], axis=1).astype(np.float32),
        rarity,
    )


def _targets(examples: Sequence[Example], head: str) -> NDArray[np.bool_]:
    rows = [(example.one_of if head in CHOICES else example.each)[head] for example in examples]
    return np.array(rows) > 0.5
