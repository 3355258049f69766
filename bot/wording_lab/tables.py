"""The lab's tables, in the desk's database. No names: a seat is a random number. What somebody typed is sealed."""
from __future__ import annotations

import sqlalchemy as sa

from bot.handoff.database import Utc, append_only

tables = sa.MetaData()
meetings = sa.Table(
    "lab_meeting", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("code", sa.String(6), nullable=False, index=True),
    sa.Column("made_by", sa.String(120), nullable=False),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("walks", sa.Text, nullable=False))
seats = sa.Table(
    "lab_seat", tables,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(36), nullable=False),
    sa.Column("meeting", sa.ForeignKey("lab_meeting.id"), nullable=False, index=True))
votes = sa.Table(
    "lab_vote", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(36), nullable=False, unique=True),
    sa.Column("meeting", sa.ForeignKey("lab_meeting.id"), nullable=False, index=True),
    sa.Column("seat", sa.String(36), nullable=False),
    sa.Column("walk", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("about", sa.String(120), nullable=False),
    sa.Column("value", sa.String(200), nullable=False))
texts = sa.Table(
    "lab_text", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("meeting", sa.ForeignKey("lab_meeting.id"), nullable=False, index=True),
    sa.Column("seat", sa.String(36), nullable=False),
    sa.Column("day", sa.Date, nullable=False),  # a day and no time, so that nobody can be picked out by when they wrote
    sa.Column("walk", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("about", sa.String(120), nullable=False),
    sa.Column("said", sa.String(160), nullable=False),
    sa.Column("state", sa.String(20), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("final", sa.Text, nullable=False, server_default=""),
    sa.Column("reason", sa.String(400), nullable=False, server_default=""),
    sa.Column("by", sa.String(120), nullable=False, server_default=""),
    sa.Column("at", Utc))
flags = sa.Table(
    "lab_flag", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("meeting", sa.ForeignKey("lab_meeting.id"), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("heard", sa.String(40), nullable=False),
    sa.Column("seen_by", sa.String(120), nullable=False, server_default=""),
    sa.Column("seen_at", Utc))
walks = sa.Table(
    "lab_walk", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("title", sa.String(80), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("plays", sa.Text, nullable=False),
    sa.Column("questions", sa.Text, nullable=False),
    sa.Column("made_by", sa.String(120), nullable=False),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("version", sa.Integer, nullable=False))
changes = sa.Table(
    "lab_change", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("said", sa.String(160), nullable=False),
    sa.Column("file", sa.String(120), nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
    sa.Column("credit", sa.String(80), nullable=False),
    sa.Column("accepted_by", sa.String(120), nullable=False),
    sa.Column("signed_by", sa.String(120), nullable=False))
APPEND_ONLY = (changes,)
append_only(changes)
