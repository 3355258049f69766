"""What a front door keeps for a court is not erased at the desk either."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Add what is new; contacts stay as they are."""
    op.create_table("desk_door_hold", sa.Column("door", sa.String(40), primary_key=True), sa.Column("contact_id", sa.String(36), primary_key=True),
                    sa.Column("at", Utc, nullable=False))


def downgrade() -> None:
    """Back to before: the front doors tell of their holds again, every few seconds."""
    op.drop_table("desk_door_hold")
