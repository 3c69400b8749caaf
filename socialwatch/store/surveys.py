"""The question afterwards: which cases may bring one, which wait to be sent, and what was answered, once each."""

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, or_, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import LineKind
from socialwatch.domain.identity import Basis
from socialwatch.domain.protocol import NONE, bereaved
from socialwatch.domain.survey import LATEST, Matter, Results
from socialwatch.store.tables import agent, case, customer, identity, line, mention, promise, survey, thanks
from socialwatch.store.unit import Unit

AT_ONCE = 50  # cases or mails per round
DUE, SENDING, SENT, UNKNOWN, ANSWERED, DROPPED = "due", "sending", "sent", "unknown", "answered", "dropped"
OUT = (SENDING, SENT, UNKNOWN)  # the mail may lie in somebody's mailbox
SHOWN = timedelta(days=90)
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Survey:
    """One question. `sent_at` is when the mail went out, or when we began to send it."""

    id: int
    brand: str
    case_id: int
    customer_id: str
    state: str
    due_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class People:
    """Who asks whom: names as they are known, "" when they are not."""

    customer: str
    agent: str


def hashed(name: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(name.encode()).hexdigest()


def address_hash(brand: str, address: str) -> str:
    """By what an address is known again without being kept twice."""
    return hashed(f"{brand}\n{address.strip().lower()}")


def candidates(unit: Unit, brand: str, since: datetime) -> list[int]:
    """Cases of known customers that were closed since then and brought no question yet; most of what speaks against
    one is left out here already.
    """
    other = case.alias("other")
    theirs = and_(other.c.brand == case.c.brand, other.c.customer_id == case.c.customer_id)
    busy = exists().where(theirs, other.c.state != "closed")
    owed = exists().where(promise.c.case_id == case.c.id, promise.c.kept_at.is_(None), promise.c.dropped_at.is_(None))
    query = (
        select(case.c.id)
        .where(case.c.brand == brand, case.c.state == "closed", case.c.last_at >= since)
        .where(case.c.customer_id.is_not(None), case.c.first_answer_at.is_not(None), case.c.merged_into.is_(None))
        .where(~exists().where(survey.c.case_id == case.c.id), ~exists().where(thanks.c.case_id == case.c.id))
        .where(~busy, ~owed)
    )
    return list(unit.run(query.order_by(case.c.last_at, case.c.id).limit(AT_ONCE)).scalars())


def matter(unit: Unit, number: int) -> Matter:
    """What is known of a case when it comes to asking, at this moment."""
    row = unit.run(select(case).where(case.c.id == number)).one()
    closed = select(func.max(line.c.at)).where(line.c.case_id == number, line.c.kind == LineKind.CLOSED.value)
    address = _address(unit, number, row.brand, row.customer_id)
    open_promise = and_(promise.c.kept_at.is_(None), promise.c.dropped_at.is_(None))
    mine = and_(case.c.brand == row.brand, case.c.customer_id == row.customer_id)
    theirs = unit.run(select(case.c.id, case.c.state, case.c.protocol).where(mine)).all() if row.customer_id else [row]
    numbers = [each.id for each in theirs]
    return Matter(
        closed_at=unit.run(closed).scalar_one() if row.state == "closed" and row.merged_into is None else None,
        answered=row.first_answer_at is not None,
        language=row.language,
        address=address,
        thanked=_is(unit, select(thanks.c.id).where(thanks.c.case_id == number)),
        carded=any(each.protocol not in (None, NONE) for each in theirs) or _mourns(unit, number),
        promised=_is(unit, select(promise.c.id).where(promise.c.case_id.in_(numbers), open_promise)),
        others_open=any(each.state != "closed" for each in theirs if each.id != number),
        asked_at=_asked_at(unit, row.brand, row.customer_id, address, number),
    )


def _is(unit: Unit, query: Select[Any]) -> bool:
    return unit.run(query.limit(1)).first() is not None


def _mourns(unit: Unit, number: int) -> bool:
    """Whether anything the customer wrote here tells of a death, also where no card was shown."""
    texts = unit.run(select(mention.c.text).where(mention.c.case_id == number, mention.c.own.is_(False))).scalars()
    return any(bereaved(text) for text in texts)


def _address(unit: Unit, number: int, brand: str, customer_id: str | None) -> str | None:
    """The customer's address, when identity is sure that they wrote in this case: a handle or number they gave, an
    order number, address or telephone they named, or a colleague's word; never a name alone.
    """
    if customer_id is None:
        return None
    about = or_(
        identity.c.mention_id == mention.c.id,
        and_(identity.c.channel == mention.c.channel, identity.c.author_id == mention.c.author_id),
    )
    sure = or_(identity.c.basis != Basis.NAME.value, identity.c.confirmed_by.is_not(None))
    linked = (
        select(identity.c.id)
        .join(mention, about)
        .where(mention.c.case_id == number, identity.c.brand == brand, identity.c.customer_id == customer_id)
        .where(identity.c.offered.is_(False), identity.c.undone_at.is_(None), sure)
    )
    if not _is(unit, linked):
        return None
    known = select(customer.c.email).where(customer.c.brand == brand, customer.c.id == customer_id)
    found = unit.run(known).scalar_one_or_none()
    return found if found and "@" in found else None


def _asked_at(unit: Unit, brand: str, who: str | None, address: str | None, apart_from: int) -> datetime | None:
    """When we last asked this customer, or this address under another customer; a question that waits counts too."""
    same: list[ColumnElement[bool]] = [survey.c.customer_id == who]
    if address is not None:
        same.append(survey.c.address_hash == address_hash(brand, address))
    asked = select(func.max(survey.c.due_at)).where(survey.c.brand == brand, survey.c.case_id != apart_from)
    found: datetime | None = unit.run(asked.where(survey.c.state != DROPPED, or_(*same))).scalar_one()
    return found


def plan(unit: Unit, number: int, address: str | None, due_at: datetime) -> None:
    """A case brings a question at that moment, or, without an address, never."""
    row = unit.run(select(case.c.brand, case.c.customer_id).where(case.c.id == number)).one()
    values = {
        "brand": row.brand,
        "case_id": number,
        "customer_id": row.customer_id,
        "address_hash": address_hash(row.brand, address) if address else "",
        "token_hash": hashed(secrets.token_urlsafe(16)),  # of a token that nobody has: the real one is made at sending
        "state": DUE if address else DROPPED,
        "due_at": due_at,
    }
    unit.run(insert(survey).values(values))


def due(unit: Unit, now: datetime) -> list[Survey]:
    """What may go out now, oldest first."""
    waiting = select(survey).where(survey.c.state == DUE, survey.c.due_at <= now)
    return [_of_row(row) for row in unit.run(waiting.order_by(survey.c.due_at, survey.c.id).limit(AT_ONCE))]


def begin(unit: Unit, number: int, name: str, now: datetime) -> bool:
    """The mail is about to go out with a token of this name; False when somebody else began it first."""
    mine = (survey.c.id == number) & (survey.c.state == DUE)
    values = {"state": SENDING, "token_hash": hashed(name), "sent_at": now}
    return bool(unit.run(update(survey).where(mine).values(values)).rowcount == 1)


def became(unit: Unit, number: int, state: str, due_at: datetime | None = None) -> None:
    """What became of one that was being sent; with `due_at`, it did not go out and waits again."""
    values = {"state": state} | ({"due_at": due_at, "sent_at": None} if due_at else {})
    unit.run(update(survey).where(survey.c.id == number, survey.c.state.in_((DUE, SENDING))).values(values))


def settle_old(unit: Unit, now: datetime, patience: timedelta) -> None:
    """Whose sender died in the middle: nobody knows, and it is never sent again. What waited too long is dropped."""
    died = (survey.c.state == SENDING) & (survey.c.sent_at < now - patience)
    unit.run(update(survey).where(died).values(state=UNKNOWN))
    unit.run(update(survey).where(survey.c.state == DUE, survey.c.due_at < now - LATEST).values(state=DROPPED))


def by_name(unit: Unit, name: str) -> Survey | None:
    """The question whose link carries this name."""
    row = unit.run(select(survey).where(survey.c.token_hash == hashed(name))).one_or_none()
    return None if row is None else _of_row(row)


def answer(unit: Unit, number: int, score: int, words: str, now: datetime) -> bool:
    """Store the one answer; False when there was one already."""
    mine = (survey.c.id == number) & survey.c.state.in_(OUT)
    values = {"state": ANSWERED, "score": score, "words": words or None, "answered_at": now}
    return bool(unit.run(update(survey).where(mine).values(values)).rowcount == 1)


def people(unit: Unit, asked: Survey) -> People:
    """Names for the mail: the customer's, and that of who had the case."""
    who = select(customer.c.name).where(customer.c.brand == asked.brand, customer.c.id == asked.customer_id)
    owner = select(agent.c.name).join(case, case.c.owner_id == agent.c.id).where(case.c.id == asked.case_id)
    wrote = select(agent.c.name).join(line, line.c.agent_id == agent.c.id).where(line.c.case_id == asked.case_id)
    last = wrote.where(line.c.kind == LineKind.REPLY.value).order_by(line.c.at.desc()).limit(1)
    name = unit.run(owner).scalar_one_or_none() or unit.run(last).scalar_one_or_none() or ""
    return People(unit.run(who).scalar_one_or_none() or "", name)


def results(unit: Unit, who: Agent, now: datetime) -> Results:
    """The answers of the last ninety days, of a brand as a whole; the words carry no name, case or day."""
    mine = and_(survey.c.brand == who.brand, survey.c.state == ANSWERED, survey.c.answered_at >= now - SHOWN)
    query = select(survey.c.score, survey.c.words, case.c.owner_id).join(case, case.c.id == survey.c.case_id)
    rows = unit.run(query.where(mine).order_by(survey.c.token_hash)).all()  # in no order that tells anything
    words = [row.words for row in rows if row.words]
    owners = {row.owner_id for row in rows if row.owner_id is not None}
    return Results(Counter(row.score for row in rows), len(owners), tuple(words[:MOST_WORDS]))


def _of_row(row: Any) -> Survey:
    return Survey(row.id, row.brand, row.case_id, row.customer_id, row.state, row.due_at, row.sent_at, row.answered_at)
