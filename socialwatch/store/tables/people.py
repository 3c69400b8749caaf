"""Who works here: agents, their sessions, wrong passwords, the audit log."""

from sqlalchemy import JSON, Column, Double, Index, Integer, String, Table, UniqueConstraint

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

agent = Table(
    "agent",
    metadata,
    key(),
    brand(),
    Column("name", String(80), nullable=False),
    Column("email", String(200), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("presence", String(20), nullable=False, server_default="away"),
    Column("mandate", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("notify", JSON, nullable=False),
    Column("assigned_at", Moment),
    Column(
        "furious_row", Integer, nullable=False, server_default="0"
    ),  # furious cases among the latest they were given
    Column("deputy_id", Key),
    Column("sign_off", String(40)),  # ^Freek
    Column("silenced", JSON),  # the Meelezer's checks this agent switched off
    UniqueConstraint("brand", "name"),
)

shift = Table(
    "shift",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id"),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index("ix_shift_agent", "agent_id", "starts_at"),
)

absence = Table(
    "absence",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id"),
    to("agent", "deputy_id", null=True),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index("ix_absence_agent", "agent_id", "starts_at"),
)

session = Table(
    "session",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    brand(),
    to("agent", "agent_id"),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)

sign_in = Table(
    "sign_in",
    metadata,
    key(),
    Column("who", String(64), nullable=False),
    Column("at", Double, nullable=False),
    Index("ix_sign_in_who_at", "who", "at"),
)

audit = Table(
    "audit",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id", null=True),
    Column("what", String(60), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("at", Moment, nullable=False),
)
