"""Identity: which customer wrote this, on what basis, and when to leave the judgement to the agent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from socialwatch.domain.customer import Customer
from socialwatch.domain.mention import Mention
from socialwatch.domain.similar import normal


class Basis(StrEnum):
    """Why a customer fits. A name is no basis: it never links by itself."""

    HANDLE_GIVEN = "handle_given"
    CONFIRMED_BEFORE = "confirmed_before"
    ORDER_NUMBER = "order_number"
    EMAIL = "email"
    PHONE = "phone"


CONFIDENCE: Mapping[Basis, float] = {
    Basis.HANDLE_GIVEN: 0.99,
    Basis.CONFIRMED_BEFORE: 0.98,
    Basis.ORDER_NUMBER: 0.97,
    Basis.EMAIL: 0.96,
    Basis.PHONE: 0.9,
}
LINK_FROM = 0.9
CLEAR_BY = 0.2


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


def decide(candidates: Sequence[Candidate], behalf: str | None) -> Decision:
    """Link the one customer that fits clearly best, offer in doubt.

    Written on behalf of somebody, what points to the author (handle, e-mail, phone, earlier link) is only offered:
    their orders are not hers. An order number in the text may still link.
    """
    best = _best_per_customer(candidates)
    if not best:
        return Nobody()
    able = (
        best
        if behalf is None
        else _best_per_customer([each for each in candidates if each.basis is Basis.ORDER_NUMBER])
    )
    if not able:
        return Offered(best, Doubt.ON_BEHALF)
    first = able[0]
    if first.confidence < LINK_FROM:
        return Offered(best, Doubt.WEAK)
    if any(first.confidence - other.confidence < CLEAR_BY for other in able[1:]):
        return Offered(best, Doubt.SEVERAL_FIT)
    return Linked(first)


def handle_keys(mention: Mention) -> tuple[str, ...]:
    """How this author may stand in an order system: "x:handle" and "x:id", lower-case; empty when the author is
    unknown.
    """
    if mention.author is None:
        return ()
    names = (mention.author.handle or "", mention.author.id)
    keys = [f"{mention.channel}:{name.strip().lstrip('@').strip().lower()}" for name in names]
    return tuple(dict.fromkeys(key for key in keys if not key.endswith(":")))


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
