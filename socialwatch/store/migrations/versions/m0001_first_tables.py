"""The first tables."""

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables import Key, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("presence", sa.String(length=20), server_default="away", nullable=False),
        sa.Column("mandate", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("notify", sa.JSON(), nullable=False),
        sa.Column("assigned_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("brand", "name", name=op.f("uq_agent_brand_name")),
        sa.UniqueConstraint("email", name=op.f("uq_agent_email")),
    )
    op.create_table(
        "contact",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("minutes_waited", sa.Integer(), nullable=True),
        sa.Column("menu", sa.String(length=80), nullable=True),
        sa.Column("typed", sa.String(length=80), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("order_number", sa.String(length=80), nullable=True),
        sa.UniqueConstraint("brand", "id", name=op.f("uq_contact_brand_id")),
    )
    op.create_index("ix_contact_customer", "contact", ["brand", "customer_id", "at"], unique=False)
    op.create_table(
        "customer",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("country", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("created_at", Moment(), nullable=True),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.UniqueConstraint("brand", "id", name=op.f("uq_customer_brand_id")),
    )
    op.create_index("ix_customer_email", "customer", ["brand", "email"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", Key, nullable=True),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_table(
        "handle",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("handle", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.UniqueConstraint("brand", "handle", "customer_id", name=op.f("uq_handle_brand_handle_customer_id")),
    )
    op.create_index("ix_handle_customer", "handle", ["brand", "customer_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("ready_at", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("batch", sa.Integer(), server_default="64", nullable=False),
        sa.Column("token", sa.String(length=36), nullable=True),
        sa.Column("leased_until", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("step", "subject", name=op.f("uq_job_step_subject")),
    )
    op.create_index(
        "ix_job_dead",
        "job",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_job_leased",
        "job",
        ["leased_until"],
        unique=False,
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.create_index(
        "ix_job_ready",
        "job",
        ["step", "rank", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'ready'"),
        sqlite_where=sa.text("state = 'ready'"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "order",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("ordered_at", Moment(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("gift_wrap", sa.Boolean(), nullable=False),
        sa.Column("card_text", sa.Text(), nullable=True),
        sa.Column("wished_date", sa.Date(), nullable=True),
        sa.Column("recipient", sa.String(length=200), nullable=True),
        sa.Column("carrier", sa.String(length=80), nullable=True),
        sa.Column("tracking", sa.String(length=80), nullable=True),
        sa.Column("shipped_at", Moment(), nullable=True),
        sa.Column("delivered_at", Moment(), nullable=True),
        sa.UniqueConstraint("brand", "number", name=op.f("uq_order_brand_number")),
    )
    op.create_index("ix_order_customer", "order", ["brand", "customer_id", "ordered_at"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=300), nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.UniqueConstraint("brand", "number", "position", name=op.f("uq_order_line_brand_number_position")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_who_at", "sign_in", ["who", "at"], unique=False)
    op.create_table(
        "source",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("next_poll_at", sa.Double(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_success_at", Moment(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("halted", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("polled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("gap_from", Moment(), nullable=True),
        sa.Column("gap_to", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
    )
    op.create_table(
        "audit",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("agent_id", Key, nullable=True),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_audit_agent_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "case",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=True),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("uncovered", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("due_since", Moment(), nullable=True),
        sa.Column("first_answer_at", Moment(), nullable=True),
        sa.Column("later_until", Moment(), nullable=True),
        sa.Column("frustration", sa.Double(), nullable=False),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("needs_human", sa.Boolean(), nullable=False),
        sa.Column("static", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["agent.id"], name=op.f("fk_case_owner_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index("ix_case_customer", "case", ["brand", "customer_id"], unique=False)
    op.create_index("ix_case_last", "case", ["brand", "state", "last_at"], unique=False)
    op.create_index("ix_case_owner", "case", ["owner_id", "state"], unique=False)
    op.create_index("ix_case_rank", "case", ["brand", "state", "rank"], unique=False)
    op.create_table(
        "improvement",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agent_id", Key, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_improvement_agent_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    op.create_table(
        "session",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("agent_id", Key, nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_session_agent_id_agent")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_session")),
    )
    op.create_table(
        "situation",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("known", sa.Text(), nullable=True),
        sa.Column("say", sa.Text(), nullable=True),
        sa.Column("unknown", sa.Text(), nullable=True),
        sa.Column("lead_id", Key, nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["agent.id"], name=op.f("fk_situation_lead_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation")),
    )
    op.create_table(
        "gesture",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("agent_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_gesture_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_gesture_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gesture")),
    )
    op.create_index("ix_gesture_agent", "gesture", ["agent_id", "at"], unique=False)
    op.create_table(
        "mention",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("native_id", sa.String(length=200), nullable=False),
        sa.Column("version_id", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("author_id", sa.String(length=200), nullable=True),
        sa.Column("author_handle", sa.String(length=200), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=True),
        sa.Column("followers", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.String(length=200), nullable=True),
        sa.Column("in_reply_to", sa.String(length=200), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("reposts", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("repost", sa.Boolean(), nullable=False),
        sa.Column("may_train", sa.Boolean(), nullable=False),
        sa.Column("can_reply", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("dismissed", sa.String(length=40), nullable=True),
        sa.Column("customer_id", sa.String(length=80), nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("edited_at", Moment(), nullable=True),
        sa.Column("gone_at", Moment(), nullable=True),
        sa.Column("looked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_mention_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("channel", "native_id", name=op.f("uq_mention_channel_native_id")),
    )
    op.create_index("ix_mention_author", "mention", ["channel", "author_id", "created_at"], unique=False)
    op.create_index("ix_mention_case", "mention", ["case_id", "created_at"], unique=False)
    op.create_index("ix_mention_conversation", "mention", ["channel", "conversation_id"], unique=False)
    op.create_index("ix_mention_created", "mention", ["brand", "created_at"], unique=False)
    op.create_index("ix_mention_state", "mention", ["brand", "state", "created_at"], unique=False)
    op.create_table(
        "notification",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("agent_id", Key, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("attempted_at", Moment(), nullable=False),
        sa.Column("delivered_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_notification_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notification_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "case_id", "agent_id", "step", "kind", name=op.f("uq_notification_case_id_agent_id_step_kind")
        ),
    )
    op.create_table(
        "situation_case",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("situation_id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_situation_case_case_id_case")),
        sa.ForeignKeyConstraint(
            ["situation_id"], ["situation.id"], name=op.f("fk_situation_case_situation_id_situation")
        ),
        sa.PrimaryKeyConstraint("situation_id", "case_id", name=op.f("pk_situation_case")),
    )
    op.create_table(
        "story",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("agent_id", Key, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_story_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_story_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "assessment",
        sa.Column("mention_id", Key, autoincrement=False, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("frustration", sa.Double(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("distress", sa.Double(), nullable=False),
        sa.Column("feelings", sa.JSON(), nullable=False),
        sa.Column("hazards", sa.JSON(), nullable=False),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("needs_human", sa.Double(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=True),
        sa.Column("stakes", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("behalf", sa.Text(), nullable=True),
        sa.Column("earlier_rejection", sa.Boolean(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=True),
        sa.Column("assessed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_assessment_mention_id_mention")),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_assessment")),
    )
    op.create_table(
        "identity",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.String(length=200), nullable=True),
        sa.Column("mention_id", Key, nullable=True),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", Key, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["agent.id"], name=op.f("fk_identity_confirmed_by_agent")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_identity_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    op.create_index("ix_identity_author", "identity", ["brand", "channel", "author_id"], unique=False)
    op.create_index("ix_identity_mention", "identity", ["mention_id"], unique=False)
    op.create_table(
        "line",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("agent_id", Key, nullable=True),
        sa.Column("mention_id", Key, nullable=True),
        sa.Column("reply_id", Key, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_line_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_line_case_id_case")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_line_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
    )
    op.create_index("ix_line_case", "line", ["case_id", "at", "id"], unique=False)
    op.create_table(
        "mention_version",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("mention_id", Key, nullable=False),
        sa.Column("version_id", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_mention_version_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_version")),
        sa.UniqueConstraint("mention_id", "version_id", name=op.f("uq_mention_version_mention_id_version_id")),
    )
    op.create_table(
        "offer",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("mention_id", Key, nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("decided", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_offer_case_id_case")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_offer_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("case_id", "mention_id", name=op.f("uq_offer_case_id_mention_id")),
    )
    op.create_table(
        "reply",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("mention_id", Key, nullable=False),
        sa.Column("agent_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("approval", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("sending_since", Moment(), nullable=True),
        sa.Column("deadline", sa.Double(), nullable=True),
        sa.Column("looks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("platform_id", sa.String(length=200), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_reply_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reply_case_id_case")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_reply_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("approval", name=op.f("uq_reply_approval")),
    )
    op.create_index("ix_reply_state", "reply", ["state", "deadline"], unique=False)
    op.create_table(
        "thanks",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("mention_id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("agent_id", Key, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("reply_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_thanks_agent_id_agent")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_thanks_case_id_case")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_thanks_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("mention_id", name=op.f("uq_thanks_mention_id")),
    )
    op.create_index("ix_thanks_brand", "thanks", ["brand", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_thanks_brand", table_name="thanks")
    op.drop_table("thanks")
    op.drop_index("ix_reply_state", table_name="reply")
    op.drop_table("reply")
    op.drop_table("offer")
    op.drop_table("mention_version")
    op.drop_index("ix_line_case", table_name="line")
    op.drop_table("line")
    op.drop_index("ix_identity_mention", table_name="identity")
    op.drop_index("ix_identity_author", table_name="identity")
    op.drop_table("identity")
    op.drop_table("assessment")
    op.drop_table("story")
    op.drop_table("situation_case")
    op.drop_table("notification")
    op.drop_index("ix_mention_state", table_name="mention")
    op.drop_index("ix_mention_created", table_name="mention")
    op.drop_index("ix_mention_conversation", table_name="mention")
    op.drop_index("ix_mention_case", table_name="mention")
    op.drop_index("ix_mention_author", table_name="mention")
    op.drop_table("mention")
    op.drop_index("ix_gesture_agent", table_name="gesture")
    op.drop_table("gesture")
    op.drop_table("situation")
    op.drop_table("session")
    op.drop_table("improvement")
    op.drop_index("ix_case_rank", table_name="case")
    op.drop_index("ix_case_owner", table_name="case")
    op.drop_index("ix_case_last", table_name="case")
    op.drop_index("ix_case_customer", table_name="case")
    op.drop_table("case")
    op.drop_table("audit")
    op.drop_table("source")
    op.drop_index("ix_sign_in_who_at", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_table("order_line")
    op.drop_index("ix_order_customer", table_name="order")
    op.drop_table("order")
    op.drop_table("lease")
    op.drop_index(
        "ix_job_ready",
        table_name="job",
        postgresql_where=sa.text("state = 'ready'"),
        sqlite_where=sa.text("state = 'ready'"),
    )
    op.drop_index(
        "ix_job_leased",
        table_name="job",
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.drop_index(
        "ix_job_dead",
        table_name="job",
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    )
    op.drop_table("job")
    op.drop_index("ix_handle_customer", table_name="handle")
    op.drop_table("handle")
    op.drop_table("event")
    op.drop_index("ix_customer_email", table_name="customer")
    op.drop_table("customer")
    op.drop_index("ix_contact_customer", table_name="contact")
    op.drop_table("contact")
    op.drop_table("agent")
