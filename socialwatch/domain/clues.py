"""Clues: what else a post says about who wrote it, to hold against a customer whose number or address it names.

A number can be mistyped and then belongs to a stranger, so it is checked against the name, the town and the day of
purchase where those are known.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from socialwatch.domain.customer import Customer, Order
from socialwatch.domain.mention import Mention
from socialwatch.domain.names import Fit, fit, same_surname, spells
from socialwatch.domain.similar import normal
from socialwatch.domain.when import NUMBER, days, local_day, number, resolve

MOST_READ = 4000  # characters
LONG_HOME = timedelta(days=30)  # delivered longer ago, and "where is it" is about another parcel
EXACT, ABOUT_WEEKS, ABOUT_MONTHS = 3, 8, 25  # days that a told day of purchase may be beside the truth

_NAME = (
    r"(?P<name>(?:(?:[A-ZÀ-Þ]\.){1,4}|[A-ZÀ-Þ][\w'’-]{0,30}|(?:van|von|de|den|der|ten|ter|'t|v\.?d\.?|el|le|la)(?=\s))"
    r"(?:\s(?:[A-ZÀ-Þ][\w'’-]{0,30}|van|von|de|den|der|ten|ter|'t|v\.?d\.?|el|le|la)){0,4})"
)
_TOWN = r"(?P<town>(?:'s-|'t )?[A-ZÀ-Þ][\w'’]{2,30}(?:[ -](?:aan|den|de|der|op|am|[A-ZÀ-Þ][\w'’]{2,30}))*)"
_SIGNED = re.compile(
    r"(?i:\b(?:groet(?:en|jes)?|gr|mvg|m\.v\.g|liefs|hoogachtend|regards))"
    rf"[\s,.!-]{{1,4}}(?i:(?:van )?(?:mevrouw |mevr\.? |dhr\.? )?){_NAME}(?=\W*$|[,.])"
)
_THANKED = re.compile(rf"(?i:\b(?:bedankt|dank(?: u)?|thanks|cheers))[\s,.!-]{{1,4}}{_NAME}\W*$")
_SAID = re.compile(
    r"(?i:\b(?:op naam van|t\.?n\.?v\.?|o\.?n\.?v\.?|mijn naam is|ik heet|my name is|de naam is|onder de naam))"
    rf"\s(?i:(?:mijn|onze) \w{{3,12}} )?{_NAME}"
)
_I_AM = re.compile(rf"(?i:\b(?:ik ben|i am|i'm))\s{_NAME}(?!\w)")
_ADDRESSED = re.compile(rf"(?i:\b(?:mevrouw|mevr\.?|mw\.?|meneer|dhr\.?|de heer))\s{_NAME}")
_RELATIVE = re.compile(
    rf"(?i:\b(?:mijn|onze|ons)\s(?:oma|opa|moeder|vader|tante|oom|buurvrouw|buurman|zus|broer))\s{_NAME}"
)
_TOWNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:woon|woont|wonen|woonachtig|gevestigd)\b)(?:\s\w{{1,10}}){{0,2}}\s(?:in|te)\s{_TOWN}",
        rf"(?i:\b(?:groet(?:en|jes)?|gr|mvg))\s(?:uit|vanuit)\s{_TOWN}",
        rf"(?i:\b(?:wij|we|ik|kom|komen|ben|zijn|mens(?:en)?|klant))\s(?:\w{{1,8}}\s)?(?:uit|van)\s{_TOWN}",
        rf"(?i:\b(?:hier|thuis))\s(?:in|te)\s{_TOWN}",
        rf"(?i:\b(?:bezorg|aflever|lever|thuis|huis)?adres)\s(?:\w{{1,6}}\s)?(?:in|te)\s{_TOWN}",
        rf"(?i:\bwoonplaats)\W{{1,3}}{_TOWN}",
        rf"^\W*(?:[Uu]it|[Vv]anuit)\s{_TOWN}",
    )
)
_SAME_TOWN = {"den haag": "s gravenhage", "den bosch": "s hertogenbosch", "bruxelles": "brussel", "anvers": "antwerpen"}
_BOUGHT = r"(?:besteld\w*|bestelde|gekocht|kocht|aangeschaft|bestelling van|aankoop van|order van|ordered|bought)"
_BEFORE = re.compile(rf"\b{_BOUGHT}[^.!?\n]{{0,25}}$", re.I)
_BEHIND = re.compile(rf"^[^.!?\n]{{0,20}}\b{_BOUGHT}\b", re.I)
_AGO = re.compile(
    rf"(?<!\w)(?P<count>{NUMBER}|een paar)\s(?P<span>dag(?:en)?|week|weken|maand(?:en)?|jaar)\s(?:geleden|terug)\b",
    re.I,
)
_WAITING = re.compile(
    r"\b(?:waar blijf\w*|nooit (?:\w+ )?(?:ontvangen|bezorgd|geleverd|gekregen|aangekomen)|onderweg"
    r"|nog (?:steeds |altijd |maar )?(?:niet|niks|niets|geen)\b[^.!?\n]{0,25}\b(?:ontvangen|binnen|bezorgd|geleverd"
    r"|gekregen|gezien|aangekomen))",
    re.I,
)
_NOT_MINE = re.compile(
    r"\b(?:van (?:iemand anders|een ander|een (?:wild)?vreemde|een onbekende)|niet van (?:mij|ons)\b"
    r"|niet mijn (?:bestelling|pakket|pakje|naam|adres)|niet voor (?:mij|ons)\b|op straat|de verkeerde klant)",
    re.I,
)
_PRESENT = re.compile(
    r"\b(?:(?:cadeau|kado|surprise|verrassing)\w*\s(?:\w+\s){0,2}(?:gekregen|ontvangen)|gekregen van|gekregen bij"
    r"|kreeg\b[^.!?\n]{0,30}\bvan (?:mijn|m'n|me|een)\b|van (?:mijn|m'n|me|een) \w{2,15} gekregen)\b",
    re.I,
)
_WRITTEN_TO = re.compile(
    r"\b(?:gemaild|gestuurd|geschreven|doorgestuurd|gekregen|krijg|kreeg|kregen|mailde|schreef|collega|buurman|buurvrouw"
    r"|vriend(?:in)?)\b[^.!?\n]{0,40}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Bought:
    """A day of purchase as told; it may be `beside` days off."""

    on: date
    beside: int


@dataclass(frozen=True, slots=True)
class Clues:
    """What one post tells beside its numbers. `author` is the profile's own name, beside its `handle`; `names` stand in
    the text as names, `perhaps` may be other words. `waiting`: nothing arrived yet; `not_mine`: it is about somebody
    else's parcel; `present`: it was received as one.
    """

    at: datetime
    words: str
    author: str | None = None
    handle: str | None = None
    names: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    bought: tuple[Bought, ...] = ()
    behalf: bool = False
    waiting: bool = False
    not_mine: bool = False
    present: bool = False


def clues(seen: Mention, behalf: str | None) -> Clues:
    """Read them from a post; `behalf` says for whom it was written, when not for its author."""
    text = re.sub(r"\s", " ", seen.text[:MOST_READ])
    return Clues(
        at=seen.created_at,
        words=f" {normal(text)} ",
        author=seen.author.name if seen.author else None,
        handle=seen.author.handle if seen.author else None,
        names=_names(text, (_SIGNED, _SAID) if behalf is None else (_SAID, _ADDRESSED, _RELATIVE)),
        perhaps=_names(text, (_THANKED, _I_AM) if behalf is None else ()),
        towns=tuple(dict.fromkeys(match["town"] for pattern in _TOWNS for match in pattern.finditer(text))),
        bought=tuple(_bought(text, local_day(seen.created_at))),
        behalf=behalf is not None,
        waiting=_WAITING.search(text) is not None,
        not_mine=_NOT_MINE.search(text) is not None,
        present=_PRESENT.search(text) is not None,
    )


def _names(text: str, patterns: Sequence[re.Pattern[str]]) -> tuple[str, ...]:
    found = [match["name"].strip(" .,'’-") for pattern in patterns for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(name for name in found if name))


def _bought(text: str, today: date) -> Iterable[Bought]:
    for day in days(text):
        on = resolve(day.value, today)
        if on is not None and on <= today and _about_buying(text, day.start, day.end):
            yield Bought(on, ABOUT_WEEKS if "week" in day.value else EXACT)
    for match in _AGO.finditer(text):
        count = number(match["count"]) or 3
        if _about_buying(text, *match.span()) and count < 100:
            yield _ago(today, count, match["span"].lower())


def _ago(today: date, count: int, span: str) -> Bought:
    if span.startswith("dag"):
        return Bought(today - timedelta(days=count), EXACT)
    if span.startswith("we"):
        return Bought(today - timedelta(weeks=count), ABOUT_WEEKS)
    length = 30.4 if span.startswith("m") else 365.25
    return Bought(today - timedelta(days=count * length), ABOUT_MONTHS * (1 if length < 31 else 7))


def _about_buying(text: str, start: int, end: int) -> bool:
    return bool(_BEFORE.search(text[max(0, start - 60) : start]) or _BEHIND.match(text[end : end + 60]))


def name_fit(told: Clues, customer: Customer) -> Fit:
    """The names in the text and, unless it is written for somebody else, the author's own."""
    said = [fit(each, customer.name, certain=True) for each in told.names]
    said += [fit(each, customer.name) for each in told.perhaps]
    if told.behalf:
        related = told.author is not None and same_surname(told.author, customer.name)
        return _together(said) if said else Fit.FITS if related else Fit.UNKNOWN
    found = _together([*said, fit(told.author, customer.name)])
    # A handle that spells the name is one more name; any other is a pseudonym, which says nothing.
    return Fit.FITS if found is Fit.UNKNOWN and spells(told.handle, customer.name, customer.email) else found


