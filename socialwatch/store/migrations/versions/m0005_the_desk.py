"""What the desk keeps: tags, corrections, filters, building blocks, surveys, two signs of closing, an undo window."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables.columns import Key, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "case": (
        ("closed_at", Moment()),
        ("problem_gone", sa.Boolean()),
        ("feels_heard", sa.Boolean()),
        ("judged", sa.Integer()),
        ("merged_into", Key),
    ),
    "reply": (("send_at", Moment()), ("mends_id", Key)),
    "thanks": (("with_id", Key), ("liked_at", Moment())),
    "agent": (("sign_off", sa.String(40)), ("silenced", sa.JSON())),
    "situation": (("fact", sa.Text()), ("offered_at", Moment())),
    "situation_case": (("at", Moment()),),
}
INDEXES = (
    ("ix_situation_open", "situation", ["brand", "closed_at"]),
    ("ix_situation_case_case", "situation_case", ["case_id"]),
)
ADDED = ("case_tag", "beckon", "correction", "saved_filter", "building_block", "survey")


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    lifted: sa.Column[bool] = sa.Column("lifted", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    op.add_column("situation_case", lifted)
    for name, table, keys in INDEXES:
        op.create_index(name, table, keys)
    _shared()
    _own()
    _survey()


def _head(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _to(table: str, target: str, name: str, *, null: bool = False) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
    return [sa.Column(name, Key, nullable=null), key]


def _shared() -> None:
    op.create_table(
        "case_tag",
        sa.Column("brand", sa.String(60), nullable=False),
        *_to("case_tag", "case", "case_id"),
        sa.Column("tag", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "tag", name=op.f("pk_case_tag")),
    )
    op.create_index("ix_case_tag_tag", "case_tag", ["brand", "tag", "case_id"])
    op.create_table(
        "beckon",
        *_head("beckon"),
        *_to("beckon", "case", "case_id"),
        *_to("beckon", "agent", "agent_id"),
        *_to("beckon", "agent", "by_id"),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
    )
    op.create_index("ix_beckon_agent", "beckon", ["agent_id", "seen_at"])
    op.create_index("ix_beckon_case", "beckon", ["case_id"])
    op.create_table(
        "correction",
        *_head("correction"),
        *_to("correction", "case", "case_id"),
        *_to("correction", "mention", "mention_id", null=True),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("may_train", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("ix_correction_case", "correction", ["case_id"])


def _own() -> None:
    for table, value in (("saved_filter", ("query", sa.JSON())), ("building_block", ("text", sa.Text()))):
        op.create_table(
            table,
            *_head(table),
            *_to(table, "agent", "agent_id"),
            sa.Column("name", sa.String(60), nullable=False),
            sa.Column(*value, nullable=False),
            sa.UniqueConstraint("agent_id", "name", name=op.f(f"uq_{table}_agent_id_name")),
        )


def _survey() -> None:
    op.create_table(
        "survey",
        *_head("survey"),
        *_to("survey", "case", "case_id"),
        sa.Column("customer_id", sa.String(80), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_survey_token_hash")),
        sa.UniqueConstraint("case_id", name=op.f("uq_survey_case_id")),
    )
    op.create_index("ix_survey_address", "survey", ["brand", "address_hash", "due_at"])
    op.create_index("ix_survey_due", "survey", ["state", "due_at"])


def downgrade() -> None:
    for table in reversed(ADDED):
        op.drop_table(table)
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("situation_case", "lifted")
    for table, columns in COLUMNS.items():
        for name, _ in reversed(columns):
            op.drop_column(table, name)
