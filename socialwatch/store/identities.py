"""Which customer an author is: each link with its basis, who confirmed it and when; undone links stay as history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, union_all, update

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


# Every mention asks these, so they are built once. Posts and authors are each a way in by an index of their own, and
# asked apart, with a list per column: of posts or authors together, or of authors as rows of three, SQLite reads all
# there is. So an author of one channel may be found who has the id of another's on the other: `_about` tells.
_POSTS = identity.c.mention_id.in_(bindparam("posts", expanding=True))
_AUTHORS = and_(*(identity.c[each].in_(bindparam(each, expanding=True)) for each in ("brand", "channel", "author_id")))
_ABOUT = identity.c.id.in_(union_all(select(identity.c.id).where(_POSTS), select(identity.c.id).where(_AUTHORS)))
_SAID = or_(
    and_(identity.c.confirmed_by.is_not(None), identity.c.undone_at.is_(None)), identity.c.undone_by.is_not(None)
)
_SPOKEN = select(identity).where(_SAID, _ABOUT).order_by(identity.c.id.desc())
_YES, _NO = agent.alias("yes"), agent.alias("no")
_LINKS = (
    select(
        identity,
        customer.c.name.label("now_named"),
        customer.c.city.label("now_in"),
        _YES.c.name.label("yes_name"),
        _NO.c.name.label("no_name"),
    )
    .outerjoin(customer, (customer.c.brand == identity.c.brand) & (customer.c.id == identity.c.customer_id))
    .outerjoin(_YES, _YES.c.id == identity.c.confirmed_by)
    .outerjoin(_NO, _NO.c.id == identity.c.undone_by)
    .where(or_(identity.c.undone_at.is_(None), identity.c.undone_by.is_not(None)), _ABOUT)
    .order_by(identity.c.offered, identity.c.confirmed_by.is_(None), identity.c.confidence.desc(), identity.c.id)
)
_EARLIER = (
    update(identity)
    .where(_POSTS, identity.c.basis != Basis.NAME.value)
    .where(identity.c.confirmed_by.is_(None), identity.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"))
)
_NEW = insert(identity)


def spoken(unit: Unit, found: Sequence[Stored]) -> dict[int, Spoken]:
    """Per mention what agents said of its author and of itself."""
    authors = {each.id: _who(each) for each in found}
    rows = unit.run(_SPOKEN, {"posts": sorted(authors)} | _lists(authors.values())).all()
    return {
        number: _spoken([row for row in rows if _about(row, number, who)], number) for number, who in authors.items()
    }


def _lists(authors: Iterable[tuple[str, str, str] | None]) -> dict[str, list[str]]:
    known = [who for who in authors if who is not None]
    return {name: sorted({who[n] for who in known}) for n, name in enumerate(("brand", "channel", "author_id"))}


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
    unit.run(_EARLIER, {"posts": [each.found.id for each in said], "now": now})
    rows = [_values(each, one, now) for each in said for one in each.candidates]
    if rows:
        unit.run(_NEW, rows)


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


@dataclass(frozen=True, slots=True)
class Links:
    """What is linked or offered for some posts and their authors, and what agents undid; each surest first."""

    alive: list[Link]
    undone: list[Link]


def links(unit: Unit, who: Agent, posts: Iterable[Stored]) -> Links:
    """For these posts and their authors, as far as they are this person's brand's."""
    theirs = {each.id: _who(each) for each in posts if not each.mention.own and each.mention.brand == who.brand}
    rows = unit.run(_LINKS, {"posts": sorted(theirs)} | _lists(theirs.values())).all()
    mine = [row for row in rows if row.brand == who.brand and any(_about(row, *each) for each in theirs.items())]
    return Links(
        _once(row for row in mine if row.undone_at is None), _once(row for row in mine if row.undone_by is not None)
    )


def _once(rows: Iterable[Row[Any]]) -> list[Link]:
    found: dict[tuple[str, str, str], Link] = {}
    for row in rows:
        found.setdefault((row.channel, row.author_id or f"#{row.mention_id}", row.customer_id), _link(row))
    return list(found.values())


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
