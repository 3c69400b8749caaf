"""Who asked to be forgotten, as fingerprints, and the key that these were made with."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from socialwatch.store.tables.columns import Moment, brand, metadata

forgotten = Table(
    "forgotten",
    metadata,
    brand(),
    Column("mark", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("brand", "mark"),
)

# One row, made with the tables: what is fingerprinted here means nothing to another installation.
installation = Table("installation", metadata, Column("secret", String(64), nullable=False))
