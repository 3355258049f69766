"""What people do with a contact. Each thing is written down in the transaction in which it is done."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Callable, Dict, List, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.desk.inbox import DeskState, Inbox, Listed, NoSuchContact, listed, without_content
from bot.desk.person import Person, Role
from bot.desk.record import Happened, write_audit
from bot.desk.tables import audit, contacts, notes, users
from bot.desk.tables import likenesses as likeness_table
from bot.handoff.database import utc
from bot.handoff.parcel import Parcel

LONGEST_NOTE = 10_000


class Conflict(Exception):
    """Somebody else changed the contact in the meantime. Nothing was done, and nothing they did was undone."""


class CannotDo(Exception):
    """What was asked cannot be done yet. The message says what to do, for people to read; ``field`` is where, if it is one field."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Erased(Exception):
    """The contact was erased. What happened to it is still known."""

    def __init__(self, contact: Listed, history: Tuple[Happened, ...]) -> None:
        super().__init__("the contact was erased")
        self.contact, self.history = contact, history


@dataclass(frozen=True)
class Note:
    """What a worker wrote beside a contact."""

    at: datetime
    who: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Alike:
    """Another contact that may be about the same child, and why."""

    contact: Listed
    kinds: Tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """A contact, open, with all that stands beside it."""

    contact: Listed
    parcel: Parcel = field(repr=False)
    notes: Tuple[Note, ...] = field(repr=False)
    history: Tuple[Happened, ...]
    alike: Tuple[Alike, ...]


