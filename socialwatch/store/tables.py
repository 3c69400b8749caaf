"""Every table, one place; the brand stands on each of them from the first migration on."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it without a zone, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment must carry a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# SQLite numbers rows by itself only for a plain INTEGER key.
Key = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _to(target: str, name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=null)


def _brand() -> Column[str]:
    return Column("brand", String(60), nullable=False)


agent = Table(
    "agent",
    metadata,
    _key(),
    _brand(),
    Column("name", String(80), nullable=False),
    Column("email", String(200), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("presence", String(20), nullable=False, server_default="away"),
    Column("mandate", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("notify", JSON, nullable=False),
    Column("assigned_at", Moment),
    UniqueConstraint("brand", "name"),
)

session = Table(
    "session",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    _brand(),
    _to("agent", "agent_id"),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)

sign_in = Table(
    "sign_in",
    metadata,
    _key(),
    Column("who", String(64), nullable=False),
    Column("at", Double, nullable=False),
    Index("ix_sign_in_who_at", "who", "at"),
)

source = Table(
    "source",
    metadata,
    Column("name", String(80), primary_key=True),
    _brand(),
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
    _key(),
    _brand(),
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
    _to("case", "case_id", null=True),
    Column("edited_at", Moment),
    Column("gone_at", Moment),
    Column("looked_at", Moment),  # when we last asked the platform whether it still stands
    UniqueConstraint("channel", "native_id"),
    Index("ix_mention_author", "channel", "author_id", "created_at"),
    Index("ix_mention_conversation", "channel", "conversation_id"),
    Index("ix_mention_case", "case_id", "created_at"),
    Index("ix_mention_state", "brand", "state", "created_at"),
    Index("ix_mention_created", "brand", "created_at"),
)

mention_version = Table(
    "mention_version",
    metadata,
    _key(),
    _brand(),
    _to("mention", "mention_id"),
    Column("version_id", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    UniqueConstraint("mention_id", "version_id"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("mention_id", Key, ForeignKey("mention.id"), primary_key=True, autoincrement=False),
    _brand(),
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
)

customer = Table(
    "customer",
    metadata,
    _brand(),
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
    UniqueConstraint("brand", "id"),
    Index("ix_customer_email", "brand", "email"),
)

handle = Table(
    "handle",
    metadata,
    _brand(),
    Column("handle", String(200), nullable=False),
    Column("customer_id", String(80), nullable=False),
    UniqueConstraint("brand", "handle", "customer_id"),
    Index("ix_handle_customer", "brand", "customer_id"),
)

order = Table(
    "order",
    metadata,
    _brand(),
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
    UniqueConstraint("brand", "number"),
    Index("ix_order_customer", "brand", "customer_id", "ordered_at"),
)

order_line = Table(
    "order_line",
    metadata,
    _brand(),
    Column("number", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("product", String(300), nullable=False),
    Column("sku", String(80)),
    Column("size", String(40)),
    Column("quantity", Integer, nullable=False),
    Column("price_cents", Integer),
    UniqueConstraint("brand", "number", "position"),
)

contact = Table(
    "contact",
    metadata,
    _brand(),
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
    _key(),
    _brand(),
    Column("channel", String(40), nullable=False),
    Column("author_id", String(200)),
    _to("mention", "mention_id", null=True),
    Column("customer_id", String(80), nullable=False),
    Column("basis", String(40), nullable=False),
    Column("confidence", Double, nullable=False),
    Column("offered", Boolean, nullable=False),
    _to("agent", "confirmed_by", null=True),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index("ix_identity_author", "brand", "channel", "author_id"),
    Index("ix_identity_mention", "mention_id"),
)

case = Table(
    "case",
    metadata,
    _key(),
    _brand(),
    Column("title", String(200), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("customer_id", String(80)),
    _to("agent", "owner_id", null=True),
    Column("uncovered", Boolean, nullable=False, server_default=text("false")),
    Column("state", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("due_since", Moment),  # the moment since which we are due; null while the customer is
    Column("first_answer_at", Moment),
    Column("later_until", Moment),
    Column("frustration", Double, nullable=False),
    Column("risk", Double, nullable=False),
    Column("level", Integer, nullable=False),
    Column("needs_human", Boolean, nullable=False),
    Column("static", Double, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("rank", Double, nullable=False),
    Column("language", String(10), nullable=False),
    Index("ix_case_rank", "brand", "state", "rank"),
    Index("ix_case_last", "brand", "state", "last_at"),
    Index("ix_case_owner", "owner_id", "state"),
    Index("ix_case_customer", "brand", "customer_id"),
)

line = Table(
    "line",
    metadata,
    _key(),
    _brand(),
    _to("case", "case_id"),
    Column("kind", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("audience", String(20), nullable=False),
    _to("agent", "agent_id", null=True),
    _to("mention", "mention_id", null=True),
    Column("reply_id", Key),
    Column("detail", JSON, nullable=False),
    Index("ix_line_case", "case_id", "at", "id"),
)

offer = Table(
    "offer",
    metadata,
    _key(),
    _brand(),
    _to("case", "case_id"),
    _to("mention", "mention_id"),
    Column("likeness", Double, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decided", String(20)),
    UniqueConstraint("case_id", "mention_id"),
)

reply = Table(
    "reply",
    metadata,
    _key(),
    _brand(),
    _to("case", "case_id", null=True),  # null for a thank-you that belongs to no case
    _to("mention", "mention_id"),
    _to("agent", "agent_id"),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("approval", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sending_since", Moment),
    Column("deadline", Double),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("platform_id", String(200)),
    Column("url", Text),
    Column("sent_at", Moment),
    Column("reason", Text),
    UniqueConstraint("approval"),
    Index("ix_reply_state", "state", "deadline"),
)

gesture = Table(
    "gesture",
    metadata,
    _key(),
    _brand(),
    _to("case", "case_id"),
    _to("agent", "agent_id"),
    Column("kind", String(40), nullable=False),
    Column("what", Text, nullable=False),
    Column("cost_cents", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_gesture_agent", "agent_id", "at"),
)

thanks = Table(
    "thanks",
    metadata,
    _key(),
    _brand(),
    Column("mention_id", Key, ForeignKey("mention.id"), nullable=False, unique=True),
    _to("case", "case_id", null=True),
    _to("agent", "agent_id", null=True),
    Column("at", Moment, nullable=False),
    Column("reply_id", Key),
    Index("ix_thanks_brand", "brand", "at"),
)

situation = Table(
    "situation",
    metadata,
    _key(),
    _brand(),
    Column("title", String(200), nullable=False),
    Column("known", Text),
    Column("say", Text),
    Column("unknown", Text),
    _to("agent", "lead_id", null=True),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

situation_case = Table(
    "situation_case",
    metadata,
    _brand(),
    Column("situation_id", Key, ForeignKey("situation.id"), primary_key=True),
    Column("case_id", Key, ForeignKey("case.id"), primary_key=True),
)

story = Table(
    "story",
    metadata,
    _key(),
    _brand(),
    _to("case", "case_id", null=True),
    _to("agent", "agent_id", null=True),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

improvement = Table(
    "improvement",
    metadata,
    _key(),
    _brand(),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    _to("agent", "agent_id", null=True),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

job = Table(
    "job",
    metadata,
    _key(),
    _brand(),
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
    _key(),
    _brand(),
    _to("case", "case_id"),
    _to("agent", "agent_id"),
    Column("step", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("attempted_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    Column("reason", Text),
    UniqueConstraint("case_id", "agent_id", "step", "kind"),
)

event = Table(
    "event",
    metadata,
    _key(),
    _brand(),
    Column("kind", String(20), nullable=False),  # case, thanks, reply, source
    Column("subject", Key),
    Column("at", Double, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _key(),
    _brand(),
    _to("agent", "agent_id", null=True),
    Column("what", String(60), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("at", Moment, nullable=False),
)
