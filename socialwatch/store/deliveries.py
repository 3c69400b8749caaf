"""Webhook deliveries that we had, by the digest of their body, so that a repeated one does nothing."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import delivery
from socialwatch.store.unit import Unit

KEPT = 7 * 86400.0  # seconds; platforms give up repeating long before


def accept(unit: Unit, source: str, brand: str, digest: str) -> bool:
    """Note a delivery; False when this source had it before."""
    insert = postgresql.insert(delivery) if unit.postgresql else sqlite.insert(delivery)
    values = {"brand": brand, "source": source, "digest": digest, "at": unit.stamp()}
    fresh = insert.values(values).on_conflict_do_nothing(index_elements=["source", "digest"]).returning(delivery.c.id)
    return unit.run(fresh).scalar_one_or_none() is not None


def sweep(unit: Unit) -> int:
    """Forget what is older than a week; gives back how many that were."""
    return unit.run(delete(delivery).where(delivery.c.at < unit.stamp() - KEPT)).rowcount
