"""Similar: did two profiles post almost the same text?"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

SAME_TEXT = 0.92
FEWEST_WORDS = 5
_MOST_READ = 2000
_ADDRESSES = re.compile(r"(?:https?://|www\.)\S{1,2000}|(?<!\w)@\w{1,50}")
_NOT_WORDS = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """The bare words in lower case: without handles, links, emoji, punctuation, accents and repeated spaces."""
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    plain = unicodedata.normalize("NFKC", _ADDRESSES.sub(" ", plain))
    return _NOT_WORDS.sub(" ", plain).strip()


def near_identical(a: str, b: str) -> float:
    """How alike two texts are, 0..1; from SAME_TEXT on they count as the same. Short texts are alike by chance: 0."""
    first, second = _comparable(a), _comparable(b)
    return fuzz.ratio(first, second) / 100 if first and second else 0.0


def alike(text: str, others: Sequence[str]) -> list[int]:
    """Which of the other texts, by their place, count as the same as this one."""
    mine = _comparable(text)
    if not mine:
        return []
    theirs = [_comparable(each) for each in others]
    found = process.extract(mine, theirs, scorer=fuzz.ratio, processor=None, score_cutoff=100 * SAME_TEXT, limit=None)
    return sorted(place for _, _, place in found)


@lru_cache(maxsize=1024)  # each new mention is held against the same ones of late
def _comparable(text: str) -> str:
    """The bare words of a text that is long enough to be compared, else nothing."""
    words = normal(text[:_MOST_READ])
    return words if len(words.split()) >= FEWEST_WORDS else ""
