"""Meetings, seats, votes, texts, flags and changes."""
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc, append_only

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables."""
    then, text = sa.MetaData(), sa.String

    def column(name: str, kind: Any, null: bool = False, **more: Any) -> Any:
        return sa.Column(name, kind, nullable=null, **more)

    def meeting(**more: Any) -> Any:
        return sa.Column("meeting", sa.ForeignKey("lab_meeting.id"), nullable=False, **more)

    sa.Table("lab_meeting", then, sa.Column("id", text(36), primary_key=True), column("code", text(6), index=True),
             column("made_by", text(120)), column("made_at", Utc), column("ends_at", Utc), column("walks", sa.Text))
    sa.Table("lab_seat", then, sa.Column("digest", text(64), primary_key=True), column("seat", text(36)), meeting(index=True))
    sa.Table("lab_vote", then, sa.Column("number", sa.Integer, primary_key=True), column("id", text(36), unique=True), meeting(index=True),
             column("seat", text(36)), column("walk", text(40)), column("kind", text(20)), column("about", text(120)), column("value", text(200)))
    sa.Table("lab_text", then, sa.Column("id", text(36), primary_key=True), meeting(index=True), column("seat", text(36)),
             column("day", sa.Date), column("walk", text(40)), column("kind", text(20)), column("about", text(120)), column("said", text(160)),
             column("state", text(20), index=True), column("sealed", sa.LargeBinary), column("final", sa.Text, server_default=""),
             column("reason", text(400), server_default=""), column("by", text(120), server_default=""), column("at", Utc, True))
    sa.Table("lab_flag", then, sa.Column("id", text(36), primary_key=True), meeting(), column("at", Utc), column("heard", text(40)),
             column("seen_by", text(120), server_default=""), column("seen_at", Utc, True))
    append_only(sa.Table("lab_change", then, sa.Column("number", sa.Integer, primary_key=True), column("at", Utc), column("said", text(160)),
                         column("file", text(120)), column("old", sa.Text), column("new", sa.Text), column("credit", text(80)),
                         column("accepted_by", text(120)), column("signed_by", text(120))))
    then.create_all(op.get_bind())


def downgrade() -> None:
    """Take the tables away, with everything that the group said."""
    for name in ("lab_change", "lab_flag", "lab_text", "lab_vote", "lab_seat", "lab_meeting"):
        op.drop_table(name)
