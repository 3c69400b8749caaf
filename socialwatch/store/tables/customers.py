"""The order system's copy: customers, handles, orders, earlier contacts; and who we think an author is."""

from sqlalchemy import JSON, Boolean, Column, Date, Double, Index, Integer, String, Table, Text, UniqueConstraint

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

customer = Table(
    "customer",
    metadata,
    brand(),
    Column("id", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("email", String(200)),
    Column("phone", String(40)),
    Column("street", String(200)),
    Column("postcode", String(20)),
    Column("city", String(100)),
    Column("country", String(10)),
    Column("language", String(10)),
    Column("created_at", Moment),
    Column("imported_at", Moment, nullable=False),
    Column("phone_key", String(20)),  # as E.164, to look up by
    Column("name_key", String(40)),  # the bare surname in lower case, to look up by
    UniqueConstraint("brand", "id"),
    Index("ix_customer_email", "brand", "email"),
    Index("ix_customer_phone", "brand", "phone_key"),
    Index("ix_customer_name", "brand", "name_key"),
)

handle = Table(
    "handle",
    metadata,
    brand(),
    Column("handle", String(200), nullable=False),
    Column("customer_id", String(80), nullable=False),
    UniqueConstraint("brand", "handle", "customer_id"),
    # The handle too: SQLite would rather read all handles of a brand in the unique index than look into the table.
    Index("ix_handle_of_customer", "brand", "customer_id", "handle"),
)

order = Table(
    "order",
    metadata,
    brand(),
    Column("number", String(80), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("status", String(40), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("gift_wrap", Boolean, nullable=False),
    Column("card_text", Text),
    Column("wished_date", Date),
    Column("recipient", String(200)),
    Column("carrier", String(80)),
    Column("tracking", String(80)),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("total_cents", Integer),
    Column("ship_to", JSON),
    Column("shipments", JSON),
    Column("returns", JSON),
    Column("refunds", JSON),
    UniqueConstraint("brand", "number"),
    Index("ix_order_customer", "brand", "customer_id", "ordered_at"),
)

order_line = Table(
    "order_line",
    metadata,
    brand(),
    Column("number", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("product", String(300), nullable=False),
    Column("sku", String(80)),
    Column("size", String(40)),
    Column("quantity", Integer, nullable=False),
    Column("price_cents", Integer),
    Column("warranty_until", Date),
    UniqueConstraint("brand", "number", "position"),
)

contact = Table(
    "contact",
    metadata,
    brand(),
    Column("id", String(80), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("minutes_waited", Integer),
    Column("menu", String(80)),
    Column("typed", String(80)),
    Column("asked", Text),
    Column("answered", Text),
    Column("outcome", String(40)),
    Column("order_number", String(80)),
    UniqueConstraint("brand", "id"),
    Index("ix_contact_customer", "brand", "customer_id", "at"),
)

identity = Table(
    "identity",
    metadata,
    key(),
    brand(),
    Column("channel", String(40), nullable=False),
    Column("author_id", String(200)),
    to("mention", "mention_id", null=True),
    Column("customer_id", String(80), nullable=False),
    Column("name", String(200)),
    Column("city", String(100)),
    Column("basis", String(40), nullable=False),
    Column("confidence", Double, nullable=False),
    Column("offered", Boolean, nullable=False),
    to("agent", "confirmed_by", null=True),
    Column("confirmed_at", Moment),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Key),
    Index("ix_identity_author", "brand", "channel", "author_id"),
    Index("ix_identity_mention", "mention_id"),
)
