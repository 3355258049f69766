"""What the group said is parted from its seats when a meeting is over, and its words are forgotten some months after they were dealt with."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, List

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.desk.record import write_event
from bot.handoff.database import leave_nothing, utc
from bot.wording_lab.answers import liked
from bot.wording_lab.meetings import LATE
from bot.wording_lab.tables import flags, meetings, seats, texts, votes

_DECIDED = ("accepted", "rejected")


@dataclass(frozen=True)
class Forgotten:
    """How many meetings were parted from their seats, and how many texts of young people went for good."""

    meetings: int
    texts: int


def forget(engine: Engine, now: datetime, days: int) -> Forgotten:
    """Once a day. What nobody decided about, and a flag that nobody has seen, stay however old they are. It is written in the record.

    ``days``: how long words are kept after a suggestion was decided about, or a flag was seen.
    """
    with engine.begin() as db:
        over = list(db.execute(sa.select(meetings.c.id).where(meetings.c.ends_at <= utc(now) - LATE)).scalars())
        parted = sum(_part(db, meeting) for meeting in over)
        long_ago = utc(now) - timedelta(days=days)
        gone = list(db.execute(sa.select(texts.c.id).where(texts.c.state.in_(_DECIDED), texts.c.at <= long_ago)).scalars())
        gone += db.execute(sa.select(texts.c.id).join(flags, flags.c.id == texts.c.id)
                           .where(texts.c.state == "flagged", flags.c.seen_at <= long_ago)).scalars()
        for table in (flags, texts):
            db.execute(table.delete().where(table.c.id.in_(gone)))
        if parted or gone:
            write_event(db, "lab words were forgotten", "retention", f"{parted} meetings without seats, {len(gone)} texts after {days} days", now)
    leave_nothing(engine)
    return Forgotten(parted, len(gone))


def _part(db: Connection, meeting: str) -> bool:
    """Leave each answer on its own, so that nobody can put together what one person said. The counts stay the same."""
    db.execute(seats.delete().where(seats.c.meeting == meeting))
    linked = db.execute(texts.update().where(texts.c.meeting == meeting, texts.c.seat != texts.c.id).values(seat=texts.c.id)).rowcount
    rows = db.execute(sa.select(votes).where(votes.c.meeting == meeting, votes.c.seat != votes.c.id).order_by(votes.c.number)).all()
    last = {(r.seat, r.walk, r.kind, r.about): r.number for r in rows}
    kept: List[Any] = [r for r in rows if last[r.seat, r.walk, r.kind, r.about] == r.number]
    db.execute(votes.delete().where(votes.c.meeting == meeting, votes.c.seat != votes.c.id, votes.c.number.not_in([r.number for r in kept])))
    for row in kept:
        value = liked(row.seat, row.about, row.value) if row.kind == "prefer" else row.value
        db.execute(votes.update().where(votes.c.number == row.number).values(seat=row.id, value=value))
    return bool(rows or linked)
