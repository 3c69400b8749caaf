"""Indexes for what the desk asks: what is nobody's or mine, what waits longest, handles by customer, rules by case."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = (
    ("ix_handle_customer", "handle", ["brand", "customer_id"]),
    ("ix_set_aside_rule", "set_aside", ["brand", "rule", "at"]),
)
AFTER = (
    ("ix_handle_of_customer", "handle", ["brand", "customer_id", "handle"]),
    ("ix_set_aside_lately", "set_aside", ["brand", "at", "rule"]),
    ("ix_set_aside_case", "set_aside", ["case_id"]),
)


PARTIAL = (
    ("ix_case_nobody", ["brand", "state", "rank"], "owner_id IS NULL"),
    ("ix_case_adviser", ["adviser_id", "state"], "adviser_id IS NOT NULL"),
    ("ix_case_due", ["brand", "channel", "due_since", "state"], "due_since IS NOT NULL"),
)


def upgrade() -> None:
    _replace(BEFORE, AFTER)
    for name, columns, where in PARTIAL:
        of = sa.text(where)
        op.create_index(name, "case", columns, postgresql_where=of, sqlite_where=of)


def downgrade() -> None:
    for name, _, _ in PARTIAL:
        op.drop_index(name, table_name="case")
    _replace(AFTER, BEFORE)


Indexes = tuple[tuple[str, str, list[str]], ...]


def _replace(before: Indexes, after: Indexes) -> None:
    for name, table, _ in before:
        op.drop_index(name, table_name=table)
    for name, table, columns in after:
        op.create_index(name, table, columns)
