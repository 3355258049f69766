"""People who sign in, clocks, notes, alarms, the switch, counts."""
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc, append_only

revision, down_revision = "0002", "0001"
_MORE = (("door", sa.String(40), "here"), ("flags", sa.String(200), ""), ("flagged", sa.Integer, "0"), ("open_by", Utc, None),
         ("decide_by", Utc, None), ("pass_by", Utc, None), ("seen_at", Utc, None), ("worker_seen_at", Utc, None),
         ("assigned_to", sa.String(120), None), ("acknowledged_at", Utc, None), ("decision", sa.String(40), None),
         ("passed_at", Utc, None), ("passed_as", sa.String(80), None), ("version", sa.Integer, "1"))
_NEW = ("desk_note", "desk_likeness", "desk_user", "desk_session", "desk_link", "desk_event", "desk_switch", "desk_alarm",
        "desk_pulse", "desk_count", "desk_told")


def upgrade() -> None:
    """Add what is new; contacts stay as they are."""
    for name, kind, default in _MORE:
        op.add_column("desk_contact", sa.Column(name, kind, nullable=default is None, server_default=default))
    op.create_index("desk_contact_in_turn", "desk_contact", ["state", "flagged", "received_at"])
    op.create_index("desk_contact_received", "desk_contact", ["received_at"])
    then, text, number = sa.MetaData(), sa.String, sa.Integer
    sa.Table("desk_contact", then, sa.Column("id", text(36), primary_key=True))
    contact = sa.ForeignKey

    def column(name: str, kind: Any, null: bool = False, **more: Any) -> Any:
        return sa.Column(name, kind, nullable=null, **more)

    append_only(sa.Table("desk_note", then, sa.Column("number", number, primary_key=True),
                         sa.Column("contact_id", contact("desk_contact.id"), nullable=False, index=True), column("at", Utc),
                         column("who", text(120)), column("sealed", sa.LargeBinary)))
    sa.Table("desk_likeness", then, sa.Column("contact_id", contact("desk_contact.id"), primary_key=True),
             sa.Column("kind", text(20), primary_key=True), sa.Column("digest", text(32), primary_key=True, index=True))
    sa.Table("desk_user", then, sa.Column("name", text(120), primary_key=True), column("shown_as", text(120)),
             column("role", text(20)), column("doors", text(400)), column("password", text(200), True),
             column("totp", sa.LargeBinary, True), column("totp_step", number, True), column("failures", number),
             column("locked_until", Utc, True), column("disabled_at", Utc, True), column("made_at", Utc),
             column("demonstration", sa.Boolean))
    sa.Table("desk_session", then, sa.Column("digest", text(64), primary_key=True),
             sa.Column("user", sa.ForeignKey("desk_user.name"), nullable=False, index=True), column("began_at", Utc),
             column("last_at", Utc))
    sa.Table("desk_link", then, sa.Column("digest", text(64), primary_key=True),
             sa.Column("user", sa.ForeignKey("desk_user.name"), nullable=False), column("ends_at", Utc), column("used_at", Utc, True))
    append_only(sa.Table("desk_event", then, sa.Column("number", number, primary_key=True), column("at", Utc),
                         column("what", text(60)), column("who", text(120)), column("about", text(400))))
    append_only(sa.Table("desk_switch", then, sa.Column("number", number, primary_key=True), column("at", Utc),
                         column("who", text(120)), column("taking", sa.Boolean), column("why", text(300))))
    sa.Table("desk_alarm", then, sa.Column("number", number, primary_key=True), column("key", text(120), index=True),
             column("kind", text(40)), sa.Column("contact_id", contact("desk_contact.id")), column("raised_at", Utc),
             column("ended_at", Utc, True, index=True), column("mailed_at", Utc, True), column("called_at", Utc, True))
    sa.Table("desk_pulse", then, sa.Column("door", text(40), primary_key=True), column("at", Utc), column("waiting", number),
             column("stuck", number), column("late", number), column("switch_known", number))
    sa.Table("desk_count", then, sa.Column("door", text(40), primary_key=True), sa.Column("day", sa.Date, primary_key=True),
             sa.Column("what", text(40), primary_key=True), sa.Column("which", text(120), primary_key=True), column("many", number))
    sa.Table("desk_told", then, sa.Column("what", text(40), primary_key=True), sa.Column("day", sa.Date, primary_key=True),
             column("at", Utc))
    then.create_all(op.get_bind(), tables=[then.tables[name] for name in _NEW])


def downgrade() -> None:
    """Refused: notes, people and the record of what they did would be lost."""
    raise NotImplementedError("this would remove notes and the record of who did what; restore a backup instead")
