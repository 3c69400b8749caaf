"""The likely hazards of each mention in rows of their own, so that the Inbox finds a rare one among years of cases."""

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables.columns import Key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SO_FAR = {
    "sqlite": "SELECT a.mention_id, h.key, a.brand FROM assessment AS a, json_each(a.hazards) AS h"
    " WHERE h.value >= 0.5",
    "postgresql": "SELECT a.mention_id, h.key, a.brand FROM assessment AS a, json_each_text(a.hazards) AS h"
    " WHERE CAST(h.value AS DOUBLE PRECISION) >= 0.5",
}


def upgrade() -> None:
    op.create_table(
        "hazard",
        sa.Column("mention_id", Key, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("brand", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_hazard_mention_id_mention")),
        sa.PrimaryKeyConstraint("mention_id", "name", name=op.f("pk_hazard")),
    )
    op.create_index("ix_hazard_name", "hazard", ["brand", "name", "mention_id"])
    so_far = SO_FAR[op.get_bind().dialect.name]
    op.get_bind().exec_driver_sql(f"INSERT INTO hazard (mention_id, name, brand) {so_far}")


def downgrade() -> None:
    op.drop_index("ix_hazard_name", table_name="hazard")
    op.drop_table("hazard")
