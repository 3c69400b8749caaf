"""Batches without padding to waste: texts of equal length together, long posts cut in the middle."""

import re
from collections.abc import Iterator, Sequence

# Tokens of one pass, padding included: short posts go by the hundreds, long ones by the dozen, and the memory that a
# pass needs stays the same.
TOKENS = 2048
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


def by_length(rows: Sequence[Sequence[int]], tokens: int = TOKENS) -> Iterator[list[int]]:
    """The places of the rows, longest first, as many at a time as fit in `tokens` (one at least)."""
    order = sorted(range(len(rows)), key=lambda place: -len(rows[place]))
    start = 0
    while start < len(order):
        size = max(1, tokens // max(1, len(rows[order[start]])))
        yield order[start : start + size]
        start += size


def pad(rows: Sequence[Sequence[int]], padding: int) -> list[list[int]]:
    """Every row as long as the longest."""
    longest = max(len(row) for row in rows)
    return [[*row, *([padding] * (longest - len(row)))] for row in rows]
