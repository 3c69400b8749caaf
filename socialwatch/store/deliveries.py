"""What platforms delivered by webhook, by its digest, so that a delivery brought twice is stored once."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import delivery
from socialwatch.store.unit import Unit

KEPT = 7 * 86_400.0  # seconds; Meta repeats for at most 36 hours


def fresh(unit: Unit, brand: str, source: str, digest: str) -> bool:
    """Write a delivery down; False when it was here before."""
    insert = postgresql.insert(delivery) if unit.postgresql else sqlite.insert(delivery)
    now = unit.stamp()
    unit.run(delete(delivery).where(delivery.c.source == source, delivery.c.at < now - KEPT))
    values = {"brand": brand, "source": source, "digest": digest, "at": now}
    statement = insert.values(values).on_conflict_do_nothing(index_elements=["source", "digest"])
    return unit.run(statement.returning(delivery.c.id)).scalar_one_or_none() is not None
