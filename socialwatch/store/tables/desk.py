"""What people keep at the desk: tags, who was asked to look, corrections, filters, building blocks, surveys."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from socialwatch.store.tables.columns import Key, Moment, brand, key, metadata, to

case_tag = Table(
    "case_tag",
    metadata,
    brand(),
    Column("case_id", Key, ForeignKey("case.id"), primary_key=True),
    Column("tag", String(40), primary_key=True),
    Index("ix_case_tag_tag", "brand", "tag", "case_id"),
)

beckon = Table(  # somebody is asked to look: by @name in a note, or by *kijk even mee*
    "beckon",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("agent", "agent_id"),
    to("agent", "by_id"),
    Column("kind", String(10), nullable=False),  # note, look
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("seen_at", Moment),
    Index("ix_beckon_agent", "agent_id", "seen_at"),
    Index("ix_beckon_case", "case_id"),
)

correction = Table(  # *jouw inschatting*: what a person read in it where the model read otherwise
    "correction",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    to("mention", "mention_id", null=True),
    Column("what", String(20), nullable=False),  # higher, lower, no_complaint, wrong_customer
    Column("was", JSON, nullable=False),
    Column("may_train", Boolean, nullable=False),  # false for X; see mention.may_train
    Column("at", Moment, nullable=False),
    Index("ix_correction_case", "case_id"),
)

saved_filter = Table(
    "saved_filter",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id"),
    Column("name", String(60), nullable=False),
    Column("query", JSON, nullable=False),
    UniqueConstraint("agent_id", "name"),
)

chance = Table(  # what was decided about praise with a story, a celebration, an odd wish; by whom is nobody's business
    "chance",
    metadata,
    brand(),
    Column("mention_id", Key, ForeignKey("mention.id"), primary_key=True, autoincrement=False),
    Column("taken", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

undoing = Table(  # how to take back what somebody just did; gone when its seconds are over
    "undoing",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id"),
    Column("until", Moment, nullable=False),  # by the real clock
    Column("detail", JSON, nullable=False),
    Index("ix_undoing_until", "until"),
)

building_block = Table(  # words of one's own to build with; nobody else sees them
    "building_block",
    metadata,
    key(),
    brand(),
    to("agent", "agent_id"),
    Column("name", String(60), nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("agent_id", "name"),
)

survey = Table(  # one question by mail after a case; the address itself stands with the customer
    "survey",
    metadata,
    key(),
    brand(),
    to("case", "case_id"),
    Column("customer_id", String(80), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # due, sent, answered, dropped
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("answered_at", Moment),
    Column("score", Integer),  # 0-10
    Column("words", Text),
    UniqueConstraint("case_id"),
    Index("ix_survey_address", "brand", "address_hash", "due_at"),
    Index("ix_survey_due", "state", "due_at"),
)
