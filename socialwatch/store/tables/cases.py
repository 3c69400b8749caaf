"""Cases, their lines, and what goes out: replies, gestures, thanks."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

case = Table(
    "case",
    metadata,
    key(),
    brand(),
    Column("title", String(200), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("customer_id", String(80)),
    to("agent", "owner_id", null=True),
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
    Column("accepted_at", Moment),  # when its owner took it
    Column("adviser_id", Key),  # reads along, for legal and media threats
    Column("not_again_id", Key),  # who said no before: a *frisse blik* is somebody else
    Column("protocol", String(40)),  # safety, privacy, bereavement: here steps come first
    Column("alarm_at", Moment),  # since when nobody could be found
    Column("closed_at", Moment),
    Column("problem_gone", Boolean),  # the two signs of closing, both free to leave open
    Column("feels_heard", Boolean),
    Column("judged", Integer),  # the level an agent read in it, which holds above the model's
    Column("merged_into", Key),  # the case that took its lines over
    Index("ix_case_rank", "brand", "state", "rank"),
    Index("ix_case_last", "brand", "state", "last_at"),
    Index("ix_case_owner", "owner_id", "state", "level"),  # the level too: a load is summed from the index alone
    Index("ix_case_customer", "brand", "customer_id"),
    Index(
        "ix_case_due",
        "brand",
        "channel",
        "due_since",
        "state",
        postgresql_where=text("due_since IS NOT NULL"),
        sqlite_where=text("due_since IS NOT NULL"),
    ),
    Index(
        "ix_case_nobody",
        "brand",
        "state",
        "rank",
        postgresql_where=text("owner_id IS NULL"),
        sqlite_where=text("owner_id IS NULL"),
    ),
    Index(
        "ix_case_adviser",
        "adviser_id",
        "state",
        postgresql_where=text("adviser_id IS NOT NULL"),
        sqlite_where=text("adviser_id IS NOT NULL"),
    ),
    Index(
        "ix_case_alarm",
        "brand",
        "alarm_at",
        postgresql_where=text("alarm_at IS NOT NULL"),
        sqlite_where=text("alarm_at IS NOT NULL"),
    ),
)

line = Table(
    "line",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    Column("kind", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("audience", String(20), nullable=False),
    to("agent", "agent_id", null=True),
    to("mention", "mention_id", null=True),
    Column("reply_id", Key),
    Column("detail", JSON, nullable=False),
    Index("ix_line_case", "case_id", "at", "id"),
)

offer = Table(
    "offer",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("mention", "mention_id"),
    Column("likeness", Double, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decided", String(20)),
    UniqueConstraint("case_id", "mention_id"),
)

reply = Table(
    "reply",
    metadata,
    key(),
    brand(),
    to("case", "case_id", null=True),  # null for a thank-you that belongs to no case
    to("mention", "mention_id"),
    to("agent", "agent_id"),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("approval", String(64), nullable=False),
    Column("audience", String(20), nullable=False, server_default="public"),  # public, private
    Column("created_at", Moment, nullable=False),
    Column("sending_since", Moment),
    Column("deadline", Double),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("platform_id", String(200)),
    Column("url", Text),
    Column("sent_at", Moment),
    Column("reason", Text),
    Column("send_at", Moment),  # may still be taken back until then
    Column("mends_id", Key),  # the reply that this one stands in for
    UniqueConstraint("approval"),
    Index("ix_reply_state", "state", "deadline"),
    Index("ix_reply_platform_id", "platform_id"),
    Index("ix_reply_case", "case_id"),
    Index("ix_reply_mention", "mention_id"),
)

gesture = Table(
    "gesture",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("agent", "agent_id"),
    Column("kind", String(40), nullable=False),
    Column("side", String(10), nullable=False, server_default="extra"),  # owed, extra
    Column("what", Text, nullable=False),
    Column("cost_cents", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("key", String(64)),
    Column("order_number", String(80)),
    Column("lines", JSON),
    Column("minutes", Integer),
    Column("decided_by", Key),
    Column("decided_at", Moment),
    Column("carrier", String(40)),  # the kind that carries it out
    Column("deadline", Double),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("platform_id", String(200)),
    Column("reason", Text),
    Index("ix_gesture_agent", "agent_id", "at"),
    Index("ix_gesture_case", "case_id"),
    Index("ix_gesture_state", "brand", "state", "at"),
    Index("ix_gesture_key", "key", unique=True),
)

set_aside = Table(  # *Ik doe het anders*: which rule, and why. Rules are counted, people are not: no agent stands here.
    "set_aside",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    Column("rule", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_set_aside_lately", "brand", "at", "rule"),  # the rule too: rules are counted from the index alone
    Index("ix_set_aside_case", "case_id"),
)

promise = Table(
    "promise",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("agent", "agent_id"),
    to("reply", "reply_id", null=True),
    Column("what", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("kept_at", Moment),
    Column("dropped_at", Moment),
    Index("ix_promise_due", "brand", "kept_at", "due_at"),
    Index("ix_promise_case", "case_id"),
)

escalation = Table(  # what is told next about a case that nobody took, or that fell silent past its promise
    "escalation",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    Column("matter", String(20), nullable=False),  # untaken, silent, promise, ask, report
    Column("subject", Key, nullable=False),  # the promise, the gesture, or which time it is for this case
    Column("owner_id", Key),  # who had the case when it began
    Column("step", Integer, nullable=False),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment),  # None: stopped, or every round was made
    Column("stopped_at", Moment),
    UniqueConstraint("case_id", "matter", "subject"),
    Index("ix_escalation_due", "due_at"),
    Index(
        "ix_escalation_running",
        "case_id",
        postgresql_where=text("stopped_at IS NULL"),
        sqlite_where=text("stopped_at IS NULL"),
    ),
)

thanks = Table(
    "thanks",
    metadata,
    key(),
    brand(),
    Column("mention_id", Key, ForeignKey("mention.id"), nullable=False, unique=True),
    to("case", "case_id", null=True),
    to("agent", "agent_id", null=True),
    Column("at", Moment, nullable=False),
    Column("reply_id", Key),
    Column("with_id", Key),  # the earlier thank-you of the same customer that it shares a card with
    Column("liked_at", Moment),
    Index("ix_thanks_brand", "brand", "at"),
    Index("ix_thanks_case", "case_id"),
)
