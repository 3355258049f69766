"""What the desk holds: contacts that arrived, sealed at rest, in the order in which they need somebody."""
from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.contacts.directory import load_directory
from bot.contacts.working_time import WorkingTime
from bot.desk.expectations import Expectations, load_expectations
from bot.desk.likeness import likenesses
from bot.desk.migrate import open_desk_database
from bot.desk.record import write_audit
from bot.desk.settings import HERE
from bot.desk.tables import audit, contacts, holds
from bot.desk.tables import likenesses as likeness_table
from bot.handoff.database import reading, utc
from bot.handoff.parcel import Parcel, tidy_reference
from bot.handoff.sealing import open_sealed, read_all_private, read_public, seal

CANNOT_WAIT = frozenset({"not_safe_tonight", "urgent"})


class DeskState(str, Enum):
    """What has become of a contact at the desk."""

    DELIVERED = "delivered"         # nobody has opened it
    SEEN = "seen"                   # a named person has opened it
    ACKNOWLEDGED = "acknowledged"   # a worker has decided what happens next
    PASSED = "passed"               # it is in the case system
    ERASED = "erased"               # a manager erased it; what happened to it stays written down


class Kept(str, Enum):
    """How the desk took a contact in."""

    NEW = "new"
    REPEAT = "repeat"
    REFERENCE_TAKEN = "reference_taken"     # another contact has it: a person must look, or one would hide the other


@dataclass(frozen=True)
class Listed:
    """One line of the list: nothing that a person told us."""

    id: str
    reference: str
    path: str
    door: str
    received_at: datetime
    arrived_at: datetime
    state: DeskState
    flags: Tuple[str, ...]
    open_by: Optional[datetime]
    decide_by: Optional[datetime]
    pass_by: Optional[datetime]
    seen_at: Optional[datetime]
    worker_seen_at: Optional[datetime]
    assigned_to: Optional[str]
    acknowledged_at: Optional[datetime]
    decision: Optional[str]
    passed_at: Optional[datetime]
    passed_as: Optional[str]
    version: int
    erased_at: Optional[datetime]

    @property
    def due(self) -> Optional[datetime]:
        """When the next thing must have happened; None if nothing more is awaited."""
        if self.erased_at is not None:
            return None
        if self.worker_seen_at is None:
            return self.open_by
        if self.acknowledged_at is None:
            return self.decide_by
        return self.pass_by if self.passed_at is None else None


class NoSuchContact(Exception):
    """The desk holds no such contact, or none that this person may see."""


class Rules:
    """When things are due, and the key under which likenesses are kept."""

    def __init__(self, expectations: Expectations, time: WorkingTime, key: bytes = b"") -> None:
        self.expectations, self.time = expectations, time
        self.likeness_key = hmac.new(key, b"likenesses", hashlib.sha256).digest()

    @classmethod
    def load(cls, key: bytes = b"") -> "Rules":
        """From the guidance. Raises ``GuidanceError``."""
        return cls(load_expectations(), WorkingTime(load_directory()), key)

    def open_by(self, received_at: datetime, flags: Tuple[str, ...]) -> datetime:
        """When somebody must have opened it. For what may not wait until Monday the clock runs day and night."""
        limit = self.expectations.open
        if CANNOT_WAIT & set(flags):
            return received_at + timedelta(hours=limit.working_hours, days=limit.working_days)
        return self.time.due(received_at, limit)


