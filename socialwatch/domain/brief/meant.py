"""Meant: which of the orders this is about, and whether that is sure enough to say so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from socialwatch.domain.assessment import Fact
from socialwatch.domain.brief.sentences import own, sentences
from socialwatch.domain.brief.theirs import numbers
from socialwatch.domain.brief.words import MOST_READ, Matter, Said
from socialwatch.domain.customer import Contact, Order, OrderLine
from socialwatch.domain.facts import values
from socialwatch.domain.identity import order_spellings
from socialwatch.domain.when import AMSTERDAM, local_day, resolve

NAMED, TYPO, PRODUCT, DATED, STATUS, CALLED = 64, 32, 16, 8, 4, 2
NEAR = timedelta(days=3)
LATELY = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Meant:
    """All orders, the likeliest first; `order` is that one when sure, `typo` the number as the customer mistyped it."""

    orders: tuple[Order, ...]
    order: Order | None = None
    typo: str | None = None


def meant(matter: Matter, now: datetime) -> Meant:
    """The order that the customer names or mistypes, else that their product, date or trouble points at.

    Sure when it stands alone, or when something points at it and at no other as strongly.
    """
    orders = matter.file.orders if matter.file else ()
    if not orders:
        return Meant(())
    named = _named(matter.said)
    typos = _typos(orders, matter.said)
    words = stems(" ".join(own(each.text) for each in matter.said))
    latest = _latest_call(matter.file.contacts if matter.file else (), now)
    told = [(at, when) for _, at, when in bought(matter.said)]
    awaited = any(_AWAITED.search(own(each.text)) for each in matter.said)
    fits = {order.number: overlap(order, words) for order in orders}
    points = {
        order.number: NAMED * is_named(order, named)
        + TYPO * (order.number in typos)
        + PRODUCT * min(fits[order.number], 1)
        + DATED * any(_agrees(order, *each) for each in told)
        + STATUS * (awaited and _comes(order, now))
        + CALLED * (order.number == latest)
        for order in orders
    }
    best = max(fits.values())
    ranks = {number: (points[number], fit == best) for number, fit in fits.items()}
    ranked = sorted(orders, key=lambda order: (ranks[order.number], order.ordered_at), reverse=True)
    first = ranked[0]
    alone = len(ranked) == 1 and not _names_another(named, first, typos)
    clear = len(ranked) > 1 and points[first.number] > 0 and ranks[first.number] > ranks[ranked[1].number]
    if len(ranked) > 1 and points[first.number] < TYPO and _names_another(named, first, typos):
        clear = False
    return Meant(tuple(ranked), first if alone or clear else None, typos.get(first.number))


def _named(said: Iterable[Said]) -> set[str]:
    found = {spelling for each in said for number in numbers(each) for spelling in order_spellings(number)}
    return found | {code for each in said for code in values(each.facts, "tracking_code")}


def is_named(order: Order, named: set[str]) -> bool:
    """Whether one of these numbers is this order's, with or without its letters, or follows one of its parcels."""
    codes = {order.tracking, *(each.tracking for each in order.shipments)}
    if any(code and code.upper() in named for code in codes):
        return True
    return not named.isdisjoint({*order_spellings(order.number), _figures(order.number)})


def _names_another(named: set[str], order: Order, typos: dict[str, str]) -> bool:
    """Whether the customer names a number, and none that leads to this order."""
    return bool(named) and not is_named(order, named) and order.number not in typos


def _figures(number: str) -> str:
    return re.sub(r"\D", "", number)


def _typos(orders: Sequence[Order], said: Iterable[Said]) -> dict[str, str]:
    """Per order the number that differs from its own by one slip of the finger, when it fits no other order."""
    found: dict[str, str] = {}
    for number in {number for each in said for number in numbers(each)}:
        written = _figures(number)
        if any(_figures(order.number) == written for order in orders):
            continue
        near = [order.number for order in orders if slipped(written, _figures(order.number))]
        if len(near) == 1 and len(written) >= 4:
            found[near[0]] = number
    return found