def town_fit(told: Clues, customer: Customer, order: Order | None) -> Fit:
    """The town that is named as the author's, against the customer's and where the order went."""
    where = [customer.address.city, order.ship_to.city if order and order.ship_to else None]
    known = {_town(each) for each in where if each}
    if any(f" {town} " in told.words for town in known):
        return Fit.FITS
    named = {_town(each) for each in told.towns}
    if not named or not known:
        return Fit.UNKNOWN
    return Fit.FITS if named & known else Fit.DIFFERS


def day_fit(told: Clues, order: Order | None) -> Fit:
    """The day of purchase, and whether what is awaited may still be awaited."""
    if order is None:
        return Fit.UNKNOWN
    if told.bought:
        on = local_day(order.ordered_at)
        return Fit.FITS if any(abs((on - each.on).days) <= each.beside for each in told.bought) else Fit.DIFFERS
    late = told.waiting and order.delivered_at is not None and told.at - order.delivered_at > LONG_HOME
    return Fit.DIFFERS if late else Fit.UNKNOWN


def is_that_day(told: Clues, order: Order | None) -> bool:
    """Whether the very day of purchase is told. "Drie weken geleden" can exclude an order and cannot tell one from
    the next, and a slip of the finger often leads to one of about that time.
    """
    on = local_day(order.ordered_at) if order else None
    return any(each.on == on and each.beside == EXACT for each in told.bought)


def is_to_come(told: Clues, order: Order | None) -> bool:
    """Nobody writes about an order that is still to be placed."""
    return order is not None and order.ordered_at > told.at + timedelta(days=1)


def of_somebody_else(text: str, start: int) -> bool:
    """Whether the e-mail address that starts here is told to be somebody else's: written to, or heard from."""
    return _WRITTEN_TO.search(text[max(0, start - 60) : start]) is not None


def is_ours(email: str | None, brand: str) -> bool:
    """Whether this is an address of the company itself, by the brand's name in its domain."""
    name = re.sub(r"[^a-z0-9]", "", brand.lower())
    return len(name) > 3 and name in re.sub(r"[^a-z0-9@]", "", (email or "").lower()).partition("@")[2]


def _together(found: Sequence[Fit]) -> Fit:
    """One that disagrees outweighs all that agree."""
    if Fit.DIFFERS in found:
        return Fit.DIFFERS
    return Fit.FITS if Fit.FITS in found else Fit.UNKNOWN


def _town(written: str) -> str:
    plain = normal(written)
    return _SAME_TOWN.get(plain, plain)