class Casework:
    """Opening, noting, assigning, deciding, passing on, exporting."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.engine = inbox, inbox.engine

    def open(self, contact_id: str, person: Person, now: datetime, what: str = "", fits: Callable[[Parcel], bool] = lambda parcel: True) -> Opened:
        """Open a contact. Who saw it is written with the reading, or it is not read. ``what`` is written too ("exported pdf").

        Raises ``NoSuchContact`` if it does not fit what is wanted of it; then nobody saw it, and nothing is written.
        """
        with self.engine.begin() as db:
            row = self.locked(db, contact_id, person)
            parcel = self.inbox.opened(db, row, person.name, now, by_worker=person.role.may(Role.WORKER))
            if not fits(parcel):
                raise NoSuchContact("the contact cannot be had in this form")
            if what:
                write_audit(db, row.id, what, person.name, now)
            row = db.execute(sa.select(contacts).where(contacts.c.id == row.id)).one()
            return Opened(listed(row), parcel, self._notes(db, row.id), self._history(db, row.id), self._alike(db, row.id, person))

    def write_down(self, contact_id: str, person: Person, what: str, now: datetime) -> None:
        """Write into the record that something happened with a contact. Raises ``NoSuchContact`` and ``Erased``."""
        with self.engine.begin() as db:
            write_audit(db, self.locked(db, contact_id, person).id, what, person.name, now)

    def note(self, contact_id: str, person: Person, text: str, now: datetime) -> None:
        """Write a note beside a contact; it is sealed and stays. Raises ``CannotDo``."""
        text = text.strip()
        if not text:
            raise CannotDo("Write a note before you save it.")
        if len(text) > LONGEST_NOTE:
            raise CannotDo(f"Make the note shorter: {LONGEST_NOTE:,} characters at most.")
        with self.engine.begin() as db:
            row = self.locked(db, contact_id, person)
            sealed = self.inbox.seal(json.dumps({"note": text}).encode())
            db.execute(notes.insert().values(contact_id=row.id, at=utc(now), who=person.name, sealed=sealed))
            write_audit(db, row.id, "noted", person.name, now)

    def assign(self, contact_id: str, person: Person, to: str, version: int, now: datetime) -> None:
        """Give a contact to a worker or a manager, or to nobody. Raises ``CannotDo`` or ``Conflict``."""
        with self.engine.begin() as db:
            row = self.unchanged(db, contact_id, person, version)
            if to:
                able = db.execute(sa.select(users.c.role, users.c.doors).where(users.c.name == to, users.c.disabled_at.is_(None))).first()
                if able is None or not Role(able.role).may(Role.WORKER) or (able.doors and row.door not in able.doors.split(",")):
                    raise CannotDo("Choose somebody from the list: a worker or a manager who may see this contact.")
            self._write(db, row, person, now, "given" if to else "given to no one", why=f"to {to}" if to else "", assigned_to=to or None)

    def acknowledge(self, contact_id: str, person: Person, decision: str, version: int, now: datetime) -> None:
        """Write down what was decided. The person who told us then hears that a decision was made. Raises as above."""
        if decision not in self.inbox.rules.expectations.decisions:
            raise CannotDo("Choose what was decided.")
        with self.engine.begin() as db:
            row = self.unchanged(db, contact_id, person, version)
            more: Dict[str, Any] = {} if row.acknowledged_at else {"acknowledged_at": utc(now)}
            if row.state != DeskState.PASSED.value:
                more["state"] = DeskState.ACKNOWLEDGED.value
            self._write(db, row, person, now, f"acknowledged: {decision}", decision=decision, **more)

    def pass_on(self, contact_id: str, person: Person, passed_as: str, version: int, now: datetime) -> None:
        """Mark a contact as being in the case system, under that system's number. Raises as above."""
        passed_as = " ".join(passed_as.split())
        if not 0 < len(passed_as) <= 80:
            raise CannotDo("Give the number that it has in the case system, 80 characters at most.")
        with self.engine.begin() as db:
            row = self.unchanged(db, contact_id, person, version)
            if row.acknowledged_at is None:
                raise CannotDo("Write down what was decided first, then mark it as passed on.")
            self._write(db, row, person, now, "passed to the case system", state=DeskState.PASSED.value,
                        passed_at=row.passed_at or utc(now), passed_as=passed_as)

    def _write(self, db: Connection, row: Any, person: Person, now: datetime, what: str, why: str = "", **values: Any) -> None:
        if row.worker_seen_at is None:      # whoever acts without opening has still taken it on
            values.setdefault("worker_seen_at", utc(now))
            values.setdefault("decide_by", self.inbox.rules.time.due(now, self.inbox.rules.expectations.decide))
        db.execute(contacts.update().where(contacts.c.id == row.id).values(version=row.version + 1, **values))
        write_audit(db, row.id, what, person.name, now, why)

    def look(self, contact_id: str, person: Person) -> Listed:
        """The contact as the list shows it, without opening it. Raises ``NoSuchContact`` and ``Erased``."""
        with self.engine.begin() as db:
            return listed(self.locked(db, contact_id, person))

    def locked(self, db: Connection, contact_id: str, person: Person) -> Any:
        """The row, held until the transaction ends. Raises ``NoSuchContact`` and ``Erased``."""
        row = db.execute(sa.select(contacts).where(contacts.c.id == contact_id).with_for_update()).first()
        if row is None or not person.sees(row.door):
            raise NoSuchContact("the desk holds no such contact")
        if row.erased_at is not None:
            raise Erased(listed(row), self._history(db, row.id))
        return row

    def unchanged(self, db: Connection, contact_id: str, person: Person, version: int) -> Any:
        """As ``locked``. Raises ``Conflict`` too, if it is no longer the version that the person saw."""
        row = self.locked(db, contact_id, person)
        if row.version != version:
            raise Conflict
        return row

    def _notes(self, db: Connection, contact_id: str) -> Tuple[Note, ...]:
        rows = db.execute(sa.select(notes).where(notes.c.contact_id == contact_id).order_by(notes.c.number)).all()
        return tuple(Note(r.at, r.who, str(json.loads(self.inbox.unseal(r.sealed))["note"])) for r in rows)

    @staticmethod
    def _history(db: Connection, contact_id: str) -> Tuple[Happened, ...]:
        rows = db.execute(sa.select(audit).where(audit.c.contact_id == contact_id).order_by(audit.c.number)).all()
        return tuple(Happened(r.at, r.what, r.who, r.why or "") for r in rows)

    @staticmethod
    def _alike(db: Connection, contact_id: str, person: Person, most: int = 20) -> Tuple[Alike, ...]:
        mine = sa.select(likeness_table.c.digest).where(likeness_table.c.contact_id == contact_id)
        theirs = [contacts.c.door.in_(person.doors)] if person.doors else []
        rows = db.execute(sa.select(likeness_table.c.contact_id, likeness_table.c.kind).join(contacts).where(
            likeness_table.c.digest.in_(mine), likeness_table.c.contact_id != contact_id, *theirs)
            .order_by(contacts.c.received_at.desc()).limit(most * 5)).all()
        kinds: Dict[str, List[str]] = {}
        for row in rows:
            kinds.setdefault(row.contact_id, []).append(row.kind)
        found = [listed(r) for r in db.execute(sa.select(*without_content()).where(contacts.c.id.in_(list(kinds)[:most]))).all()]
        return tuple(Alike(c, tuple(sorted(kinds[c.id]))) for c in sorted(found, key=lambda c: (-len(kinds[c.id]), c.received_at)))
