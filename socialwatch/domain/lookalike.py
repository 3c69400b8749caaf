"""Lookalike: which customers may be the one an agent looks for, by name and place. It orders an offer, never links."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from socialwatch.domain.customer import Customer
from socialwatch.domain.identity import Basis, Candidate, candidate
from socialwatch.domain.names import Fit, fit
from socialwatch.domain.similar import normal

MOST = 8  # customers on offer; more is no choice
LEAST = 0.6
_OF_TOWN, _OF_NAME = 0.1, 0.1


def likely(found: Sequence[Customer], name: str, city: str) -> list[Candidate]:
    """At most MOST customers whose name looks like this one, likeliest first; `city` may be empty. Their confidence,
    0..0.89, says how alike they are: a name alone never links.
    """
    rated = [(_alike(each, name, city), each) for each in found]
    best = sorted((pair for pair in rated if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[1].id))
    return [replace(candidate(each, Basis.NAME), confidence=round(0.89 * alike, 2)) for alike, each in best[:MOST]]


def _alike(customer: Customer, name: str, city: str) -> float:
    likeness = fuzz.token_sort_ratio(normal(name), normal(customer.name)) / 100
    match fit(name, customer.name, certain=True):
        case Fit.FITS:
            likeness = max(likeness, 0.85)
        case Fit.DIFFERS:
            likeness -= _OF_NAME
    if city and customer.address.city:
        likeness += _OF_TOWN if fuzz.ratio(normal(city), normal(customer.address.city)) >= 85 else -_OF_TOWN
    return min(1.0, max(0.0, likeness))
