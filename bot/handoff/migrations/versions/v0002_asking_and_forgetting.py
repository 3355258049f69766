"""What the desk did with a contact, the code to ask about it, and what keeps it from being forgotten."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this shape."""
    for name in ("seen_at", "acknowledged_at", "erased_at"):
        op.add_column("contact", sa.Column(name, Utc))
    op.add_column("audit", sa.Column("why", sa.String(400)))
    op.create_table(
        "return_code",
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("hashed", sa.String(160), nullable=False))
    op.create_table(
        "status_try",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("at", Utc, nullable=False))
    op.create_index("status_try_when", "status_try", ["contact_id", "at"])
    op.create_table(
        "legal_hold",
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("at", Utc, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False))


def downgrade() -> None:
    """Back to the first shape."""
    for name in ("legal_hold", "status_try", "return_code"):
        op.drop_table(name)
    for table, names in (("audit", ("why",)), ("contact", ("seen_at", "acknowledged_at", "erased_at"))):
        for name in names:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
