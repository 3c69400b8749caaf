"""What polling costs and how it is paced; webhook deliveries and compliance jobs; replies in private."""

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables import Key, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spend",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend")),
        sa.UniqueConstraint("source", "day", "what", name=op.f("uq_spend_source_day_what")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("source", "digest", name=op.f("uq_delivery_source_digest")),
    )
    op.create_index("ix_delivery_at", "delivery", ["at"])
    op.create_table(
        "compliance",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("native_id", sa.String(length=80), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("up_to", Key, nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance")),
        sa.UniqueConstraint("source", "native_id", name=op.f("uq_compliance_source_native_id")),
    )
    op.add_column("source", sa.Column("budget", sa.BigInteger(), nullable=True))
    op.add_column("source", sa.Column("notice", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("slowed", sa.Double(), server_default="1", nullable=False))
    op.add_column("source", sa.Column("streaming", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index("ix_mention_looked", "mention", ["brand", "channel", "looked_at"])
    op.add_column("mention", sa.Column("shown_at", Moment(), nullable=True))
    op.create_index("ix_reply_platform_id", "reply", ["platform_id"])
    op.add_column("reply", sa.Column("audience", sa.String(length=20), server_default="public", nullable=False))


def downgrade() -> None:
    op.drop_column("reply", "audience")
    op.drop_index("ix_reply_platform_id", table_name="reply")
    op.drop_column("mention", "shown_at")
    op.drop_index("ix_mention_looked", table_name="mention")
    for name in ("streaming", "slowed", "notice", "budget"):
        op.drop_column("source", name)
    op.drop_table("compliance")
    op.drop_index("ix_delivery_at", table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("spend")
