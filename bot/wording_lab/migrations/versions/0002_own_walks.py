"""Walks that a worker makes at the desk."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Add a table; everything else stays as it is."""
    op.create_table("lab_walk", sa.Column("id", sa.String(36), primary_key=True), sa.Column("title", sa.String(80), nullable=False),
                    sa.Column("state", sa.String(20), nullable=False), sa.Column("plays", sa.Text, nullable=False),
                    sa.Column("questions", sa.Text, nullable=False), sa.Column("made_by", sa.String(120), nullable=False),
                    sa.Column("made_at", Utc, nullable=False), sa.Column("version", sa.Integer, nullable=False))


def downgrade() -> None:
    """Take the table away, with the walks in it."""
    op.drop_table("lab_walk")
