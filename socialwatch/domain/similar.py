"""Similar: did two profiles post almost the same text?"""

import re
import unicodedata

from rapidfuzz import fuzz

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
    first, second = normal(a[:_MOST_READ]), normal(b[:_MOST_READ])
    if min(len(first.split()), len(second.split())) < FEWEST_WORDS:
        return 0.0
    return fuzz.ratio(first, second) / 100
