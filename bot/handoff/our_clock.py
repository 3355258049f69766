"""When something happened, by the delivery's own clock where the clock that told of it was ahead: a wrong clock silences no alarm."""
from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.sql import ColumnElement

from bot.handoff.tables import audit_table, contact_table

AHEAD = "ahead of our clock"            # in the audit: when the delivery first met a contact that says it came later than now
DIFFER_BY = timedelta(minutes=5)        # clocks that differ by less do no harm


def _by_ours(told: "ColumnElement[object]", what: str) -> "ColumnElement[object]":
    ours = sa.select(sa.func.min(audit_table.c.at)).where(
        audit_table.c.contact_id == contact_table.c.id, audit_table.c.what == what).scalar_subquery()
    return sa.case((ours < told, ours), else_=told)


def received() -> "ColumnElement[object]":
    """When a contact came in."""
    return _by_ours(contact_table.c.received_at, AHEAD)


def seen() -> "ColumnElement[object]":
    """When somebody opened it at the desk; NULL if nobody did."""
    return _by_ours(contact_table.c.seen_at, "seen")
