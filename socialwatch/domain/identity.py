"""Identity: which customer wrote this, on what basis, and when to leave the judgement to the agent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from socialwatch.domain.clues import Clues, day_fit, is_ours, is_that_day, is_to_come, name_fit, town_fit
from socialwatch.domain.customer import Customer, Order
from socialwatch.domain.mention import Mention
from socialwatch.domain.names import Fit
from socialwatch.domain.particulars import bears_out
from socialwatch.domain.similar import normal


class Basis(StrEnum):
    """Why a customer fits. A name is only offered, when an agent asks: it never links by itself."""

    HANDLE_GIVEN = "handle_given"
    CONFIRMED_BEFORE = "confirmed_before"
    ORDER_NUMBER = "order_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


CONFIDENCE: Mapping[Basis, float] = {
    Basis.HANDLE_GIVEN: 0.99,
    Basis.CONFIRMED_BEFORE: 0.98,
    Basis.ORDER_NUMBER: 0.97,
    Basis.EMAIL: 0.96,
    Basis.PHONE: 0.9,
    Basis.NAME: 0.5,
}
LINK_FROM = 0.9
CLEAR_BY = 0.2
UNCHECKED = 0.8  # an order number, and nothing to check it against: the agent is asked
DOUBTED = 0.5  # something disagrees
TYPED = frozenset({Basis.ORDER_NUMBER, Basis.EMAIL, Basis.PHONE})


class Doubt(StrEnum):
    """Why customers are offered and none is linked."""

    SEVERAL_FIT = "several_fit"
    ON_BEHALF = "on_behalf"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One customer and the basis on which they fit; `confidence` 0..1."""

    customer: Customer
    basis: Basis
    confidence: float


@dataclass(frozen=True, slots=True)
class Linked:
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Offered:
    """Likely customers, likeliest first, for the agent to confirm; shown without order data until then."""

    candidates: tuple[Candidate, ...]
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Nobody:
    pass


Decision = Linked | Offered | Nobody


def candidate(customer: Customer, basis: Basis) -> Candidate:
    """A candidate with the confidence that belongs to its basis."""
    return Candidate(customer, basis, CONFIDENCE[basis])


def weigh(found: Candidate, told: Clues, order: Order | None) -> Candidate:
    """The candidate with the confidence that is left when it is held against what else the post tells; `order` is the
    one whose number was written, where the order system gave it.

    What an agent confirmed is not weighed. An e-mail address is not mistyped into a stranger's, so the town, and a day
    that fell, do not speak against it.
    """
    if found.basis is Basis.CONFIRMED_BEFORE:
        return found
    if name_fit(told, found.customer) is Fit.DIFFERS:
        return doubted(found)
    if found.basis is Basis.ORDER_NUMBER:
        return _numbered(found, told, order)
    if found.basis is Basis.PHONE and (told.not_mine or town_fit(told, found.customer, None) is Fit.DIFFERS):
        return doubted(found)
    return found


def doubted(found: Candidate) -> Candidate:
    """Something speaks against this one: only to be offered."""
    return replace(found, confidence=DOUBTED)


def _numbered(found: Candidate, told: Clues, order: Order | None) -> Candidate:
    """A mistyped number is often that of somebody who bought about then, so that an order of late or on its way
    proves nothing: without a name, a place, the day or the order's own particulars a human says whose it is.
    """
    town = town_fit(told, found.customer, order)
    named = name_fit(told, found.customer) is Fit.FITS
    against = town is Fit.DIFFERS or (not named and (told.present or day_fit(told, order) is Fit.DIFFERS))
    if against or told.not_mine or is_to_come(told, order):
        return doubted(found)
    if named or town is Fit.FITS or is_that_day(told, order) or bears_out(told, found.customer, order):
        return found
    return replace(found, confidence=DOUBTED if told.behalf else UNCHECKED)


def counts(found: Candidate, brand: str) -> bool:
    """Whether this may be a customer at all: an account of the company itself is nobody's whom a post names."""
    return found.basis not in TYPED or not is_ours(found.customer.email, brand)


def decide(candidates: Sequence[Candidate], behalf: str | None) -> Decision:
    """Link the one customer that fits clearly best, offer in doubt. What an agent confirmed outweighs the rest.

    Written on behalf of somebody, what points to the author (handle, e-mail, phone, earlier link) is only offered:
    their orders are not hers. An order number in the text may still link.
    """
    best = _best_per_customer(candidates)
    if not best:
        return Nobody()
    able = _able(candidates, behalf)
    if not able:
        return Offered(best, Doubt.ON_BEHALF)
    first = able[0]
    if first.confidence < LINK_FROM:
        return Offered(best, Doubt.WEAK)
    if any(first.confidence - other.confidence < CLEAR_BY for other in able[1:]):
        return Offered(best, Doubt.SEVERAL_FIT)
    return Linked(first)


def _able(candidates: Sequence[Candidate], behalf: str | None) -> tuple[Candidate, ...]:
    """Those between whom it is decided."""
    if behalf is not None:
        return _best_per_customer([each for each in candidates if each.basis is Basis.ORDER_NUMBER])
    confirmed = _best_per_customer([each for each in candidates if each.basis is Basis.CONFIRMED_BEFORE])
    return confirmed or _best_per_customer(candidates)


def handle_keys(mention: Mention) -> tuple[str, ...]:
    """How this author may stand in an order system: "x:handle" and "x:id", lower-case; empty when the author is
    unknown.
    """
    if mention.author is None:
        return ()
    names = (mention.author.handle or "", mention.author.id)
    keys = [f"{mention.channel}:{name.strip().lstrip('@').strip().lower()}" for name in names]
    return tuple(dict.fromkeys(key for key in keys if not key.endswith(":")))


def gave_id(customer: Customer, seen: Mention) -> bool:
    """Whether this customer gave the author's lasting id and not just a handle, which another may have taken since."""
    if seen.author is None or seen.author.id == seen.author.handle:
        return False
    return f"{seen.channel}:{seen.author.id}".lower() in customer.handles


def name_key(name: str) -> str:
    """What to look a name up by: its last word, without accents and capitals; empty when there is none."""
    words = normal(name).split()
    return words[-1][:40] if words else ""


def order_spellings(number: str) -> tuple[str, ...]:
    """The number as written, then as order systems may spell it: with and without the hyphen after its letters."""
    plain = re.sub(r"[\s#]", "", number).upper()
    parts = re.fullmatch(r"([A-Z]{1,5})-?(\d[\d-]*)", plain)
    if parts is None:
        return (plain,)
    return tuple(dict.fromkeys((plain, f"{parts[1]}-{parts[2]}", f"{parts[1]}{parts[2]}")))


def _best_per_customer(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each customer once, by the basis that fits best, best first; among equals the order of Basis decides."""
    ranks = {basis: place for place, basis in enumerate(Basis)}
    ordered = sorted(candidates, key=lambda each: (-each.confidence, ranks[each.basis], each.customer.id))
    best: dict[tuple[str, str], Candidate] = {}
    for each in ordered:
        best.setdefault((each.customer.brand, each.customer.id), each)
    return tuple(best.values())
