"""What the order systems tell, mandates used, promises, shifts, and what is told next about a case."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables.columns import Key, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "customer": (("phone_key", sa.String(20)), ("name_key", sa.String(40))),
    "order": (
        ("total_cents", sa.Integer()),
        ("ship_to", sa.JSON()),
        ("shipments", sa.JSON()),
        ("returns", sa.JSON()),
        ("refunds", sa.JSON()),
    ),
    "order_line": (("warranty_until", sa.Date()),),
    "identity": (
        ("confirmed_at", Moment()),
        ("undone_by", Key),
        ("name", sa.String(200)),
        ("city", sa.String(100)),
    ),
    "agent": (("deputy_id", Key),),
    "case": (
        ("accepted_at", Moment()),
        ("adviser_id", Key),
        ("not_again_id", Key),
        ("protocol", sa.String(40)),
        ("alarm_at", Moment()),
    ),
    "notification": (("due_at", Moment()),),
    "gesture": (
        ("key", sa.String(64)),
        ("order_number", sa.String(80)),
        ("lines", sa.JSON()),
        ("minutes", sa.Integer()),
        ("decided_by", Key),
        ("decided_at", Moment()),
        ("carrier", sa.String(40)),
        ("deadline", sa.Double()),
        ("platform_id", sa.String(200)),
        ("reason", sa.Text()),
    ),
}
INDEXES = (
    ("ix_customer_phone", "customer", ["brand", "phone_key"], False),
    ("ix_customer_name", "customer", ["brand", "name_key"], False),
    ("ix_gesture_state", "gesture", ["brand", "state", "at"], False),
    ("ix_gesture_key", "gesture", ["key"], True),
    ("ix_notification_due", "notification", ["due_at", "agent_id"], False),
    ("ix_notification_agent", "notification", ["agent_id", "delivered_at"], False),
)
ADDED = ("shift", "absence", "set_aside", "promise", "escalation", "shop_copy")


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("gesture", sa.Column("side", sa.String(10), nullable=False, server_default="extra"))
    op.add_column("agent", sa.Column("furious_row", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("gesture", sa.Column("looks", sa.Integer(), nullable=False, server_default="0"))
    for name, table, keys, unique in INDEXES:
        op.create_index(name, table, keys, unique=unique)
    _people()
    _cases()
    _copies()
    red = sa.text("alarm_at IS NOT NULL")
    op.create_index("ix_case_alarm", "case", ["brand", "alarm_at"], postgresql_where=red, sqlite_where=red)
    # Whoever answered had taken it: nobody is to be called for what was answered before there were escalations.
    op.execute(sa.text('UPDATE "case" SET accepted_at = first_answer_at WHERE owner_id IS NOT NULL'))


def _head(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _to(table: str, target: str, name: str, *, null: bool = False) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
    return [sa.Column(name, Key, nullable=null), key]


def _people() -> None:
    for table in ("shift", "absence"):
        deputy = _to(table, "agent", "deputy_id", null=True) if table == "absence" else []
        op.create_table(
            table,
            *_head(table),
            *_to(table, "agent", "agent_id"),
            *deputy,
            sa.Column("starts_at", Moment(), nullable=False),
            sa.Column("ends_at", Moment(), nullable=False),
        )
        op.create_index(f"ix_{table}_agent", table, ["agent_id", "starts_at"])


def _cases() -> None:
    op.create_table(
        "set_aside",
        *_head("set_aside"),
        *_to("set_aside", "case", "case_id"),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("ix_set_aside_rule", "set_aside", ["brand", "rule", "at"])
    op.create_table(
        "promise",
        *_head("promise"),
        *_to("promise", "case", "case_id"),
        *_to("promise", "agent", "agent_id"),
        *_to("promise", "reply", "reply_id", null=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=True),
        sa.Column("dropped_at", Moment(), nullable=True),
    )
    op.create_index("ix_promise_due", "promise", ["brand", "kept_at", "due_at"])
    op.create_index("ix_promise_case", "promise", ["case_id"])
    op.create_table(
        "escalation",
        *_head("escalation"),
        *_to("escalation", "case", "case_id"),
        sa.Column("matter", sa.String(20), nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.UniqueConstraint("case_id", "matter", "subject", name=op.f("uq_escalation_case_id_matter_subject")),
    )
    op.create_index("ix_escalation_due", "escalation", ["due_at"])
    runs = sa.text("stopped_at IS NULL")
    op.create_index("ix_escalation_running", "escalation", ["case_id"], postgresql_where=runs, sqlite_where=runs)


def _copies() -> None:
    op.create_table(
        "shop_copy",
        sa.Column("brand", sa.String(60), nullable=False),
        sa.Column("customer_id", sa.String(80), nullable=False),
        sa.Column("fetched_at", Moment(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("trouble", sa.String(20), nullable=True),
        sa.UniqueConstraint("brand", "customer_id", name=op.f("uq_shop_copy_brand_customer_id")),
    )


def downgrade() -> None:
    op.drop_index("ix_case_alarm", table_name="case")
    for table in reversed(ADDED):
        op.drop_table(table)
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("gesture", "looks")
    op.drop_column("agent", "furious_row")
    op.drop_column("gesture", "side")
    for table, columns in COLUMNS.items():
        for name, _ in reversed(columns):
            op.drop_column(table, name)
