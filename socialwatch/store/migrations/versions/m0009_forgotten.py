"""Who asked to be forgotten stays away: fingerprints, and the key of this installation that makes them."""

import secrets

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.UniqueConstraint("brand", "mark", name=op.f("uq_forgotten_brand_mark")),
    )
    made = op.create_table("installation", sa.Column("secret", sa.String(length=64), nullable=False))
    op.bulk_insert(made, [{"secret": secrets.token_hex(32)}])


def downgrade() -> None:
    op.drop_table("installation")
    op.drop_table("forgotten")
