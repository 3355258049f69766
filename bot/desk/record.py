"""The record of what people did at the desk. The database itself refuses to change it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.desk.tables import audit, events
from bot.handoff.database import reading, utc


@dataclass(frozen=True)
class Happened:
    """One line of the record: nothing that a person told us."""

    at: datetime
    what: str
    who: str
    about: str = ""


def write_event(db: Connection, what: str, who: str, about: str, now: datetime) -> None:
    """Write down something that concerns no single contact."""
    db.execute(events.insert().values(at=utc(now), what=what[:60], who=who[:120], about=about[:400]))


def write_audit(db: Connection, contact_id: str, what: str, who: str, now: datetime, why: str = "") -> None:
    """Write down what somebody did with a contact, in the transaction in which it is done."""
    db.execute(audit.insert().values(contact_id=contact_id, at=utc(now), what=what[:40], who=who[:120], why=why[:400] or None))


def latest_events(engine: Engine, most: int = 200) -> Tuple[Happened, ...]:
    """What happened last, newest first."""
    with reading(engine).begin() as db:
        rows = db.execute(sa.select(events).order_by(events.c.number.desc()).limit(most)).all()
    return tuple(Happened(r.at, r.what, r.who, r.about) for r in rows)
