"""Which customer an author is: each link with its basis, who confirmed it and when; undone links stay as history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, insert, or_, select, tuple_, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.identity import Basis, Candidate
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import agent, case, customer, identity
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Spoken:
    """What agents said about the author of a mention: whom it is, latest first, and whom it is not. `here` is whom
    they said of this very mention.
    """

    yes: tuple[str, ...] = ()
    no: frozenset[str] = frozenset()
    here: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An author (or, without one, a post) that is, or may be, a customer of ours. `basis` is the code of why we think
    so; `confirmed_by` and `undone_by` are names of agents.
    """

    id: int
    channel: str
    mention_id: int | None
    author_id: str | None
    customer_id: str
    name: str | None
    city: str | None
    basis: str
    confidence: float
    offered: bool
    at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    undone_by: str | None
    undone_at: datetime | None


def spoken(unit: Unit, found: Sequence[Stored]) -> dict[int, Spoken]:
    """Per mention what agents said of its author and of itself."""
    authors = {each.id: _who(each) for each in found}
    asked = sorted({who for who in authors.values() if who is not None})
    said = or_(
        and_(identity.c.confirmed_by.is_not(None), identity.c.undone_at.is_(None)), identity.c.undone_by.is_not(None)
    )
    mine = identity.c.mention_id.in_(sorted(authors))
    theirs = tuple_(identity.c.brand, identity.c.channel, identity.c.author_id).in_(asked) if asked else false()
    rows = unit.run(select(identity).where(said, or_(mine, theirs)).order_by(identity.c.id.desc())).all()
    return {
        number: _spoken([row for row in rows if _about(row, number, who)], number) for number, who in authors.items()
    }


def _about(row: Row[Any], number: int, who: tuple[str, str, str] | None) -> bool:
    return row.mention_id == number or (who is not None and (row.brand, row.channel, row.author_id) == who)


def _spoken(rows: Sequence[Row[Any]], number: int) -> Spoken:
    yes = tuple(dict.fromkeys(row.customer_id for row in rows if row.undone_at is None))
    no = frozenset(row.customer_id for row in rows if row.undone_at is not None) - set(yes)
    here = next((row.customer_id for row in rows if row.undone_at is None and row.mention_id == number), None)
    return Spoken(yes, no, here)


def _who(found: Stored) -> tuple[str, str, str] | None:
    seen = found.mention
    return (seen.brand, seen.channel, seen.author.id) if seen.author is not None else None


@dataclass(frozen=True, slots=True)
class Said:
    """What the machine says about the author of a mention: linked to the one candidate, or each of them offered.

    `personal` is False when it says only whose matter this is, as in a post on behalf of somebody else: that tells
    nothing of the author's next post.
    """

    found: Stored
    candidates: Sequence[Candidate]
    offered: bool
    personal: bool = True


def record(unit: Unit, said: Sequence[Said], now: datetime) -> None:
    """Store what was linked or is offered; what was said automatically of this mention before is undone, not erased.
    What an agent looked up stays on offer.
    """
    about = identity.c.mention_id.in_([each.found.id for each in said]) & (identity.c.basis != Basis.NAME.value)
    earlier = about & identity.c.confirmed_by.is_(None) & identity.c.undone_at.is_(None)
    unit.run(update(identity).where(earlier).values(undone_at=now))
    rows = [_values(each, one, now) for each in said for one in each.candidates]
    if rows:
        unit.run(insert(identity), rows)


def offer(unit: Unit, said: Said, now: datetime) -> int:
    """Offer what an agent looked up, instead of what was looked up before; gives back how many are new to the page."""
    about = (identity.c.mention_id == said.found.id) & (identity.c.undone_at.is_(None))
    unit.run(update(identity).where(about, identity.c.offered, identity.c.basis == "name").values(undone_at=now))
    known = set(unit.run(select(identity.c.customer_id).where(about)).scalars())
    rows = [_values(said, one, now) for one in said.candidates if one.customer.id not in known]
    if rows:
        unit.run(insert(identity), rows)
    return len(rows)


def _values(said: Said, one: Candidate, now: datetime) -> dict[str, Any]:
    seen = said.found.mention
    return {
        "brand": seen.brand,
        "channel": seen.channel,
        "author_id": seen.author.id if seen.author and said.personal else None,
        "mention_id": said.found.id,
        "customer_id": one.customer.id,
        "name": one.customer.name[:200],
        "city": (one.customer.address.city or "")[:100] or None,
        "basis": one.basis.value,
        "confidence": one.confidence,
        "offered": said.offered,
        "at": now,
    }


def follow(unit: Unit, number: int, before: str | None, after: str | None) -> None:
    """A case whose customer was known by one mention alone follows when that mention turns out to be another's."""
    mine = case.c.id == number
    same = case.c.customer_id.is_(None) if before is None else case.c.customer_id == before
    brand = unit.run(
        update(case).where(mine, same).values(customer_id=after).returning(case.c.brand)
    ).scalar_one_or_none()
    if brand is not None:
        tell(unit, brand, "case", number)


def links(unit: Unit, who: Agent, posts: Iterable[Stored], *, undone: bool = False) -> list[Link]:
    """What is linked or offered for these posts and their authors, surest first; with `undone` what agents undid."""
    about = _of_posts(list(posts))
    alive = identity.c.undone_by.is_not(None) if undone else identity.c.undone_at.is_(None)
    named = (customer.c.brand == identity.c.brand) & (customer.c.id == identity.c.customer_id)
    yes, no = agent.alias("yes"), agent.alias("no")
    query = (
        select(
            identity,
            customer.c.name.label("now_named"),
            customer.c.city.label("now_in"),
            yes.c.name.label("yes_name"),
            no.c.name.label("no_name"),
        )
        .outerjoin(customer, named)
        .outerjoin(yes, yes.c.id == identity.c.confirmed_by)
        .outerjoin(no, no.c.id == identity.c.undone_by)
        .where(identity.c.brand == who.brand, alive, about)
    )
    sure = (identity.c.offered, identity.c.confirmed_by.is_(None), identity.c.confidence.desc(), identity.c.id)
    found: dict[tuple[str, str, str], Link] = {}
    for row in unit.run(query.order_by(*sure)):
        found.setdefault((row.channel, row.author_id or f"#{row.mention_id}", row.customer_id), _link(row))
    return list(found.values())


def _of_posts(posts: Sequence[Stored]) -> ColumnElement[bool]:
    theirs = [each for each in posts if not each.mention.own]
    authors = sorted({(p.mention.channel, p.mention.author.id) for p in theirs if p.mention.author})
    mine = identity.c.mention_id.in_(sorted(each.id for each in theirs))
    return or_(mine, tuple_(identity.c.channel, identity.c.author_id).in_(authors)) if authors else mine


def _link(row: Row[Any]) -> Link:
    return Link(
        id=row.id,
        channel=row.channel,
        mention_id=row.mention_id,
        author_id=row.author_id,
        customer_id=row.customer_id,
        name=row.now_named or row.name,
        city=row.now_in or row.city,
        basis=row.basis,
        confidence=row.confidence,
        offered=row.offered,
        at=row.at,
        confirmed_by=row.yes_name,
        confirmed_at=row.confirmed_at,
        undone_by=row.no_name,
        undone_at=row.undone_at,
    )
