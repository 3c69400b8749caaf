"""What cases add up to: situations, stories, improvements."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, text

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

situation = Table(
    "situation",
    metadata,
    key(),
    brand(),
    Column("title", String(200), nullable=False),
    Column("known", Text),
    Column("say", Text),
    Column("unknown", Text),
    Column("fact", Text),  # one line for everybody, which each answer says in words of its own
    Column("offered_at", Moment),  # found by likeness; nobody said yet that it is one
    to("agent", "lead_id", null=True),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index("ix_situation_open", "brand", "closed_at"),
)

situation_case = Table(
    "situation_case",
    metadata,
    brand(),
    Column("situation_id", Key, ForeignKey("situation.id"), primary_key=True),
    Column("case_id", Key, ForeignKey("case.id"), primary_key=True),
    Column("lifted", Boolean, nullable=False, server_default=text("false")),  # stakes or hazards: an answer of its own
    Column("at", Moment),
    Index("ix_situation_case_case", "case_id"),
)

story = Table(
    "story",
    metadata,
    key(),
    brand(),
    to("case", "case_id", null=True),
    to("agent", "agent_id", null=True),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

improvement = Table(
    "improvement",
    metadata,
    key(),
    brand(),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    to("agent", "agent_id", null=True),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)
