"""What moves: jobs, notifications, events."""

from sqlalchemy import JSON, Column, Double, Index, Integer, String, Table, Text, UniqueConstraint, text

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

job = Table(
    "job",
    metadata,
    key(),
    brand(),
    Column("step", String(20), nullable=False),
    Column("subject", Key, nullable=False),  # the id of the mention, case or reply that the step is about
    Column("detail", JSON, nullable=False),
    Column("state", String(10), nullable=False),  # ready, leased, dead
    Column("rank", Double, nullable=False),  # smaller is sooner; see store/queue.py
    Column("ready_at", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("batch", Integer, nullable=False, server_default="64"),  # how many may be claimed together with this one
    Column("token", String(36)),
    Column("leased_until", Double),
    Column("reason", Text),
    UniqueConstraint("step", "subject"),
    Index(
        "ix_job_ready",
        "step",
        "rank",
        "id",  # the whole order, or PostgreSQL sorts the backlog at every claim
        postgresql_where=text("state = 'ready'"),
        sqlite_where=text("state = 'ready'"),
    ),
    Index(
        "ix_job_leased",
        "leased_until",
        postgresql_where=text("state = 'leased'"),
        sqlite_where=text("state = 'leased'"),
    ),
    Index("ix_job_dead", "id", postgresql_where=text("state = 'dead'"), sqlite_where=text("state = 'dead'")),
)

notification = Table(
    "notification",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("agent", "agent_id"),
    Column("step", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("attempted_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    Column("reason", Text),
    Column("due_at", Moment),  # since when it waits to be told; None: told, or given up
    UniqueConstraint("case_id", "agent_id", "step", "kind"),
    Index("ix_notification_due", "due_at", "agent_id"),
    Index("ix_notification_agent", "agent_id", "delivered_at"),
)

event = Table(
    "event",
    metadata,
    key(),
    brand(),
    Column("kind", String(20), nullable=False),  # case, thanks, reply, source
    Column("subject", Key),
    Column("at", Double, nullable=False),
)
