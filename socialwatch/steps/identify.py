"""Identify: which customer wrote this, on what basis, and what in their orders presses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog

from socialwatch.domain import identity, stakes, triage
from socialwatch.domain.assessment import Assessment, Fact
from socialwatch.domain.clues import Clues, clues, of_somebody_else
from socialwatch.domain.customer import File, Shop
from socialwatch.domain.facts import phone_readings, values
from socialwatch.domain.freshness import remote
from socialwatch.domain.identity import (
    Basis,
    Candidate,
    Decision,
    Linked,
    Nobody,
    Offered,
    candidate,
    decide,
    handle_keys,
    weigh,
)
from socialwatch.domain.order_look import Look, bare, spellings
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Halted, SocialwatchError, Unavailable
from socialwatch.store import assessments, copies, customers, forgotten, identities, mentions
from socialwatch.store.forgotten import Gone
from socialwatch.store.identities import Said, Spoken
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

_log = structlog.get_logger(__name__)

UNREAD = 5.0  # a mention without an assessment: somebody fetched it back, or it is our own
LATER = (60.0, 300.0, 1200.0, 3600.0, 14400.0)  # seconds until an order system that was away is asked again


@dataclass(frozen=True, slots=True)
class Author:
    """A mention whose author we want to know, what agents said of it before, how the brand's order numbers look, and
    whom the brand forgot.
    """

    job: Job
    found: Stored
    assessment: Assessment | None
    spoken: Spoken
    looks: Sequence[Look] = ()
    gone: Gone = field(default_factory=Gone)

    @property
    def behalf(self) -> str | None:
        return self.assessment.behalf if self.assessment else None


@dataclass(frozen=True, slots=True)
class Known:
    """`decision` is None when all stays as it is: an agent said it, or the order system says nothing (is
    `away` for now). `file` is what an order system elsewhere told of the linked customer.
    """

    author: Author
    decision: Decision | None
    deadline: date | None = None
    away: bool = False
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An order system while one mention is asked about: nobody's file is fetched twice."""

    shop: Shop
    files: dict[str, File | None] = field(default_factory=dict)

    def file(self, number: str) -> File | None:
        if number not in self.files:
            self.files[number] = self.shop.file(number)
        return self.files[number]


def load(unit: Unit, held: Claim) -> list[Author]:
    numbers = [job.subject for job in held.jobs]
    found = {each.id: each for each in mentions.by_id(unit, numbers)}
    read = assessments.of(unit, numbers)
    spoken = identities.spoken(unit, list(found.values()))
    brands = {each.mention.brand for each in found.values()}
    looks = {brand: customers.order_looks(unit, brand) for brand in brands}
    gone = {brand: forgotten.gone(unit, brand) for brand in brands}
    return [
        Author(job, found[job.subject], read.get(job.subject), spoken[job.subject], looks[job.brand], gone[job.brand])
        for job in held.jobs
        if job.subject in found
    ]


def ask(authors: Sequence[Author], shops: Mapping[str, Shop]) -> list[Known]:
    """Ask the order system. One that cannot be reached never blocks a case: the mention goes on as it is, and is asked
    about again later.
    """
    return [_known(each, Desk(shops[each.found.mention.brand])) for each in authors]


def _known(author: Author, at: Desk) -> Known:
    try:
        decision = None if author.spoken.here else decide(_candidates(author, at), author.behalf)
        linked = decision.candidate.customer.id if isinstance(decision, Linked) else author.spoken.here
        told = at.file(linked) if linked and remote(at.shop) else None
        return Known(author, decision, _deadline(linked, at, author), file=told)
    except SocialwatchError as problem:
        _log.warning("shop_did_not_tell", brand=author.found.mention.brand, reason=str(problem))
        # A human may mend a key, and then we know after all.
        return Known(author, None, away=isinstance(problem, Unavailable | Halted))


def _candidates(author: Author, at: Desk) -> list[Candidate]:
    """All whom something points to, but whom an agent said it is not, each as sure as the other clues leave it."""
    told = clues(author.found.mention, author.behalf)
    found = [*_by_author(author, at, told), *_by_text(author, at, told)]
    brand = author.found.mention.brand
    there = (each for each in found if not author.gone.knows(each.customer))
    return [each for each in there if each.customer.id not in author.spoken.no and identity.counts(each, brand)]


