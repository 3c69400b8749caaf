"""Sought: what somebody typed into the search box, taken apart into words; nothing they can type is wrong."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200  # characters that are looked at
MOST = 8  # terms; more of them only make a search that finds nothing
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; not `exact`: the last of them may go on."""

    words: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """All terms must be found; without any there is nothing to look for."""

    terms: tuple[Term, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms for word in term.words)


def sought(written: str) -> Sought:
    """Words as they begin, and "words between quotes" exactly; capitals and accents make no difference."""
    found = []
    for quoted, loose in _TERM.findall(_bare(written[:LONGEST])):
        words = tuple(_WORD.findall(quoted or loose))
        if words:
            found.append(Term(words, exact=bool(quoted)))
    return Sought(tuple(found[:MOST]))


def _bare(written: str) -> str:
    """Lower case, without accents, curly quotes made straight."""
    straight = written.replace("“", '"').replace("”", '"').replace("„", '"')
    apart = unicodedata.normalize("NFKD", straight.encode("utf-8", "ignore").decode("utf-8"))
    return "".join(each for each in apart if unicodedata.category(each) not in ("Mn", "Me", "Cs")).lower()


def fit(terms: Sought, text: str) -> float:
    """How well a text answers, 0..1: the share of the words that stand in it whole, and not only as a beginning."""
    there = set(_WORD.findall(_bare(text[:20_000])))
    return sum(word in there for word in terms.words) / len(terms.words) if terms.words else 0.0
