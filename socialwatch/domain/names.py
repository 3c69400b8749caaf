"""Names: what a profile calls itself, as far as it looks like a person's real name, held against a customer's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from socialwatch.domain.first_names import FIRST_NAMES, one_name
from socialwatch.domain.similar import normal

FEWEST_SPELT = 6  # letters of a handle; shorter ones spell somebody by chance
CAPITALS = 2  # a single one is an initial
MISSPELT = 85  # how alike (0..100) two spellings of one surname are at least
_PARTICLES_WORDS = """
    van de den der het ten ter te vd vande vanden vander v d el al la le du von t s op bij in o y da di dos
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_NO_NAMES_WORDS = """
    boos boze blij blije groen groene rood rode blauw blauwe klein kleine groot grote oud oude lief lieve gek gekke
    klant klanten consument fan fans team club sok sokken sokkie huis fiets mama papa mam pap mams oma opa tante oom
    moeder vader zus broer anoniem anonymous onbekend niemand iemand gewoon echte echt mister miss mrs lady king
    queen the just not official officieel inkoop verkoop administratie advies design shop winkel webshop stichting
    vereniging bakkerij bedrijf bouw praktijk kapsalon autobedrijf familie fam gezin nederland holland belgie
    vlaanderen facebook gebruiker user deelnemer lid dank bedankt merci hallo hoi supporter trots trotse wereld zon
    maan ster hond kat eend koe paard vogel
"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
_COMPANY_WORDS = """
    bv nv vof bvba srl stichting vereniging bakkerij inkoop bedrijf praktijk autobedrijf
"""
_COMPANY = frozenset(_COMPANY_WORDS.split())
_TITLES_WORDS = """
    dhr mevr mw mr mrs ir drs dr ing prof heer mevrouw meneer fam familie opa oma tante oom mama papa inkoop
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_TAIL = re.compile(r"\s+(?:uit|from|in|@|#)\s.*$|\s*[|/•·(\[].*$|\s+[-–—]\s.*$", re.I)
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"}
)  # no accents to drop
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


class Fit(StrEnum):
    """What one clue says about a customer: it agrees, it says nothing, it disagrees."""

    FITS = "fits"
    UNKNOWN = "unknown"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in bare lower case. `first` and `last` may hold single letters, for initials; either may be
    empty. `real` says whether it looks like a real name, so that another name at the customer means another person.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    real: bool


def fit(shown: str | None, customer: str, *, certain: bool = False) -> Fit:
    """Whether the name that an author shows can be this customer's. A nickname, an initial, a maiden name beside
    another, and a swap of first and last name fit; the same surname with another first name does not. `certain`: it
    was said to be a name, so that any other is another person.
    """
    theirs, ours = _name(shown or ""), _name(customer)
    if theirs is None or ours is None:
        return Fit.UNKNOWN
    if _together(theirs, ours) or _swapped(theirs, ours) or _shortened(shown or "", customer):
        return Fit.FITS
    return Fit.DIFFERS if (theirs.real or certain) and _LATIN.search(customer) else Fit.UNKNOWN


def is_real(shown: str | None) -> bool:
    """Whether this looks like somebody's real name."""
    found = _name(shown or "")
    return found is not None and found.real


def spells(handle: str | None, customer: str, email: str | None) -> bool:
    """Whether a handle spells this customer's name, first name or initial included, or is the same as what their
    e-mail address begins with: "p.jansen_83" is a P. Jansen.
    """
    written, own = _letters(handle), _letters(email)
    if len(written) < FEWEST_SPELT:
        return False
    return (written == own and own not in _NO_NAMES) or written in _spellings(customer)


def same_surname(shown: str | None, customer: str) -> bool:
    """Whether an author and a customer share a surname, as relatives do."""
    theirs, ours = _name(shown or ""), _name(customer)
    return theirs is not None and ours is not None and _last(theirs.last, ours.last) is True


def _letters(address: str | None) -> str:
    """What stands before the @, without figures and signs."""
    return re.sub(r"[\W\d_]", "", normal((address or "").strip().lstrip("@").partition("@")[0]).translate(_LETTERS))


def _spellings(customer: str) -> frozenset[str]:
    name = _name(customer)
    if name is None or not name.first or not name.last:
        return frozenset()
    firsts = ("".join(name.first), name.first[0], "".join(first[0] for first in name.first), name.first[0][0])
    behind = _parts(customer.split())[len(name.first) :]
    lasts = ("".join(name.last), "".join(behind))
    return frozenset(two for first in firsts for last in lasts for two in (first + last, last + first))


