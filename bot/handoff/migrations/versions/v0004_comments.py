"""Comments on our words. Some databases have the table already, from before it was one of these."""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """To this shape."""
    if sa.inspect(op.get_bind()).has_table("sealed_comment"):
        return
    op.create_table(
        "sealed_comment",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("comment", sa.LargeBinary, nullable=False))


def downgrade() -> None:
    """Back to the shape before. Comments go with it."""
    op.drop_table("sealed_comment")
