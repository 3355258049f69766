"""The desk's tables. What a person told us, and what a worker notes, is sealed; names of staff and times are not.

Change a table here together with a new file in migrations/versions; a test compares the two.
"""
from __future__ import annotations

import sqlalchemy as sa

from bot.handoff.database import Utc, append_only

tables = sa.MetaData()
contacts = sa.Table(
    "desk_contact", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("reference", sa.String(9), nullable=False, unique=True),
    sa.Column("path", sa.String(20), nullable=False),
    sa.Column("received_at", Utc, nullable=False),
    sa.Column("arrived_at", Utc, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("door", sa.String(40), nullable=False, server_default="here"),
    sa.Column("flags", sa.String(200), nullable=False, server_default=""),
    sa.Column("flagged", sa.Integer, nullable=False, server_default="0"),
    sa.Column("open_by", Utc),
    sa.Column("decide_by", Utc),
    sa.Column("pass_by", Utc),
    sa.Column("seen_at", Utc),
    sa.Column("worker_seen_at", Utc),
    sa.Column("assigned_to", sa.String(120)),
    sa.Column("acknowledged_at", Utc),
    sa.Column("decision", sa.String(40)),
    sa.Column("passed_at", Utc),
    sa.Column("passed_as", sa.String(80)),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("erased_at", Utc),            # then ``sealed`` is empty, and notes and likenesses are gone
    # The inbox is ordered and counted from these two alone: it never reads past what is sealed.
    sa.Index("desk_contact_turn", "state", "flagged", "received_at", "id"),
    sa.Index("desk_contact_open", "passed_at", "erased_at", "door", "state", "worker_seen_at", "open_by", "acknowledged_at", "decide_by", "pass_by"),
    sa.Index("desk_contact_received", "received_at"))
audit = sa.Table(
    "desk_audit", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), nullable=False, index=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("why", sa.String(400)))
notes = sa.Table(
    "desk_note", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), nullable=False, index=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False))
likenesses = sa.Table(
    "desk_likeness", tables,
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), primary_key=True),
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("digest", sa.String(32), primary_key=True, index=True))
holds = sa.Table(
    "desk_hold", tables,
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("why", sa.String(400), nullable=False))
door_holds = sa.Table(
    "desk_door_hold", tables,               # what a front door said that it keeps for a court; it may say so before the contact is here
    sa.Column("door", sa.String(40), primary_key=True),
    sa.Column("contact_id", sa.String(36), primary_key=True),
    sa.Column("at", Utc, nullable=False))
users = sa.Table(
    "desk_user", tables,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("shown_as", sa.String(120), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("doors", sa.String(400), nullable=False),
    sa.Column("password", sa.String(200)),
    sa.Column("totp", sa.LargeBinary),
    sa.Column("totp_step", sa.Integer),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", Utc),
    sa.Column("disabled_at", Utc),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("demonstration", sa.Boolean, nullable=False))
sessions = sa.Table(
    "desk_session", tables,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user", sa.ForeignKey("desk_user.name"), nullable=False, index=True),
    sa.Column("began_at", Utc, nullable=False),
    sa.Column("last_at", Utc, nullable=False))
links = sa.Table(
    "desk_link", tables,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user", sa.ForeignKey("desk_user.name"), nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("used_at", Utc))
events = sa.Table(
    "desk_event", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("what", sa.String(60), nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("about", sa.String(400), nullable=False))
switches = sa.Table(
    "desk_switch", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("taking", sa.Boolean, nullable=False),
    sa.Column("why", sa.String(300), nullable=False))
alarms = sa.Table(
    "desk_alarm", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(120), nullable=False, index=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id")),
    sa.Column("raised_at", Utc, nullable=False),
    sa.Column("ended_at", Utc, index=True),
    sa.Column("mailed_at", Utc),
    sa.Column("called_at", Utc))
pulses = sa.Table(
    "desk_pulse", tables,
    sa.Column("door", sa.String(40), primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("waiting", sa.Integer, nullable=False),
    sa.Column("stuck", sa.Integer, nullable=False),
    sa.Column("late", sa.Integer, nullable=False),
    sa.Column("switch_known", sa.Integer, nullable=False),
    sa.Column("bell", sa.Boolean, nullable=False, server_default=sa.false()))
counts = sa.Table(
    "desk_count", tables,
    sa.Column("door", sa.String(40), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("what", sa.String(40), primary_key=True),
    sa.Column("which", sa.String(120), primary_key=True),
    sa.Column("many", sa.Integer, nullable=False))
told = sa.Table(
    "desk_told", tables,
    sa.Column("what", sa.String(40), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("at", Utc, nullable=False))
APPEND_ONLY = (audit, notes, events, switches)      # but that notes go with a contact whose erasing stands in the record
for _table in APPEND_ONLY:
    append_only(_table)
