"""Which stretches of a text to leave out, and which of them to show: the arithmetic of occlusion."""

import re
from collections.abc import Callable, Sequence

from socialwatch.domain.assessment import Span
from socialwatch.sentiment.batches import MOST_SIGNS

TOKENS_AT_ONCE = 3000
FEWEST, MOST = 8, 72
SHOWN = 4
LEAST = 0.02
CLAUSE_END = re.compile(r"[.!?…;:,\n]+(?:\s|$)")

Place = tuple[int, int]


def driven(text: str, frustrations: Callable[[Sequence[str]], Sequence[float]]) -> list[Span]:
    """The stretches that drove the frustration: how far the score falls when each is left out, all asked at once."""
    text = text[:MOST_SIGNS]
    tried = windows(text)
    if not tried:
        return []
    whole, *others = frustrations([text, *(without(text, place) for place in tried)])
    return gravest(text, tried, [whole - other for other in others])


def windows(text: str) -> list[Place]:
    """Stretches to try without, as places in characters: clauses first, then runs of words, as many as fit at once."""
    words = [found.span() for found in re.finditer(r"\S+", text)]
    if not words:
        return []
    allowed = min(MOST, max(FEWEST, TOKENS_AT_ONCE // (2 * len(words))))
    clauses = _clauses(text, words)
    found = dict.fromkeys(clauses if len(clauses) <= allowed // 2 else [])
    for size in _sizes(len(words)):
        # A step that fits what is left, and runs at least as long as the step, so that no word is skipped.
        step = max(1, size // 2, -(-len(words) // max(1, allowed - len(found))))
        for first in range(0, len(words), step):
            found.setdefault((words[first][0], words[min(first + max(size, step), len(words)) - 1][1]))
    whole = (words[0][0], words[-1][1])
    return [place for place in found if place != whole][:allowed]


def without(text: str, place: Place) -> str:
    """The text as if that stretch had never been written."""
    return f"{text[: place[0]].rstrip()} {text[place[1] :].lstrip()}".strip()


def gravest(text: str, places: Sequence[Place], falls: Sequence[float]) -> list[Span]:
    """The stretches whose absence lowers the score most, none overlapping; short before long when they do the same."""
    order = sorted(range(len(places)), key=lambda number: -falls[number] / _words(text, places[number]) ** 0.3)
    chosen: list[Span] = []
    for number in order:
        start, end = places[number]
        apart = all(end <= span.start or start >= span.end for span in chosen)
        if falls[number] >= LEAST and apart and len(chosen) < SHOWN:
            chosen.append(Span(start, end, round(falls[number], 4), text[start:end]))
    return sorted(chosen, key=lambda span: -span.weight)


def _sizes(words: int) -> tuple[int, ...]:
    """Short posts word by word and in small runs; long ones in larger steps."""
    return (1, 2, 3, 4) if words <= 24 else (max(3, words // 12), max(6, words // 6))


def _clauses(text: str, words: Sequence[Place]) -> list[Place]:
    ends = {found.start() for found in CLAUSE_END.finditer(text)} | {words[-1][1]}
    clauses, first = [], words[0][0]
    for start, end in words:
        if first < 0:
            first = start
        if any(start < stop <= end for stop in ends):
            clauses.append((first, end))
            first = -1
    return clauses


def _words(text: str, place: Place) -> int:
    return max(1, len(text[place[0] : place[1]].split()))
