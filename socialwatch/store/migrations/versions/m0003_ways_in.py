"""An index for every way in that the trip of a mention takes, so that it stays as fast with a full database."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_mention_answered", "mention", ["channel", "in_reply_to"]),
    ("ix_mention_version", "mention", ["channel", "version_id"]),
    ("ix_reply_case", "reply", ["case_id"]),
    ("ix_reply_mention", "reply", ["mention_id"]),
    ("ix_gesture_case", "gesture", ["case_id"]),
    ("ix_thanks_case", "thanks", ["case_id"]),
)


OWNER = ("ix_case_owner", "case")


def upgrade() -> None:
    op.drop_index(OWNER[0], table_name=OWNER[1])
    op.create_index(*OWNER, ["owner_id", "state", "level"])
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
    op.drop_index(OWNER[0], table_name=OWNER[1])
    op.create_index(*OWNER, ["owner_id", "state"])
