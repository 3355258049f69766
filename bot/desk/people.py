"""The people who may open contacts: adding them, signing in, lock-out, one-time links."""
from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Optional, Tuple

import sqlalchemy as sa
from nacl.secret import SecretBox
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.desk.passwords import digest, kept_password, matching_step, password_fits, why_weak
from bot.desk.person import Person, Role, person_of, tidy_name
from bot.desk.record import write_event
from bot.desk.tables import links, sessions, users
from bot.handoff.database import reading, utc

WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LINK_GOOD_FOR = timedelta(hours=24)
DEMONSTRATION = "demonstration"


class PeopleError(Exception):
    """What was asked cannot be done. The message says what to do, for people to read."""


class People:
    """Everybody who may sign in."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self.engine = engine
        self._box = SecretBox(hmac.new(key, b"one-time codes", hashlib.sha256).digest())

    def add(self, name: str, shown_as: str, role: Role, doors: Tuple[str, ...], by: str, now: datetime, *,
            demonstration: bool = False) -> None:
        """Add somebody; they sign in after using a link of ``make_link``. Raises ``PeopleError``."""
        name, shown_as = tidy_name(name), " ".join(shown_as.split())[:120]
        if len(name) < 2 or any(c.isspace() for c in name):
            raise PeopleError("Give a sign-in name without spaces, such as a work e-mail address.")
        if len(shown_as) < 3:
            raise PeopleError("Give the person's full name: it stands beside every contact they open.")
        try:
            with self.engine.begin() as db:
                db.execute(users.insert().values(name=name, shown_as=shown_as, role=role.value, doors=",".join(doors), failures=0,
                                                 made_at=utc(now), demonstration=demonstration))
                write_event(db, "person added", by, f"{name}, {role.value}", now)
        except IntegrityError:
            raise PeopleError("Somebody has this sign-in name already. Choose another one.") from None

    def change(self, name: str, by: str, now: datetime, *, role: Optional[Role] = None, disabled: Optional[bool] = None) -> None:
        """Change a role, or let somebody out or in again. They are signed out at once. Raises ``PeopleError``."""
        if tidy_name(name) == tidy_name(by):
            raise PeopleError("You cannot change your own access. Ask another manager.")
        with self.engine.begin() as db:
            person = self._must_find(db, name)
            if role is not None and role is not person.role:
                db.execute(self._this(users.update(), name).values(role=role.value))
                write_event(db, f"role changed to {role.value}", by, person.name, now)
            if disabled is not None and disabled is not person.disabled:
                db.execute(self._this(users.update(), name).values(disabled_at=utc(now) if disabled else None))
                write_event(db, "access ended" if disabled else "access given back", by, person.name, now)
                db.execute(links.delete().where(links.c.user == person.name))   # else one that was never used would be good again
            db.execute(sessions.delete().where(sessions.c.user == person.name))

    def unlock(self, name: str, by: str, now: datetime) -> None:
        """Let somebody try again at once after too many wrong tries. Raises ``PeopleError``."""
        with self.engine.begin() as db:
            person = self._must_find(db, name)
            db.execute(self._this(users.update(), name).values(failures=0, locked_until=None))
            write_event(db, "unlocked", by, person.name, now)

    def make_link(self, name: str, by: str, now: datetime, good_for: timedelta = LINK_GOOD_FOR) -> str:
        """A new secret for a one-time link; the ones before it stop working. Only its hash is kept. Raises ``PeopleError``."""
        token = secrets.token_urlsafe(24)
        with self.engine.begin() as db:
            person = self._must_find(db, name)
            if person.disabled:
                raise PeopleError("This person's access has ended. Give it back first.")
            db.execute(links.delete().where(links.c.user == person.name))
            db.execute(links.insert().values(digest=digest(token), user=person.name, ends_at=utc(now) + good_for))
            write_event(db, "one-time link made", by, person.name, now)
        return token

    def behind_link(self, token: str, now: datetime) -> Optional[Person]:
        """Whose link it is, if it is still good. Looking does not use it up."""
        with reading(self.engine).begin() as db:
            name = self._link(db, token, now)
            return self._find(db, name) if name else None

    def use_demonstration_link(self, token: str, now: datetime) -> Optional[Person]:
        """Use up the link of the demonstration person. None if it is not one, or was used."""
        with self.engine.begin() as db:
            name = self._link(db, token, now)
            person = self._find(db, name) if name else None
            if person is None or not person.demonstration or person.disabled:
                return None
            self._use_up(db, token, now)
            write_event(db, "signed in by one-time link", person.name, "", now)
        return person

    def set_up(self, token: str, password: str, totp: str, code: str, now: datetime) -> Person:
        """Choose a password and a one-time-code secret by a link, which is then used up. Raises ``PeopleError``."""
        weak = why_weak(password)
        if weak:
            raise PeopleError(weak)
        step = matching_step(totp, code, now)
        if step is None:
            raise PeopleError("The code does not match. Scan the picture again, then type the six digits that your app shows now.")
        with self.engine.begin() as db:
            name = self._link(db, token, now)
            person = self._find(db, name) if name else None
            if person is None or person.demonstration or person.disabled:
                raise PeopleError("This link was used or is too old. Ask a manager for a new one.")
            self._use_up(db, token, now)
            db.execute(self._this(users.update(), person.name).values(
                password=kept_password(password), totp=bytes(self._box.encrypt(totp.encode())), totp_step=step, failures=0,
                locked_until=None))
            db.execute(sessions.delete().where(sessions.c.user == person.name))
            write_event(db, "password and code set up", person.name, "", now)
            self._end_demonstration(db, person, now)
        return person

    def check(self, name: str, password: str, code: str, now: datetime) -> Optional[Person]:
        """Check a sign-in. Why it was refused is never told, and an unknown name takes as long as a known one.

        Five wrong tries lock a name for a quarter of an hour, also for who then knows the password.
        """
        name = tidy_name(name)
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(users).where(users.c.name == name)).first()
        right = password_fits(row.password if row else None, password)     # slow on purpose: no lock is held meanwhile
        with self.engine.begin() as db:
            row = db.execute(sa.select(users).where(users.c.name == name).with_for_update()).first()
            if row is None or row.password is None or row.disabled_at or (row.locked_until and row.locked_until > utc(now)):
                return None
            step = matching_step(self._box.decrypt(row.totp).decode(), code, now)
            if right and step is not None and (row.totp_step is None or step > row.totp_step):
                db.execute(self._this(users.update(), name).values(failures=0, locked_until=None, totp_step=step))
                write_event(db, "signed in", name, "", now)
                self._end_demonstration(db, person_of(row), now)
                return person_of(row)
            failures = row.failures + 1
            locked = failures >= WRONG_TRIES
            db.execute(self._this(users.update(), name).values(
                failures=0 if locked else failures, locked_until=utc(now) + LOCKED_FOR if locked else None))
            write_event(db, "locked after wrong tries" if locked else "wrong try", name, "", now)
            return None

    def known_elsewhere(self, name: str, now: datetime) -> Optional[Person]:
        """Let in somebody whom the organisation's own sign-in has named, if they were added here and their access has not ended."""
        with self.engine.begin() as db:
            person = self._find(db, name)
            if person is None or person.disabled or person.demonstration:
                return None
            write_event(db, "signed in by the organisation", person.name, "", now)
            self._end_demonstration(db, person, now)
        return person

    def find(self, name: str) -> Optional[Person]:
        """Somebody by sign-in name."""
        with reading(self.engine).begin() as db:
            return self._find(db, name)

    def all(self) -> Tuple[Person, ...]:
        """Everybody, by name."""
        with reading(self.engine).begin() as db:
            return tuple(person_of(row) for row in db.execute(sa.select(users).order_by(users.c.name)))

    @classmethod
    def _end_demonstration(cls, db: Connection, person: Person, now: datetime) -> None:
        """With the first real manager at the desk the made-up one has served: their access, links and sessions end."""
        if person.role is not Role.MANAGER or person.demonstration:
            return
        for name in db.execute(sa.select(users.c.name).where(users.c.demonstration.is_(True), users.c.disabled_at.is_(None))).scalars().all():
            db.execute(cls._this(users.update(), name).values(disabled_at=utc(now)))
            for table in (sessions, links):
                db.execute(table.delete().where(table.c.user == name))
            write_event(db, "demonstration ended", person.name, name, now)

    @staticmethod
    def _this(statement: Any, name: str) -> Any:
        return statement.where(users.c.name == tidy_name(name))

    @classmethod
    def _find(cls, db: Connection, name: str) -> Optional[Person]:
        row = db.execute(cls._this(sa.select(users), name)).first()
        return person_of(row) if row else None

    @classmethod
    def _must_find(cls, db: Connection, name: str) -> Person:
        person = cls._find(db, name)
        if person is None:
            raise PeopleError("Nobody has this sign-in name.")
        return person

    @staticmethod
    def _link(db: Connection, token: str, now: datetime) -> Optional[str]:
        return db.execute(sa.select(links.c.user).where(
            links.c.digest == digest(token), links.c.used_at.is_(None), links.c.ends_at > utc(now)).with_for_update()).scalar()

    @staticmethod
    def _use_up(db: Connection, token: str, now: datetime) -> None:
        db.execute(links.update().where(links.c.digest == digest(token)).values(used_at=utc(now)))
