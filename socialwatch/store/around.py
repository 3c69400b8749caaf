"""Word of who is where, from one process of the desk to the others: by NOTIFY, which no table keeps."""

from sqlalchemy import text

from socialwatch.store.unit import Unit

CHANNEL = "socialwatch_around"


def tell(unit: Unit, payload: str) -> None:
    """Tell every process that listens (PostgreSQL); on SQLite there is one process, and nobody to tell."""
    if unit.postgresql:
        unit.run(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})