class Inbox:
    """The desk's own database."""

    def __init__(self, engine: Engine, keys: Path, rules: Rules) -> None:
        self.engine, self.rules = engine, rules
        self._keys = keys
        self._public = read_public(keys)

    @classmethod
    def open(cls, url: str, keys: Path, rules: Optional[Rules] = None) -> "Inbox":
        """Open the database and bring it up to date. Raises ``SealingError`` if there is no key to seal with."""
        read_public(keys)
        inbox = cls(open_desk_database(url), keys, rules or Rules.load())
        inbox._wind_clocks()
        return inbox

    def _wind_clocks(self) -> None:
        """Contacts from before there were clocks get theirs: one without would never ring."""
        c = contacts.c
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(c.id, c.received_at, c.seen_at, c.state).where(c.open_by.is_(None))).all()
        for row in rows:
            with self.engine.begin() as db:
                db.execute(contacts.update().where(c.id == row.id).values(
                    open_by=self.rules.open_by(row.received_at, ()), pass_by=self.rules.time.due(row.received_at, self.rules.expectations.passed)))

    def keep(self, parcel: Parcel, now: datetime, door: str = HERE) -> Kept:
        """Keep a contact once, however often it comes. Returns after the commit."""
        values = self._arrival(parcel, now, door)
        alike = likenesses(parcel.contact, self.rules.likeness_key)
        try:
            with self.engine.begin() as db:
                known = db.execute(sa.select(contacts.c.door).where(contacts.c.id == parcel.contact_id)).scalar()
                if known is not None:
                    return Kept.REPEAT if known == door else Kept.REFERENCE_TAKEN
                db.execute(contacts.insert().values(**values))
                write_audit(db, parcel.contact_id, "arrived", "worker" if door == HERE else door, now)
                if alike:
                    db.execute(likeness_table.insert(), [{"contact_id": parcel.contact_id, "kind": k, "digest": d} for k, d in sorted(alike)])
            return Kept.NEW
        except IntegrityError:
            with reading(self.engine).begin() as db:
                known = db.execute(sa.select(contacts.c.door).where(contacts.c.id == parcel.contact_id)).scalar()
            return Kept.REPEAT if known == door else Kept.REFERENCE_TAKEN

    def _arrival(self, parcel: Parcel, now: datetime, door: str) -> Dict[str, Any]:
        flags = flags_of(parcel.path, parcel.contact)
        since = min(parcel.received_at, utc(now))       # a sender whose clock is ahead must not make a contact wait longer
        return {"id": parcel.contact_id, "reference": parcel.reference, "path": parcel.path, "received_at": parcel.received_at,
                "arrived_at": utc(now), "sealed": self.seal(parcel.as_bytes()), "state": DeskState.DELIVERED.value, "door": door,
                "flags": ",".join(flags), "flagged": _weight(flags),
                "open_by": self.rules.open_by(since, flags), "pass_by": self.rules.time.due(since, self.rules.expectations.passed)}

    def list_contacts(self) -> Tuple[Listed, ...]:
        """Every contact, newest first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(*without_content()).order_by(contacts.c.received_at.desc())).all()
        return tuple(listed(r) for r in rows)

    def show(self, reference: str, who: str, now: datetime) -> Parcel:
        """Open a contact for a named person at this machine. That they saw it is written in the same transaction."""
        if len(who.strip()) < 2:
            raise ValueError("say who is reading: a person's name, it is written beside the contact")
        with self.engine.begin() as db:
            row = db.execute(sa.select(contacts).where(contacts.c.reference == tidy_reference(reference)).with_for_update()).first()
            if row is None:
                raise NoSuchContact("the desk holds no contact under this reference; compare it with the list")
            if row.erased_at is not None:
                raise NoSuchContact("this contact was erased; the desk's pages say when and by whom")
            return self.opened(db, row, who.strip()[:120], now)

    def opened(self, db: Connection, row: Any, who: str, now: datetime, *, by_worker: bool = False) -> Parcel:
        """Open a row that is locked, and write down that it was seen. Raises ``SealingError``; then nobody saw it."""
        parcel = Parcel.read(self.unseal(row.sealed))
        values: Dict[str, Any] = {}
        if row.state == DeskState.DELIVERED.value:
            values.update(state=DeskState.SEEN.value, seen_at=utc(now))
        if by_worker and row.worker_seen_at is None:
            values.update(worker_seen_at=utc(now), decide_by=self.rules.time.due(now, self.rules.expectations.decide))
        if values:
            db.execute(contacts.update().where(contacts.c.id == row.id).values(**values))
        write_audit(db, row.id, "seen", who, now)
        return parcel

    def states(self, ids: Sequence[str], door: str = HERE) -> Dict[str, Dict[str, Any]]:
        """When contacts of one front door were first opened and decided about, as ISO 8601, and whether they are on legal hold here.

        By id, and only of those that are here.
        """
        c = contacts.c
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(c.id, c.seen_at, c.acknowledged_at, holds.c.at.label("held")).outerjoin(
                holds, holds.c.contact_id == c.id).where(c.id.in_(list(ids)), c.door == door)).all()
        return {r.id: {"seen_at": _iso(r.seen_at), "acknowledged_at": _iso(r.acknowledged_at), "held": r.held is not None} for r in rows}

    def history(self, reference: str) -> Tuple[Tuple[datetime, str, str], ...]:
        """What happened to a contact at the desk: when, what, who."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(audit.c.at, audit.c.what, audit.c.who).join(contacts).where(
                contacts.c.reference == tidy_reference(reference)).order_by(audit.c.number)).all()
        return tuple((r.at, r.what, r.who) for r in rows)

    def counts(self) -> Dict[str, int]:
        """How many contacts are in each state."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(contacts.c.state, sa.func.count().label("many")).group_by(contacts.c.state))
            found = {r.state: int(r.many) for r in rows}
        return {state.value: found.get(state.value, 0) for state in DeskState}

    def oldest_unopened(self) -> Optional[datetime]:
        """When the contact that has waited longest for a reader was received; None if none waits."""
        with reading(self.engine).begin() as db:
            return db.execute(sa.select(sa.func.min(contacts.c.received_at)).where(  # type: ignore[no-any-return]
                contacts.c.state == DeskState.DELIVERED.value)).scalar()

    def seal(self, content: bytes) -> bytes:
        """Seal to the desk's own key."""
        return seal(self._public, content)

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed. Raises ``SealingError``."""
        return open_sealed(read_all_private(self._keys), sealed)


def flags_of(path: str, contact: Mapping[str, Any]) -> Tuple[str, ...]:
    """What a person must see first, as keys of the wording (``first_…``), and that a child is telling us."""
    first = contact.get("first")
    written = [f for f in first if isinstance(f, str) and f.isidentifier() and len(f) <= 24] if isinstance(first, list) else []
    return tuple((["child"] if path == "child" else []) + written)[:8]


def _iso(moment: Optional[datetime]) -> Optional[str]:
    return moment.isoformat() if moment else None


def _weight(flags: Tuple[str, ...]) -> int:
    if not flags:
        return 0
    return 2 if CANNOT_WAIT & set(flags) else 1


def without_content() -> Tuple[Any, ...]:
    """The columns of a contact but for what is sealed."""
    return tuple(c for c in contacts.c if c.name != "sealed")


def listed(row: Any) -> Listed:
    """A row as a line of the list."""
    return Listed(row.id, row.reference, row.path, row.door, row.received_at, row.arrived_at, DeskState(row.state),
                  tuple(f for f in row.flags.split(",") if f), row.open_by, row.decide_by, row.pass_by, row.seen_at, row.worker_seen_at,
                  row.assigned_to, row.acknowledged_at, row.decision, row.passed_at, row.passed_as, row.version, row.erased_at)
