"""Erasing at the desk: what was said goes, what happened stays. A contact on legal hold, or not decided about, is not erased."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.desk.casework import CannotDo, Casework
from bot.desk.inbox import DeskState
from bot.desk.person import Person
from bot.desk.record import write_audit, write_event
from bot.desk.tables import contacts, door_holds, holds, likenesses, notes
from bot.handoff.database import leave_nothing, reading, utc
from bot.handoff.parcel import tidy_reference

SHORTEST_WHY, LONGEST_WHY = 10, 400


@dataclass(frozen=True)
class Hold:
    """A legal hold: a contact that must be kept, since when, by whose word, and why."""

    at: datetime
    who: str
    why: str


@dataclass(frozen=True)
class Held:
    """The holds on a contact: the desk's own, and since when its front door holds it. One of them is enough to keep it in both places."""

    here: Optional[Hold]
    door_since: Optional[datetime]

    def __bool__(self) -> bool:
        return self.here is not None or self.door_since is not None


class Erasing:
    """Erases, holds and releases. Whoever calls has asked whether the person is a manager."""

    def __init__(self, casework: Casework) -> None:
        self.casework, self.engine = casework, casework.engine

    def held(self, contact_id: str) -> Held:
        """The holds on a contact; false if there are none."""
        with reading(self.engine).begin() as db:
            return _held(db, contact_id)

    def erase(self, contact_id: str, person: Person, reference: str, why: str, version: int, now: datetime) -> None:
        """Erase what was said, what was noted and what was compared. The reference is typed again, so that the right one goes.

        Raises ``CannotDo`` on legal hold, before a decision, without a reason or with another reference; ``Conflict`` if somebody
        changed it meanwhile; ``NoSuchContact`` and ``Erased``. Then nothing was erased.
        """
        with self.engine.begin() as db:
            row = self.casework.unchanged(db, contact_id, person, version)
            held = _held(db, contact_id)
            if held.here:
                raise CannotDo("It is on legal hold. It stays until the hold ends.")
            if held:
                raise CannotDo("It is on legal hold at the front door. It stays until whoever runs the service ends that hold.")
            if row.acknowledged_at is None:
                raise CannotDo("Write down what was decided first. A child may be waiting behind this contact.")
            if tidy_reference(reference) != row.reference:
                raise CannotDo("Type the reference of this contact as it stands above. It makes sure that the right one goes.", "reference")
            why = _reason(why)
            for table in (likenesses, holds):
                db.execute(table.delete().where(table.c.contact_id == row.id))
            db.execute(contacts.update().where(contacts.c.id == row.id).values(
                sealed=b"", flags="", flagged=0, state=DeskState.ERASED.value, erased_at=utc(now), version=row.version + 1))
            _write(db, row, "erased", person, why, now)
            db.execute(notes.delete().where(notes.c.contact_id == row.id))      # the database lets them go now that "erased" is written
        leave_nothing(self.engine)

    def hold(self, contact_id: str, person: Person, why: str, now: datetime) -> None:
        """Put a contact on legal hold. Raises ``CannotDo``, ``NoSuchContact`` and ``Erased``."""
        with self.engine.begin() as db:
            row = self.casework.locked(db, contact_id, person)
            if _held(db, contact_id).here:
                raise CannotDo("It is on legal hold already.")
            why = _reason(why)
            db.execute(holds.insert().values(contact_id=row.id, at=utc(now), who=person.name, why=why))
            _write(db, row, "put on legal hold", person, why, now)

    def release(self, contact_id: str, person: Person, why: str, now: datetime) -> None:
        """End a legal hold. Raises as ``hold``."""
        with self.engine.begin() as db:
            row = self.casework.locked(db, contact_id, person)
            if not _held(db, contact_id).here:
                raise CannotDo("It is not on legal hold.")
            why = _reason(why)
            db.execute(holds.delete().where(holds.c.contact_id == row.id))
            _write(db, row, "legal hold ended", person, why, now)


def _held(db: Connection, contact_id: str) -> Held:
    row = db.execute(sa.select(holds).where(holds.c.contact_id == contact_id)).first()
    door_since = db.execute(sa.select(door_holds.c.at).join(contacts, contacts.c.id == door_holds.c.contact_id).where(
        contacts.c.id == contact_id, contacts.c.door == door_holds.c.door)).scalar()
    return Held(Hold(row.at, row.who, row.why) if row else None, door_since)


def _write(db: Connection, row: Any, what: str, person: Person, why: str, now: datetime) -> None:
    """In the contact's history, and in the record that stands apart from it."""
    write_audit(db, row.id, what, person.name, now, why)
    write_event(db, f"contact {what}", person.name, f"{row.reference}: {why}", now)


def _reason(why: str) -> str:
    why = " ".join(why.split())
    if len(why) < SHORTEST_WHY:
        raise CannotDo("Say why, in a sentence without names. It stays written down.", "why")
    if len(why) > LONGEST_WHY:
        raise CannotDo(f"Make the reason shorter: {LONGEST_WHY} characters at most.", "why")
    return why
