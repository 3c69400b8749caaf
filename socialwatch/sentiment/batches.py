"""Batches without padding to waste: texts of equal length together, long posts cut in the middle."""

import re
from collections.abc import Iterator, Sequence

BATCH = 64
# A post of megabytes is a mistake or an attack: what stands beyond its first and last part is not read.
MOST_SIGNS = 20_000


def shortened(text: str) -> str:
    """Lone surrogates cannot be encoded, and endless posts need not be."""
    clean = re.sub("[\ud800-\udfff\x00]", "\ufffd", text)
    return clean if len(clean) <= MOST_SIGNS else clean[: MOST_SIGNS // 2] + " " + clean[-MOST_SIGNS // 2 :]


def cut(ids: Sequence[int], longest: int) -> list[int]:
    """Head and tail of a long post: people open with the matter and end with the demand."""
    if len(ids) <= longest:
        return list(ids)
    head = longest * 2 // 3
    return [*ids[:head], *ids[head - longest :]]


def by_length(rows: Sequence[Sequence[int]], size: int = BATCH) -> Iterator[list[int]]:
    """The places of the rows, longest first, `size` at a time."""
    order = sorted(range(len(rows)), key=lambda place: -len(rows[place]))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def pad(rows: Sequence[Sequence[int]], padding: int) -> list[list[int]]:
    """Every row as long as the longest."""
    longest = max(len(row) for row in rows)
    return [[*row, *([padding] * (longest - len(row)))] for row in rows]
