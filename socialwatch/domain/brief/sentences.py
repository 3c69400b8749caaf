"""Sentences: the customer's text cut where they breathe, with what they quote of others taken out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from socialwatch.domain.brief.words import MOST_READ

# A point inside a number or between initials ends nothing, and a quotation takes its closing mark along.
_SENTENCE = re.compile(
    r"[^.!?\n]+(?:(?:[.](?=\w)|(?<=[.][A-Z])[.](?=\s[A-Z]))[^.!?\n]*)*[.!?]*(?:(?<=[.!?])['’\"”»](?!\w))?"
)
# Straight single quotes count only around a phrase: "m'n" and "'s" are no quotations.
_QUOTED = re.compile(r"“[^”\n]{1,600}”|\"[^\"\n]{1,600}\"|„[^”“\n]{1,600}[”“]|«[^»\n]{1,600}»|‘[^’\n]{3,600}’(?!\w)"
                     r"|(?<![\w'])'(?!s\b|t\b|n\b|k\b)[^'\n]{3,600}'(?!\w)")  # fmt: skip
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.M)
SPACE = re.compile(r"\s+")


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Each sentence with its place in the text: start, end, words."""
    for match in _SENTENCE.finditer(text[:MOST_READ]):
        said = match.group().strip()
        if said:
            yield match.start(), match.end(), said


def quoted(text: str) -> list[tuple[int, int]]:
    """Where the text repeats what somebody else said or wrote."""
    return [match.span() for pattern in (_QUOTED, _QUOTED_LINE) for match in pattern.finditer(text[:MOST_READ])]


@lru_cache(maxsize=16)  # every rule asks it of the same few posts
def own(text: str) -> str:
    """The text with quotations blanked, every other character in its place."""
    kept = text[:MOST_READ]
    for start, end in quoted(kept):
        kept = kept[:start] + " " * (end - start) + kept[end:]
    return kept


def one_line(text: str, longest: int = 160) -> str:
    """The words on one line, cut at a word when they are many."""
    line = SPACE.sub(" ", text[: 4 * longest]).strip(" ,;:-–")
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"
