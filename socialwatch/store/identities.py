"""Which customer an author is: each link with its basis, who confirmed it and when; undone links stay as history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, tuple_, update

from socialwatch.domain.identity import Candidate
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import identity
from socialwatch.store.unit import Unit


def confirmed(unit: Unit, found: Sequence[Stored]) -> dict[int, list[str]]:
    """Per mention the customers whom an agent confirmed its author to be, latest first."""
    authors = {each.id: _who(each) for each in found}
    asked = sorted({who for who in authors.values() if who is not None})
    query = (
        select(identity.c.brand, identity.c.channel, identity.c.author_id, identity.c.customer_id)
        .where(tuple_(identity.c.brand, identity.c.channel, identity.c.author_id).in_(asked))
        .where(identity.c.confirmed_by.is_not(None), identity.c.undone_at.is_(None))
        .order_by(identity.c.id.desc())
    )
    known: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in unit.run(query) if asked else ():
        known.setdefault((row.brand, row.channel, row.author_id), {})[row.customer_id] = None
    return {number: list(known.get(who, ())) if who else [] for number, who in authors.items()}


def _who(found: Stored) -> tuple[str, str, str] | None:
    seen = found.mention
    return (seen.brand, seen.channel, seen.author.id) if seen.author is not None else None


@dataclass(frozen=True, slots=True)
class Said:
    """What the machine says about the author of a mention: linked to the one candidate, or each of them offered."""

    found: Stored
    candidates: Sequence[Candidate]
    offered: bool


def record(unit: Unit, said: Sequence[Said], now: datetime) -> None:
    """Store what was linked or is offered; what was said automatically of this mention before is undone, not erased."""
    about = identity.c.mention_id.in_([each.found.id for each in said])
    earlier = about & identity.c.confirmed_by.is_(None) & identity.c.undone_at.is_(None)
    unit.run(update(identity).where(earlier).values(undone_at=now))
    rows = [_values(each, one, now) for each in said for one in each.candidates]
    if rows:
        unit.run(insert(identity), rows)


def _values(said: Said, one: Candidate, now: datetime) -> dict[str, Any]:
    seen = said.found.mention
    return {
        "brand": seen.brand,
        "channel": seen.channel,
        "author_id": seen.author.id if seen.author else None,
        "mention_id": said.found.id,
        "customer_id": one.customer.id,
        "basis": one.basis.value,
        "confidence": one.confidence,
        "offered": said.offered,
        "at": now,
    }
