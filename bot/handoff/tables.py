"""The tables of contacts on their way. Whatever a person told us is in ``contact.sealed`` and nowhere else."""
from enum import Enum

import sqlalchemy as sa

from bot.handoff.database import Utc, append_only


class State(str, Enum):
    """Where a contact is."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    STUCK = "stuck"
    ERASED = "erased"


tables = sa.MetaData()
contact_table = sa.Table(
    "contact", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("reference", sa.String(9), nullable=False, unique=True),
    sa.Column("path", sa.String(20), nullable=False),
    sa.Column("received_at", Utc, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("seen_at", Utc),              # when a named person opened it at the desk
    sa.Column("acknowledged_at", Utc),      # when somebody there made a decision
    sa.Column("erased_at", Utc))            # then ``sealed`` is empty
audit_table = sa.Table(
    "audit", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("contact.id"), nullable=False, index=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("why", sa.String(400)))
outbox_table = sa.Table(
    "outbox", tables,
    sa.Column("contact_id", sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("destination", sa.String(40), primary_key=True),
    sa.Column("due_at", Utc, nullable=False),
    sa.Column("leased_until", Utc),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("last_reason", sa.String(120)),
    sa.Index("outbox_due", "state", "due_at"))
heartbeat_table = sa.Table(
    "heartbeat", tables,
    sa.Column("who", sa.String(120), primary_key=True),
    sa.Column("at", Utc, nullable=False))
return_code_table = sa.Table(
    "return_code", tables,
    sa.Column("contact_id", sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("hashed", sa.String(160), nullable=False))
status_try_table = sa.Table(
    "status_try", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Index("status_try_when", "contact_id", "at"))
legal_hold_table = sa.Table(
    "legal_hold", tables,
    sa.Column("contact_id", sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("who", sa.String(120), nullable=False),
    sa.Column("reason", sa.String(400), nullable=False))
switch_table = sa.Table(
    "switch", tables,                       # one row: what the desk last said
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("taking", sa.Boolean, nullable=False),
    sa.Column("why", sa.String(300), nullable=False))
tally_table = sa.Table(
    "tally", tables,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("what", sa.String(40), primary_key=True),
    sa.Column("which", sa.String(120), primary_key=True),
    sa.Column("many", sa.Integer, nullable=False))
comment_table = sa.Table(
    "sealed_comment", tables,               # on our words, not on a child: bot/comments.py
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("day", sa.Date, nullable=False),  # a day and no time, so that nobody can be picked out by when they wrote
    sa.Column("about", sa.String(80), nullable=False),
    sa.Column("comment", sa.LargeBinary, nullable=False))  # a name that did not announce itself must not lie open
append_only(audit_table)
