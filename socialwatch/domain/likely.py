"""Likely: what solving a case will probably cost, by simple rules and with its reason, so that it reaches somebody who
may spend that; the judgement stays with the agent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from socialwatch.domain.assessment import Assessment, Kind

FURIOUS = 3
COURIER = Decimal(10)  # what bringing it today adds, for whoever has had enough
MOST = Decimal(1_000)
TELLING = 6  # letters; shorter words stand in too many names
ASKS_ONLY = frozenset({Kind.QUESTION, Kind.THANKS, Kind.PRAISE, Kind.OTHER})


class Ground(StrEnum):
    """What the estimate rests on."""

    ORDER = "order"
    AMOUNT = "amount"
    ANSWER = "answer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bought:
    """One line of a customer's order: price per piece in euros, VAT included; newest orders first."""

    order: str
    product: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Likely:
    """Euros that solving it will probably cost; `product` is what it is about, where we know."""

    euros: Decimal
    ground: Ground
    product: str | None = None


UNKNOWN = Likely(Decimal(0), Ground.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """What the customer told: their words, how they were read, and how furious they are (0..3)."""

    words: str
    read: Sequence[Assessment]
    level: int


def likely(told: Told, bought: Sequence[Bought]) -> Likely:
    """1. only questions: an answer is enough · 2. the piece it is about, else the dearest of the latest order · 3. the
    amount that the customer names · 4. unknown, which asks for nothing. Fury adds a courier.
    """
    if told.read and told.level < FURIOUS and all(each.reading.kind in ASKS_ONLY for each in told.read):
        return Likely(Decimal(0), Ground.ANSWER)
    extra = COURIER if told.level >= FURIOUS else Decimal(0)
    piece = _piece(told, bought)
    if piece is not None:
        return Likely(piece.price + extra, Ground.ORDER, piece.product)
    named = max(_amounts(told.read), default=None)
    return UNKNOWN if named is None else Likely(named + extra, Ground.AMOUNT)


def _piece(told: Told, bought: Sequence[Bought]) -> Bought | None:
    """Of the order they name, or the product they speak of, else of the latest order: the dearest line that fits."""
    if not bought:
        return None
    numbers = {_plain(each.value) for one in told.read for each in one.facts if each.kind == "order_number"}
    theirs = [each for each in bought if _plain(each.order) in numbers] or list(bought)
    about = [each for each in theirs if _speaks_of(told.words, each.product)]
    latest = [each for each in theirs if each.order == theirs[0].order]
    return max(about or latest, key=lambda each: each.price)


def _speaks_of(words: str, product: str) -> bool:
    """A telling word of the product's name stands in theirs: *wandelsok* in *mijn wandelsokken*."""
    text = words.casefold()
    return any(len(word) >= TELLING and word in text for word in product.casefold().split())


def _plain(number: str) -> str:
    return "".join(letter for letter in number.upper() if letter.isalnum())


def _amounts(read: Sequence[Assessment]) -> Iterator[Decimal]:
    """Amounts that can be meant; a sum that nobody pays for socks says nothing about what is needed."""
    for one in read:
        for each in one.facts:
            if each.kind == "amount" and 0 < (found := Decimal(each.value)) <= MOST:
                yield found
