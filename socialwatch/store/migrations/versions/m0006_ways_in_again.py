"""Rules that were set aside are asked for by case and by moment; an index by rule helped neither."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "set_aside"
INDEXES = (("ix_set_aside_lately", ["brand", "at", "rule"]), ("ix_set_aside_case", ["case_id"]))


def upgrade() -> None:
    op.drop_index("ix_set_aside_rule", table_name=TABLE)
    for name, columns in INDEXES:
        op.create_index(name, TABLE, columns)


def downgrade() -> None:
    for name, _ in INDEXES:
        op.drop_index(name, table_name=TABLE)
    op.create_index("ix_set_aside_rule", TABLE, ["brand", "rule", "at"])
