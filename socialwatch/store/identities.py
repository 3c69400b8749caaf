"""Which customer an author is: each link with its basis, who confirmed it and when; undone links stay as history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from socialwatch.domain.identity import Candidate
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import identity
from socialwatch.store.unit import Unit


def confirmed(unit: Unit, found: Stored) -> list[str]:
    """The customers whom an agent confirmed this author to be, latest first."""
    author = found.mention.author
    if author is None:
        return []
    query = (
        select(identity.c.customer_id)
        .where(identity.c.brand == found.mention.brand, identity.c.channel == found.mention.channel)
        .where(identity.c.author_id == author.id, identity.c.confirmed_by.is_not(None), identity.c.undone_at.is_(None))
        .order_by(identity.c.id.desc())
    )
    return list(dict.fromkeys(unit.run(query).scalars()))


def record(unit: Unit, found: Stored, candidates: Sequence[Candidate], now: datetime, *, offered: bool) -> None:
    """Store what was linked or is offered; what was said automatically of this mention before is undone, not erased."""
    earlier = (identity.c.mention_id == found.id) & identity.c.confirmed_by.is_(None) & identity.c.undone_at.is_(None)
    unit.run(update(identity).where(earlier).values(undone_at=now))
    seen = found.mention
    for each in candidates:
        values = {
            "brand": seen.brand,
            "channel": seen.channel,
            "author_id": seen.author.id if seen.author else None,
            "mention_id": found.id,
            "customer_id": each.customer.id,
            "basis": each.basis.value,
            "confidence": each.confidence,
            "offered": offered,
            "at": now,
        }
        unit.run(insert(identity).values(values))
