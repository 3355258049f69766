"""The desk as it first shipped: contacts and what happened to them."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc, append_only

revision, down_revision = "0001", None


def upgrade() -> None:
    """Create both tables, unless the desk made them before it knew migrations."""
    then = sa.MetaData()
    sa.Table("desk_contact", then, sa.Column("id", sa.String(36), primary_key=True),
             sa.Column("reference", sa.String(9), nullable=False, unique=True), sa.Column("path", sa.String(20), nullable=False),
             sa.Column("received_at", Utc, nullable=False), sa.Column("arrived_at", Utc, nullable=False),
             sa.Column("sealed", sa.LargeBinary, nullable=False), sa.Column("state", sa.String(20), nullable=False))
    append_only(sa.Table("desk_audit", then, sa.Column("number", sa.Integer, primary_key=True),
                         sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), nullable=False, index=True),
                         sa.Column("at", Utc, nullable=False), sa.Column("what", sa.String(40), nullable=False),
                         sa.Column("who", sa.String(120), nullable=False)))
    then.create_all(op.get_bind())


def downgrade() -> None:
    """Refused: contacts would be lost."""
    raise NotImplementedError("this would remove every contact; restore a backup instead")
