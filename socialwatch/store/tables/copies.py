"""When an order system elsewhere last told us about a customer, and what came of the last attempt."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from socialwatch.store.tables.columns import Moment, brand, metadata

shop_copy = Table(
    "shop_copy",
    metadata,
    brand(),
    Column("customer_id", String(80), nullable=False),
    Column("fetched_at", Moment),
    Column("asked_at", Moment, nullable=False),
    Column("trouble", String(20)),
    UniqueConstraint("brand", "customer_id"),
)
