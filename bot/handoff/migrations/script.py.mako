"""${message}."""
import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """To this shape."""


def downgrade() -> None:
    """Back."""
