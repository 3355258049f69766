"""Who is signed in: kept at the desk, so that signing out, ending somebody's access or a stolen cookie ends with the row."""
from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.desk.passwords import digest
from bot.desk.person import Person, person_of
from bot.desk.tables import sessions, users
from bot.handoff.database import reading, utc

_TOUCH_EVERY = timedelta(seconds=60)


class Visits:
    """Sessions of people who have signed in."""

    def __init__(self, engine: Engine, idle: timedelta, longest: timedelta) -> None:
        self.engine, self._idle, self._longest = engine, idle, longest

    def begin(self, person: Person, now: datetime) -> str:
        """Sign somebody in. Returns the secret for their cookie; only its hash is kept."""
        token = secrets.token_urlsafe(32)
        with self.engine.begin() as db:
            db.execute(sessions.delete().where(sa.or_(
                sessions.c.last_at < utc(now) - self._idle, sessions.c.began_at < utc(now) - self._longest)))
            db.execute(sessions.insert().values(digest=digest(token), user=person.name, began_at=utc(now), last_at=utc(now)))
        return token

    def who(self, token: str, now: datetime, *, counts_as_use: bool = True) -> Optional[Person]:
        """Who it is, unless the session has ended, was idle too long, or the person's access has ended."""
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(users, sessions.c.began_at, sessions.c.last_at)
                             .join(users, users.c.name == sessions.c.user)
                             .where(sessions.c.digest == digest(token), users.c.disabled_at.is_(None))).first()
        if row is None or utc(now) - row.last_at > self._idle or utc(now) - row.began_at > self._longest:
            return None
        if counts_as_use and utc(now) - row.last_at > _TOUCH_EVERY:
            with self.engine.begin() as db:
                db.execute(sessions.update().where(sessions.c.digest == digest(token)).values(last_at=utc(now)))
        return person_of(row)

    def end(self, token: str) -> None:
        """Sign out."""
        with self.engine.begin() as db:
            db.execute(sessions.delete().where(sessions.c.digest == digest(token)))