def slipped(written: str, real: str) -> bool:
    """One figure wrong, missing or too many, or two neighbours swapped."""
    if written == real or abs(len(written) - len(real)) > 1:
        return False
    if len(written) == len(real):
        wrong = [place for place, (one, other) in enumerate(zip(written, real, strict=True)) if one != other]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and written[wrong[0]] == real[wrong[1]]
        return len(wrong) == 1 or (swapped and written[wrong[1]] == real[wrong[0]])
    short, long = sorted((written, real), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def lines_meant(order: Order, said: Iterable[Said]) -> tuple[OrderLine, ...]:
    """The lines whose product the customer names; all of them when they name none."""
    words = stems(" ".join(own(each.text) for each in said))
    counts = [_fit(line, words) for line in order.lines]
    best = max(counts, default=0)
    return tuple(line for line, count in zip(order.lines, counts, strict=True) if not best or count == best)


def overlap(order: Order, words: frozenset[str]) -> int:
    """How well these words fit its best fitting line."""
    return max((_fit(line, words) for line in order.lines), default=0)


@lru_cache(maxsize=512)
def _fit_of(product: str, words: frozenset[str]) -> int:
    names = stems(product)
    parts = {
        word
        for name in names
        for word in words
        if word not in names
        and len(name) > len(word) + 2
        and (len(word) >= 4 or word in _SHORT)
        and (name.startswith(word) or name.endswith(word))
    }
    return 2 * len(names & words) + len(parts)


def _fit(line: OrderLine, words: frozenset[str]) -> int:
    """Two for a word that is in the product's name, one for a part of a long word: "hond" in "hondenvoer"."""
    return _fit_of(line.product, words)


_DULL = frozenset(
    [
        "voor",
        "heren",
        "dames",
        "kinder",
        "zwart",
        "wit",
        "blauw",
        "rood",
        "groen",
        "grijs",
        "maat",
        "paar",
        "nieuw",
        "nieuwe",
        "extra",
        "mini",
    ]
)


_SHORT = frozenset(["sok", "jas", "rok", "pan", "bed", "mok", "pop", "pot", "tas", "pet", "bon", "lamp", "hoed"])


@lru_cache(maxsize=512)  # products come back in every order
def stems(text: str) -> frozenset[str]:
    """Words of three letters and more, as stems that singular and plural share; "wandelsok" also gives "sok"."""
    found = set()
    for word in re.findall(r"[^\W\d_]{3,}", text[:MOST_READ].lower()):
        if word not in _DULL:
            found.add(_stem(word))
    return frozenset(found)


def _stem(word: str) -> str:
    for ending in ("jes", "tje", "en", "je", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 3 and word[-1] in "zv" and word[-2] in "aeiou":
        word = word[:-1] + {"z": "s", "v": "f"}[word[-1]]
    return re.sub(r"(aa|ee|oo|uu)(?=[^aeiou]$)", lambda match: match.group()[0], word)


_BOUGHT = re.compile(r"\b(?:gekocht|besteld|bestelde|kocht|aangeschaft|aangekocht)\b", re.I)
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_IN_MONTH = re.compile(rf"\b(?:in|begin|eind|half|van)\s(?P<month>{'|'.join(_MONTHS)})\b", re.I)
_AGO = re.compile(r"\s?(?:geleden|terug|oud|na aankoop|gebruik)\b", re.I)


def bought(said: Iterable[Said]) -> Iterator[tuple[str, datetime, timedelta | date | int]]:
    """When the customer says they bought it: the words, when they were said, and how long ago, which day, or which
    month (1-12).
    """
    for each in said:
        for start, end, sentence in sentences(own(each.text)):
            if not _BOUGHT.search(sentence) and "na aankoop" not in sentence.lower():
                continue
            if match := _IN_MONTH.search(sentence):
                yield match.group(), each.at, _MONTHS.index(match["month"].lower()) + 1
            for fact in each.facts:
                if start <= fact.start < end and (told := _when(fact, each)) is not None:
                    yield told[0], each.at, told[1]


def _when(fact: Fact, said: Said) -> tuple[str, timedelta | date] | None:
    """A day that has been, or a length of time ago."""
    today = local_day(said.at)
    if fact.kind == "date" and (on := resolve(fact.value, today)) and on <= today:
        return fact.text, on
    if fact.kind == "duration" and _AGO.match(said.text, fact.end) and (length := _length(fact.value)):
        return f"{fact.text} geleden", length
    return None


def _length(value: str) -> timedelta | None:
    found = re.fullmatch(r"P(\d+)([DWMY])", value)
    return timedelta(days=int(found[1]) * {"D": 1, "W": 7, "M": 30, "Y": 365}[found[2]]) if found else None


def _agrees(order: Order, at: datetime, when: timedelta | date | int) -> bool:
    on = order.ordered_at.astimezone(AMSTERDAM).date()
    if isinstance(when, int):
        return on.month == when and at - order.ordered_at < timedelta(days=366)
    if isinstance(when, timedelta):
        return abs((at - when) - order.ordered_at) <= max(NEAR, when * 0.25)
    return abs(on - when) <= NEAR


_AWAITED = re.compile(
    r"\b(?:niet|nooit|nog niks|nog niets|niks|niets)\s(?:\w+\s){0,2}(?:geleverd|bezorgd|ontvangen|binnen|aangekomen"
    r"|gekregen|gezien)\b|\bwaar\s(?:blijft|blijven)\b|\bwaar\s(?:is|zijn)\s(?:mijn|m'n|mn)\b"
    r"|\bwacht\w*\s(?:\w+\s){0,3}op\s"
    r"(?:mijn|m'n|mn|een|de|het)\s(?:pak|bestel|order|zending|levering)|\bwanneer\skomt\b|\bonderweg\b|\blevering\b",
    re.I,
)


def _comes(order: Order, now: datetime) -> bool:
    """Whether it is on its way, or came only just now."""
    return order.status not in ("delivered", "returned", "cancelled") or (
        order.delivered_at is not None and now - order.delivered_at < timedelta(days=7)
    )


def _latest_call(contacts: Sequence[Contact], now: datetime) -> str | None:
    """The order that the latest contact was about, when that was lately."""
    lately = [each for each in contacts if now - each.at < LATELY and each.order_number]
    return max(lately, key=lambda each: each.at).order_number if lately else None
