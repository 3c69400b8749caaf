"""Runs of one, two and three pieces, as numbers: what the plain-words part of the model looks up."""

from collections.abc import Sequence
from itertools import pairwise

# Runs of two and of three share this many places each; a clash of rare runs costs less than a table of all of them.
BUCKETS = 1 << 16


def places_of(pieces: int) -> int:
    """How many rows the table of the plain-words part has for a vocabulary of that size."""
    return pieces + 2 * BUCKETS


def runs(ids: Sequence[int], pieces: int) -> list[int]:
    """Each run once, in order of its number: single pieces without the two ends, pairs and triples with them."""
    found = set(ids[1:-1])
    found.update(pieces + (one * 1_000_003 + two) % BUCKETS for one, two in pairwise(ids))
    found.update(
        pieces + BUCKETS + (one * 1_000_003 + two * 10_007 + three) % BUCKETS
        for one, two, three in zip(ids, ids[1:], ids[2:], strict=False)
    )
    return sorted(found)
