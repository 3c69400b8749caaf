"""What comes in: sources, the poller's lease, mentions, their versions, what was read in them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

source = Table(
    "source",
    metadata,
    Column("name", String(80), primary_key=True),
    brand(),
    Column("kind", String(40), nullable=False),
    Column("cursor", Text),
    Column("next_poll_at", Double, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("last_success_at", Moment),
    Column("last_error", Text),
    Column("halted", Boolean, nullable=False, server_default=text("false")),
    Column("polled", Integer, nullable=False, server_default="0"),
    Column("gap_from", Moment),
    Column("gap_to", Moment),
    Column("budget", BigInteger),  # millionths of a dollar per UTC day; null: no limit
    Column("notice", Text),  # what the operator should know while all goes on
    Column("slowed", Double, nullable=False, server_default="1"),  # times slower than asked, because the backlog is old
    Column("streaming", Boolean, nullable=False, server_default=text("false")),
)

spend = Table(
    "spend",
    metadata,
    key(),
    brand(),
    Column("source", String(80), nullable=False),
    Column("day", String(10), nullable=False),  # UTC, as platforms bill: 2026-11-22
    Column("what", String(20), nullable=False),  # poll, follow, reply, check
    Column("times", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),  # millionths of a dollar
    UniqueConstraint("source", "day", "what"),
)

delivery = Table(
    "delivery",
    metadata,
    key(),
    brand(),
    Column("source", String(80), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Double, nullable=False),
    UniqueConstraint("source", "digest"),
    Index("ix_delivery_at", "at"),
)

compliance = Table(
    "compliance",
    metadata,
    key(),
    brand(),
    Column("source", String(80), nullable=False),
    Column("native_id", String(80), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("up_to", Key, nullable=False),  # the last mention that was handed in
    Column("finished_at", Moment),
    Column("reason", Text),
    UniqueConstraint("source", "native_id"),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("term", Integer, nullable=False),
    Column("expires_at", Double, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    key(),
    brand(),
    Column("channel", String(40), nullable=False),
    Column("native_id", String(200), nullable=False),
    Column("version_id", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("author_id", String(200)),
    Column("author_handle", String(200)),
    Column("author_name", String(200)),
    Column("followers", Integer),
    Column("url", Text),
    Column("conversation_id", String(200)),
    Column("in_reply_to", String(200)),
    Column("likes", Integer),
    Column("reposts", Integer),
    Column("replies", Integer),
    Column("own", Boolean, nullable=False),
    Column("repost", Boolean, nullable=False),
    Column("may_train", Boolean, nullable=False),
    Column("can_reply", Boolean, nullable=False),
    Column("audience", String(20), nullable=False),
    Column("state", String(20), nullable=False),  # waiting, joined, dismissed, thanks, ours
    Column("dismissed", String(40)),
    Column("customer_id", String(80)),
    to("case", "case_id", null=True),
    Column("edited_at", Moment),
    Column("gone_at", Moment),
    Column("looked_at", Moment),  # when we last asked the platform whether it still stands
    Column("shown_at", Moment),  # when somebody last had it on screen
    UniqueConstraint("channel", "native_id"),
    Index("ix_mention_author", "channel", "author_id", "created_at"),
    Index("ix_mention_conversation", "channel", "conversation_id"),
    Index("ix_mention_answered", "channel", "in_reply_to"),
    Index("ix_mention_version", "channel", "version_id"),
    Index("ix_mention_case", "case_id", "created_at"),
    Index("ix_mention_state", "brand", "state", "created_at"),
    Index("ix_mention_created", "brand", "created_at"),
    Index("ix_mention_looked", "brand", "channel", "looked_at"),
)

mention_version = Table(
    "mention_version",
    metadata,
    key(),
    brand(),
    to("mention", "mention_id"),
    Column("version_id", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    UniqueConstraint("mention_id", "version_id"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("mention_id", Key, ForeignKey("mention.id"), primary_key=True, autoincrement=False),
    brand(),
    Column("model", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("frustration", Double, nullable=False),
    Column("level", Integer, nullable=False),
    Column("distress", Double, nullable=False),
    Column("feelings", JSON, nullable=False),
    Column("hazards", JSON, nullable=False),
    Column("risk", Double, nullable=False),
    Column("answer", Integer, nullable=False),
    Column("needs_human", Double, nullable=False),
    Column("chance", Double, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("language", String(10), nullable=False),
    Column("embedding", LargeBinary),
    Column("stakes", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("behalf", Text),
    Column("earlier_rejection", Boolean, nullable=False),
    Column("why", JSON),
    Column("assessed_at", Moment, nullable=False),
    Index(
        "ix_assessment_chance",
        "brand",
        "mention_id",
        postgresql_where=text("chance >= 0.6"),
        sqlite_where=text("chance >= 0.6"),
    ),
)

hazard = Table(  # the likely ones of each assessment, see store/assessments: to find cases by a hazard that is rare
    "hazard",
    metadata,
    Column("mention_id", Key, ForeignKey("mention.id"), primary_key=True, autoincrement=False),
    Column("name", String(20), primary_key=True),
    brand(),
    Index("ix_hazard_name", "brand", "name", "mention_id"),
)
