"""Particulars: what a post tells of an order itself, to hold against the order whose number it names."""

from datetime import timedelta
from decimal import Decimal

from socialwatch.domain.clues import Clues
from socialwatch.domain.customer import Customer, Order, OrderLine
from socialwatch.domain.similar import normal

COMPLAINED_WITHIN = timedelta(days=730)  # of an older order people do not tell what was in it
FEWEST_HITS = 2  # words of one line: "sokken" alone fits every order of who sells socks
SHORTEST_WORD, FEWEST_SIGNS, FEWEST_EUROS = 4, 4, Decimal(5)


def bears_out(told: Clues, customer: Customer, order: Order | None) -> bool:
    """Whether the post tells something that only few orders share, and this one does: the tracking code, the postcode,
    the amount to the cent, or the product by more than one word.
    """
    if order is None or told.at - order.ordered_at > COMPLAINED_WITHIN:
        return False
    return _sent(told, customer, order) or _paid(told, order) or any(_named(told, line) for line in order.lines)


def _sent(told: Clues, customer: Customer, order: Order) -> bool:
    codes = [order.tracking, *(each.tracking for each in order.shipments)]
    places = [customer.address.postcode, order.ship_to.postcode if order.ship_to else None]
    keys = [normal(each) for each in (*codes, *places) if each]
    telling = [key for key in keys if len(key) > FEWEST_SIGNS]  # a Belgian postcode is four figures like any other
    return any(_told(told, each) or _told(told, each.replace(" ", "")) for each in telling)


def _paid(told: Clues, order: Order) -> bool:
    """Round amounts are everybody's."""
    amounts = [order.total, *(line.price for line in order.lines)]
    odd = {each for each in amounts if each is not None and each >= FEWEST_EUROS and each % 1}
    return any(_told(told, f"{each:.2f}".replace(".", " ")) for each in odd)


def _named(told: Clues, line: OrderLine) -> bool:
    size = normal(line.size or "")
    words = {word for word in f"{normal(line.product)} {size}".split() if len(word) >= SHORTEST_WORD}
    hits = sum(f" {_stem(word)}" in told.words for word in words)
    return hits + _sized(told, size) >= FEWEST_HITS


def _sized(told: Clues, size: str) -> bool:
    """A range of sizes is told from other figures by itself."""
    return size.replace(" ", "").isdigit() and _told(told, size if " " in size else f"maat {size}")


def _stem(word: str) -> str:
    """Without its ending: katoen is in katoenen, wandelsok in wandelsokken."""
    endings = ((8, 3), (6, 2), (SHORTEST_WORD, 1))
    return next((word[:-ending] for longer, ending in endings if len(word) > longer), word)


def _told(told: Clues, what: str) -> bool:
    return f" {what} " in told.words