def _together(theirs: Name, ours: Name) -> bool:
    first, last = _first(theirs.first, ours.first), _last(theirs.last, ours.last)
    return first is not False and last is not False and (first or last) is True


def _shortened(shown: str, customer: str) -> bool:
    """The surname in capitals alone: "Annelies DS" for Annelies De Smedt, "Jan VdB" for Jan Van den Broeck."""
    said, (given, *behind) = shown.split(), [*customer.split(), ""]
    if len(said) < 2 or said[0] != given:
        return False
    last = said[-1].replace(".", "")
    return sum(map(str.isupper, last)) >= CAPITALS and last.lower() == "".join(each[:1] for each in behind).lower()


def _swapped(theirs: Name, ours: Name) -> bool:
    """Surname first; or one word, that we took for a surname and is a rare first name."""
    if theirs.first:
        return bool(theirs.last) and _together(Name(theirs.last, theirs.first, theirs.real), ours)
    return any(a == b for a in theirs.last for b in ours.first)


def _first(theirs: Sequence[str], ours: Sequence[str]) -> bool | None:
    """Whether the first names agree; None when one of them has none."""
    if not theirs or not ours:
        return None
    return any(_alike_first(a, b) for a in theirs for b in ours)


def _alike_first(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return one_name(a, b) or (min(len(a), len(b)) > 4 and a[:2] == b[:2] and fuzz.ratio(a, b) >= MISSPELT)


def _last(theirs: Sequence[str], ours: Sequence[str]) -> bool | None:
    if not theirs or not ours:
        return None
    return any(_alike_last(a, b) for a in theirs for b in ours)


def _alike_last(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or (min(len(a), len(b)) > 4 and fuzz.ratio(a, b) >= MISSPELT)


@lru_cache(maxsize=1024)  # one author is held against several customers, and one customer against many authors
def _name(written: str) -> Name | None:
    """A name taken apart; None when there are no letters in it, or figures, as in a handle."""
    surname, comma, given = _TAIL.sub("", written.strip()[:200]).partition(",")
    words = [*given.split(), *surname.split()] if comma else surname.split()
    words = [word for word in words if re.search(r"[^\W\d_]", word)]
    if not words or any(re.search(r"[\d_@]", word) for word in words):
        return None
    parts = _parts(_name_words(words))
    company = any(part in _COMPANY for part in parts)
    parts = [part for part in parts if part not in _TITLES | _COMPANY]
    first, last = ((), tuple(_bare(parts))) if company else _split(parts)
    return Name(first, last, _looks_real(words, first, last)) if first or last else None


def _name_words(words: Sequence[str]) -> list[str]:
    """After a capital, what has none is no name: of "Lisa bakt" only Lisa."""
    if not words[0][:1].isupper():
        return list(words)
    return [word for word in words if not word[:1].islower() or normal(word).partition(" ")[0] in _PARTICLES]


def _parts(words: Sequence[str]) -> list[str]:
    return normal(" ".join(words)).translate(_LETTERS).split()


def _bare(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part not in _PARTICLES]


def _split(parts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names or initials, and surnames. A particle divides them; else the first word is the first name."""
    if len(parts) == 1:
        return (tuple(parts), ()) if parts[0] in FIRST_NAMES else ((), tuple(parts))
    divide = next((place for place, part in enumerate(parts[:-1]) if part in _PARTICLES and len(part) > 1), None)
    if divide is None:
        divide = next((place for place, part in enumerate(parts[:-1]) if place and part in _PARTICLES), None)
    if divide is None:
        divide = _after_first_names(parts)
    last = _bare(parts[divide:]) or list(parts[divide:][-1:])
    return tuple(parts[:divide]), tuple(last)


def _after_first_names(parts: Sequence[str]) -> int:
    """Where the surname begins: after the initials, or after the first names ("Robert-Jan Dijkstra", or none)."""
    if all(part in FIRST_NAMES for part in parts):
        return len(parts)
    place = 1
    while place < len(parts) - 1 and (len(parts[place]) == 1 or parts[place] in FIRST_NAMES):
        place += 1
    return place


def _looks_real(words: Sequence[str], first: Sequence[str], last: Sequence[str]) -> bool:
    """A common first name, or initials before a surname, or two words with capitals that are no ordinary words."""
    if any(part in FIRST_NAMES for part in first):
        return True
    if not first or not last or not _LATIN.match(words[0]):
        return False
    ordinary = any(part in _NO_NAMES for part in (*first, *last))
    capitals = words[0][:1].isupper() and not (words[0].isupper() and len(words[0]) > 2)
    return capitals and not ordinary
