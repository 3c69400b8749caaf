"""What cases add up to: situations, stories, improvements."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

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
    to("agent", "lead_id", null=True),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

situation_case = Table(
    "situation_case",
    metadata,
    brand(),
    Column("situation_id", Key, ForeignKey("situation.id"), primary_key=True),
    Column("case_id", Key, ForeignKey("case.id"), primary_key=True),
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
