"""Marks: a post cut into pieces: what drove the first impression with why, and insults, which the page folds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialwatch.domain.assessment import Fact, Span
from socialwatch.domain.insults import insults
from socialwatch.web.dossier_words import remarks, why_marked
from socialwatch.web.words import readable


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a post. `marked` drove the first impression; `why` says so, on the first piece of a stretch alone."""

    text: str
    marked: bool = False
    why: str = ""
    insult: bool = False


def pieces(text: str, spans: Sequence[Span], facts: Sequence[Fact] = ()) -> tuple[Piece, ...]:
    """The text in order, nothing left out; overlapping or foolish spans are passed over."""
    called = insults(text)
    made: list[Piece] = []
    at = 0
    for span in sorted(spans, key=lambda each: each.start):
        if at <= span.start < span.end <= len(text):
            made += _cut(text, (at, span.start), called)
            why = why_marked(span.weight, remarks(facts, span.start, span.end))
            made += _cut(text, (span.start, span.end), called, why)
            at = span.end
    made += _cut(text, (at, len(text)), called)
    return tuple(made)


def _cut(text: str, where: tuple[int, int], called: Sequence[tuple[int, int]], why: str = "") -> Iterator[Piece]:
    """One stretch; when it drove the impression (`why`), all of it is marked and its first piece says why."""
    told = why
    for start, end, insult in _parts(where, called):
        if words := readable(text[start:end]):
            yield Piece(words, bool(why), told, insult)
            told = ""


def _parts(where: tuple[int, int], called: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    at, end = where
    for start, stop in called:
        inside = (max(start, at), min(stop, end))
        if inside[0] < inside[1]:
            yield at, inside[0], False
            yield *inside, True
            at = inside[1]
    yield at, end, False
