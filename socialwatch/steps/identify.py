"""Identify: which customer wrote this, on what basis, and what in their orders presses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from socialwatch.domain import stakes, triage
from socialwatch.domain.assessment import Assessment
from socialwatch.domain.customer import Customer, File, Shop
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
    order_spellings,
)
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Halted, SocialwatchError, Unavailable
from socialwatch.store import assessments, copies, identities, mentions
from socialwatch.store.identities import Said
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

_log = structlog.get_logger(__name__)

LATER = (60.0, 300.0, 1800.0, 7200.0, 28_800.0)  # seconds until a shop that was away is asked who this is
UNREAD = 5.0  # a mention without an assessment: somebody fetched it back, or it is our own


@dataclass(frozen=True, slots=True)
class Author:
    """A mention whose author we want to know; `confirmed` are customers whom an agent said this author is."""

    job: Job
    found: Stored
    assessment: Assessment | None
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """`file` and `met` are what an order system elsewhere told on the way; `away` says that it did not answer."""

    author: Author
    decision: Decision
    deadline: date | None = None
    file: File | None = None
    met: tuple[Customer, ...] = ()
    away: bool = False


def load(unit: Unit, held: Claim) -> list[Author]:
    numbers = [job.subject for job in held.jobs]
    found = {each.id: each for each in mentions.by_id(unit, numbers)}
    read = assessments.of(unit, numbers)
    confirmed = identities.confirmed(unit, list(found.values()))
    return [
        Author(job, found[job.subject], read.get(job.subject), tuple(confirmed[job.subject]))
        for job in held.jobs
        if job.subject in found
    ]


def ask(authors: Sequence[Author], shops: Mapping[str, Shop]) -> list[Known]:
    """Ask the order system. One that cannot be reached never blocks a case: the mention goes on without a link, and is
    asked about again later.
    """
    return [_known(each, shops[each.found.mention.brand]) for each in authors]


def _known(author: Author, shop: Shop) -> Known:
    behalf = author.assessment.behalf if author.assessment else None
    try:
        decision = decide(_candidates(author, shop), behalf)
        file = shop.file(decision.candidate.customer.id) if isinstance(decision, Linked) else None
    except (Unavailable, Halted) as problem:  # a human may mend a key, and then we know after all
        _log.warning("shop_did_not_tell", brand=author.found.mention.brand, reason=str(problem))
        return Known(author, Nobody(), away=True)
    except SocialwatchError as problem:
        _log.warning("shop_did_not_tell", brand=author.found.mention.brand, reason=str(problem))
        return Known(author, Nobody())
    deadline = _deadline(file, author.found.mention.created_at)
    if not remote(shop):
        return Known(author, decision, deadline)
    return Known(author, decision, deadline, file, _met(decision))


def _met(decision: Decision) -> tuple[Customer, ...]:
    match decision:
        case Linked(linked):
            return (linked.customer,)
        case Offered(offers, _):
            return tuple(each.customer for each in offers)
    return ()


def _candidates(author: Author, shop: Shop) -> list[Candidate]:
    seen = author.found.mention
    keys = handle_keys(seen)
    found = [candidate(each, Basis.HANDLE_GIVEN) for each in (shop.by_handle(keys) if keys else [])]
    found += [candidate(each, Basis.CONFIRMED_BEFORE) for each in _customers(author.confirmed, shop)]
    if seen.channel == "mail" and seen.author is not None:  # who mails gives the address with every mail
        found += [candidate(each, Basis.EMAIL) for each in shop.by_email(seen.author.id)]
    for fact in author.assessment.facts if author.assessment else ():
        if fact.kind == "order_number":
            found += [candidate(each, Basis.ORDER_NUMBER) for each in _by_order(fact.value, shop)]
        elif fact.kind == "email":
            found += [candidate(each, Basis.EMAIL) for each in shop.by_email(fact.value)]
    return found


def _customers(numbers: Sequence[str], shop: Shop) -> list[Customer]:
    files = [shop.file(number) for number in numbers]
    return [each.customer for each in files if each is not None]


def _by_order(number: str, shop: Shop) -> list[Customer]:
    for spelling in order_spellings(number):
        found = shop.by_order(spelling)
        if found:
            return found
    return []


def _deadline(file: File | None, now: datetime) -> date | None:
    """The soonest thing that presses in the linked customer's orders, such as a present for tomorrow."""
    orders = file.orders[:5] if file else ()
    days = [stake.on for order in orders for stake in stakes.from_order(order, now) if stake.on is not None]
    return min(days, default=None)


def write(unit: Unit, found: Sequence[Known], now: datetime) -> list[Moved]:
    """Store links and offers with their basis, and what an order system elsewhere told on the way."""
    _copy(unit, found, now)
    identities.record(unit, [_said(each) for each in found], now)
    for each in found:
        target = each.author.found
        linked = each.decision.candidate.customer.id if isinstance(each.decision, Linked) else None
        if linked != target.customer_id:
            mentions.link(unit, target.id, linked)
        if linked is not None and target.case_id is not None:
            copies.came_to_light(unit, target.mention.brand, target.case_id, linked)
    return [moved for each in found for moved in _on(each)]


def _copy(unit: Unit, found: Sequence[Known], now: datetime) -> None:
    for each in found:
        if each.file is not None:
            copies.keep(unit, each.file, now)
    copies.meet(unit, [one for each in found for one in each.met], now)


def _on(each: Known) -> Iterator[Moved]:
    """Where it goes from here; what was asked again of a shop that had been away only when that brought something."""
    target, known, detail = each.author.found, each.author.assessment, dict(each.author.job.detail)
    brand, pressing, tried = target.mention.brand, triage.read(known) if known else UNREAD, int(detail.pop("tried", 0))
    if each.deadline is not None:
        detail["deadline"] = each.deadline.isoformat()
    if each.away and tried < len(LATER):
        later = detail | {"tried": tried + 1}
        yield Moved(Event.AGAIN, brand, target.id, pressing, after=LATER[tried], detail=later)
    if not tried or not isinstance(each.decision, Nobody):
        yield Moved(Event.KNOWN, brand, target.id, pressing, detail=detail)


def _said(known: Known) -> Said:
    match known.decision:
        case Linked(linked):
            return Said(known.author.found, (linked,), offered=False)
        case Offered(offers, _):
            return Said(known.author.found, offers, offered=True)
        case _:
            return Said(known.author.found, (), offered=True)
