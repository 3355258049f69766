"""What the desk says of the off switch, and counts by day."""
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """To this shape."""
    op.create_table(
        "switch",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("taking", sa.Boolean, nullable=False),
        sa.Column("why", sa.String(300), nullable=False))
    op.create_table(
        "tally",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("what", sa.String(40), primary_key=True),
        sa.Column("which", sa.String(120), primary_key=True),
        sa.Column("many", sa.Integer, nullable=False))


def downgrade() -> None:
    """Back to the shape before."""
    for name in ("tally", "switch"):
        op.drop_table(name)
