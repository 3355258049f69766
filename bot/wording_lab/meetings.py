"""Meetings of the group: a code that opens one for a few hours, and seats without names."""
from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Dict, List, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.desk.passwords import digest
from bot.desk.record import write_event
from bot.handoff.database import reading, utc
from bot.wording_lab.tables import meetings, seats

LETTERS = "ABCDEFGHJKMNPQRTUVWXY"      # none that looks or sounds like another on a whiteboard
CODE_LENGTH = 6
LATE = timedelta(hours=2)               # answers that were waiting for a connection still come in


@dataclass(frozen=True)
class Meeting:
    """A meeting with the walks that were chosen for it."""

    id: str
    code: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    walks: Tuple[Dict[str, Any], ...]

    def walk(self, walk_id: str) -> Optional[Dict[str, Any]]:
        """One of its walks, or None."""
        return next((w for w in self.walks if w["id"] == walk_id), None)


@dataclass(frozen=True)
class Seat:
    """Somebody in a meeting: a random number, and nothing else is known."""

    seat: str
    meeting: Meeting


class Meetings:
    """Made by the group's worker, entered by whoever has the code."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def make(self, walks: List[Dict[str, Any]], who: str, now: datetime, hours: int) -> Meeting:
        """Begin a meeting. Its code is good for ``hours``."""
        with self.engine.begin() as db:
            open_codes = set(db.execute(sa.select(meetings.c.code).where(meetings.c.ends_at > utc(now))).scalars())
            code = next(c for c in iter(_code, "") if c not in open_codes)
            meeting = Meeting(str(uuid.uuid4()), code, who, now, now + timedelta(hours=hours), tuple(walks))
            db.execute(meetings.insert().values(id=meeting.id, code=code, made_by=who, made_at=utc(now), ends_at=utc(meeting.ends_at),
                                                walks=json.dumps(walks)))
            write_event(db, "a lab meeting was made", who, meeting.id, now)
        return meeting

    def end(self, meeting_id: str, who: str, now: datetime) -> None:
        """Close the door: the code opens it no more. Who is inside can still send what they have."""
        with self.engine.begin() as db:
            db.execute(meetings.update().where(meetings.c.id == meeting_id, meetings.c.ends_at > utc(now)).values(ends_at=utc(now)))
            write_event(db, "a lab meeting was ended", who, meeting_id, now)

    def sit(self, code: str, now: datetime) -> Optional[str]:
        """Take a seat. Returns the secret for the cookie, of which only a digest is kept; None if no open meeting has this code."""
        with self.engine.begin() as db:
            found = db.execute(sa.select(meetings.c.id).where(meetings.c.code == tidy(code), meetings.c.ends_at > utc(now))).scalar()
            if found is None:
                return None
            token = secrets.token_urlsafe(24)
            db.execute(seats.insert().values(digest=digest(token), seat=str(uuid.uuid4()), meeting=found))
        return token

    def who_sits(self, token: str, now: datetime) -> Optional[Seat]:
        """The seat of a cookie, while the meeting lasts and a little longer."""
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(meetings, seats.c.seat).join(seats, seats.c.meeting == meetings.c.id)
                             .where(seats.c.digest == digest(token), meetings.c.ends_at > utc(now) - LATE)).first()
        return Seat(row.seat, _meeting(row)) if row else None

    def stand_up(self, token: str) -> None:
        """Leave: the cookie opens nothing any more."""
        with self.engine.begin() as db:
            db.execute(seats.delete().where(seats.c.digest == digest(token)))

    def all(self) -> Tuple[Meeting, ...]:
        """Every meeting, newest first."""
        with reading(self.engine).begin() as db:
            return tuple(_meeting(r) for r in db.execute(sa.select(meetings).order_by(meetings.c.made_at.desc()).limit(50)))

    def find(self, meeting_id: str) -> Optional[Meeting]:
        """One meeting, or None."""
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(meetings).where(meetings.c.id == meeting_id)).first()
        return _meeting(row) if row else None


def tidy(code: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(c for c in code.upper() if c.isalpha())[:20]


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _meeting(row: Any) -> Meeting:
    return Meeting(row.id, row.code, row.made_by, row.made_at, row.ends_at, tuple(json.loads(row.walks)))