def _by_author(author: Author, at: Desk, told: Clues) -> Iterator[Candidate]:
    seen = author.found.mention
    keys = handle_keys(seen)
    for each in at.shop.by_handle(keys) if keys else []:
        given = candidate(each, Basis.HANDLE_GIVEN)
        yield given if identity.gave_id(each, seen) else weigh(given, told, None)
    for number in author.spoken.yes:
        file = at.file(number)
        if file is not None:
            yield candidate(file.customer, Basis.CONFIRMED_BEFORE)
    if seen.channel == "mail" and seen.author is not None:  # who mails gives the address with every mail
        for each in at.shop.by_email(seen.author.id):
            yield weigh(candidate(each, Basis.EMAIL), told, None)


def _by_text(author: Author, at: Desk, told: Clues) -> Iterator[Candidate]:
    facts = author.assessment.facts if author.assessment else ()
    for number in (*values(facts, "order_number"), *bare(author.found.mention.text, author.looks, facts)):
        yield from _by_order(spellings(number, author.looks), at, told)
    for fact in facts:
        match fact.kind:
            case "email":
                yield from _by_email(fact, author, at, told)
            case "phone":
                for reading in phone_readings(fact.text):
                    for each in at.shop.by_phone(reading):
                        yield weigh(candidate(each, Basis.PHONE), told, None)


def _by_email(fact: Fact, author: Author, at: Desk, told: Clues) -> Iterator[Candidate]:
    others = of_somebody_else(author.found.mention.text, fact.start)
    for each in at.shop.by_email(fact.value):
        found = weigh(candidate(each, Basis.EMAIL), told, None)
        yield identity.doubted(found) if others else found


def _by_order(spelt: Sequence[str], at: Desk, told: Clues) -> Iterator[Candidate]:
    """Whose order it is by the first spelling that the order system knows."""
    found = next((some for each in spelt if (some := at.shop.by_order(each))), [])
    for each in found:
        file = at.file(each.id)
        order = next((one for one in file.orders if one.number in spelt), None) if file else None
        yield weigh(candidate(each, Basis.ORDER_NUMBER), told, order)


def _deadline(linked: str | None, at: Desk, author: Author) -> date | None:
    """The soonest thing that presses in the linked customer's orders, such as a present for tomorrow."""
    file = at.file(linked) if linked else None
    return stakes.soonest(file.orders, author.found.mention.created_at) if file else None


def write(unit: Unit, found: Sequence[Known], now: datetime) -> list[Moved]:
    """Store links and offers with their basis."""
    return [*(_on(each) for each in found), *write_late(unit, found, now)]


def write_late(unit: Unit, found: Sequence[Known], now: datetime) -> list[Moved]:
    """As `write`, of what went on long ago because the order system was away: only its link follows."""
    for each in found:
        if each.file is not None:
            copies.keep(unit, each.file, now)
    decided = [(each, each.decision) for each in found if each.decision is not None]
    identities.record(unit, [_said(each.author, decision) for each, decision in decided], now)
    for each, decision in decided:
        _link(unit, each.author.found, decision.candidate.customer.id if isinstance(decision, Linked) else None)
    return [_again(each) for each in found if each.away and _tries(each) < len(LATER)]


def _link(unit: Unit, target: Stored, linked: str | None) -> None:
    if linked == target.customer_id:
        return
    mentions.link(unit, target.id, linked)
    if target.case_id is not None:
        identities.follow(unit, target.case_id, target.customer_id, linked)


def _on(known: Known) -> Moved:
    author = known.author
    detail = dict(author.job.detail)
    if not known.away:
        detail["deadline"] = known.deadline.isoformat() if known.deadline else None
    pressing = triage.read(author.assessment) if author.assessment else UNREAD
    return Moved(Event.KNOWN, author.found.mention.brand, author.found.id, pressing, detail=detail)


def _tries(known: Known) -> int:
    return int(known.author.job.detail.get("tries", 0))


def _again(known: Known) -> Moved:
    tries, author = _tries(known), known.author
    return Moved(
        Event.AGAIN, author.found.mention.brand, author.found.id, after=LATER[tries], detail={"tries": tries + 1}
    )


def _said(author: Author, decision: Decision) -> Said:
    match decision:
        case Linked(linked):
            return Said(author.found, (linked,), offered=False, personal=author.behalf is None)
        case Offered(offers, _):
            return Said(author.found, offers, offered=True, personal=author.behalf is None)
        case Nobody():
            return Said(author.found, (), offered=True)
