"""Seek: an agent asks who it may be; customers by name and place, or by a number the agent was told, are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.customer import Customer, Shop
from socialwatch.domain.facts import facts, phone_readings, values
from socialwatch.domain.identity import Basis, Candidate, candidate
from socialwatch.domain.lookalike import likely
from socialwatch.domain.order_look import Look, spellings
from socialwatch.domain.trip import Moved
from socialwatch.errors import SocialwatchError
from socialwatch.store import cases, customers, forgotten, identities
from socialwatch.store.forgotten import Gone
from socialwatch.store.identities import Said
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agent wants to know of a case; `post` is the latest of the customer's, `gone` whom the brand forgot."""

    job: Job
    post: Stored
    looks: Sequence[Look] = ()
    gone: Gone = field(default_factory=Gone)


@dataclass(frozen=True, slots=True)
class Found:
    """`candidates` is None when the order system did not say."""

    asked: Asked
    candidates: tuple[Candidate, ...] | None


def load(unit: Unit, held: Claim) -> list[Asked]:
    posts = cases.mentions(unit, [job.subject for job in held.jobs])
    theirs = {number: [each for each in found if not each.mention.own] for number, found in posts.items()}
    return [
        Asked(job, theirs[job.subject][-1], customers.order_looks(unit, job.brand), forgotten.gone(unit, job.brand))
        for job in held.jobs
        if theirs[job.subject]
    ]


def ask(work: Sequence[Asked], shops: Mapping[str, Shop]) -> list[Found]:
    """Ask the order system once; somebody waits, so that what fails is said at once and not tried again."""
    return [_found(each, shops[each.job.brand]) for each in work]


def _found(asked: Asked, shop: Shop) -> Found:
    words, city = str(asked.job.detail["words"]), str(asked.job.detail.get("city", ""))
    try:
        candidates = [*_by_number(words, asked.looks, shop), *_by_name(words, city, shop)]
    except SocialwatchError:
        return Found(asked, None)
    known = {each.customer.id: each for each in reversed(candidates) if not asked.gone.knows(each.customer)}
    best = sorted(known.values(), key=lambda each: (-each.confidence, each.customer.id))
    return Found(asked, tuple(best))


def _by_number(words: str, looks: Sequence[Look], shop: Shop) -> list[Candidate]:
    """What an agent types may be a number that the customer told in private or by telephone."""
    told = facts(words)
    numbers = [*values(told, "order_number"), words.strip().upper()]
    found: list[tuple[Customer, Basis]] = []
    for spelling in dict.fromkeys(each for number in numbers for each in spellings(number, looks)):
        found += [(each, Basis.ORDER_NUMBER) for each in shop.by_order(spelling)]
    found += [(each, Basis.EMAIL) for email in values(told, "email") for each in shop.by_email(email)]
    readings = [reading for fact in told if fact.kind == "phone" for reading in phone_readings(fact.text)]
    found += [(each, Basis.PHONE) for phone in dict.fromkeys(readings) for each in shop.by_phone(phone)]
    return [candidate(*each) for each in found]


def _by_name(words: str, city: str, shop: Shop) -> list[Candidate]:
    if any(letter.isdigit() or letter == "@" for letter in words):
        return []
    return likely(shop.by_name(words, city or None), words, city)


def write(unit: Unit, found: Sequence[Found], now: datetime) -> list[Moved]:
    """Offer who was found, and say in the case how many, also when nobody was; here the trip ends."""
    for each in found:
        said = Said(each.asked.post, each.candidates or (), offered=True)
        count = identities.offer(unit, said, now) if each.candidates is not None else None
        detail = {"found": len(each.candidates or ()), "new": count}
        who = each.asked.job.detail.get("by")
        cases.write(unit, each.asked.job.subject, Line(LineKind.SOUGHT, now, agent_id=who, detail=detail))
    return []
