"""The first shape: contact, audit, outbox, heartbeat."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc, append_only_statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this shape."""
    op.create_table(
        "contact",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(9), nullable=False, unique=True),
        sa.Column("path", sa.String(20), nullable=False),
        sa.Column("received_at", Utc, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False))
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("at", Utc, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("who", sa.String(120), nullable=False))
    op.create_table(
        "outbox",
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("destination", sa.String(40), primary_key=True),
        sa.Column("due_at", Utc, nullable=False),
        sa.Column("leased_until", Utc),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("last_reason", sa.String(120)))
    op.create_index("outbox_due", "outbox", ["state", "due_at"])
    op.create_table(
        "heartbeat",
        sa.Column("who", sa.String(120), primary_key=True),
        sa.Column("at", Utc, nullable=False))
    for statement in append_only_statements("audit", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Back to nothing."""
    for name in ("heartbeat", "outbox", "audit", "contact"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS frontdoor_append_only()")
