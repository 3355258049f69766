"""What the desk holds: contacts that arrived, sealed at rest, and who opened them."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Dict, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.handoff.database import Utc, append_only, open_engine, reading, utc
from bot.handoff.parcel import Parcel, tidy_reference
from bot.handoff.sealing import open_sealed, read_private, read_public, seal


class DeskState(str, Enum):
    """What has become of a contact at the desk."""

    DELIVERED = "delivered"     # nobody has opened it
    SEEN = "seen"


tables = sa.MetaData()
desk_contact = sa.Table(
    "desk_contact", tables,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("reference", sa.String(9), nullable=False, unique=True),
    sa.Column("path", sa.String(20), nullable=False),
    sa.Column("received_at", Utc, nullable=False),
    sa.Column("arrived_at", Utc, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.String(20), nullable=False))
desk_audit = sa.Table(
    "desk_audit", tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("desk_contact.id"), nullable=False, index=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("who", sa.String(120), nullable=False))
append_only(desk_audit)


class Kept(str, Enum):
    """How the desk took a contact in."""

    NEW = "new"
    REPEAT = "repeat"
    REFERENCE_TAKEN = "reference_taken"     # another contact has it: a person must look, or one would hide the other


@dataclass(frozen=True)
class Listed:
    """One line of the list: nothing personal."""

    reference: str
    path: str
    received_at: datetime
    arrived_at: datetime
    state: DeskState


class NoSuchContact(Exception):
    """The desk holds no contact under this reference."""


class Inbox:
    """The desk's own database."""

    def __init__(self, engine: Engine, keys: Path) -> None:
        self.engine = engine
        self._keys = keys
        self._public = read_public(keys)

    @classmethod
    def open(cls, url: str, keys: Path) -> "Inbox":
        """Open the database, create what is missing. Raises ``SealingError`` if there is no key to seal with."""
        read_public(keys)
        return cls(open_engine(url, tables), keys)

    def keep(self, parcel: Parcel, now: datetime) -> Kept:
        """Keep a contact once, however often it comes. Returns after the commit."""
        try:
            with self.engine.begin() as db:
                if self._has(db, desk_contact.c.id == parcel.contact_id):
                    return Kept.REPEAT
                db.execute(desk_contact.insert().values(
                    id=parcel.contact_id, reference=parcel.reference, path=parcel.path, received_at=parcel.received_at,
                    arrived_at=utc(now), sealed=seal(self._public, parcel.as_bytes()), state=DeskState.DELIVERED.value))
                db.execute(desk_audit.insert().values(contact_id=parcel.contact_id, at=now, what="arrived", who="worker"))
            return Kept.NEW
        except IntegrityError:
            with reading(self.engine).begin() as db:
                repeat = self._has(db, desk_contact.c.id == parcel.contact_id)
            return Kept.REPEAT if repeat else Kept.REFERENCE_TAKEN

    def list_contacts(self) -> Tuple[Listed, ...]:
        """Every contact, newest first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(desk_contact).order_by(desk_contact.c.received_at.desc())).all()
        return tuple(Listed(r.reference, r.path, r.received_at, r.arrived_at, DeskState(r.state)) for r in rows)

    def show(self, reference: str, who: str, now: datetime) -> Parcel:
        """Open a contact for a named person. That they saw it is written in the same transaction: no reading unseen."""
        if len(who.strip()) < 2:
            raise ValueError("say who is reading: a person's name, it is written beside the contact")
        with self.engine.begin() as db:
            row = db.execute(sa.select(desk_contact.c.id, desk_contact.c.sealed, desk_contact.c.state).where(
                desk_contact.c.reference == tidy_reference(reference)).with_for_update()).first()
            if row is None:
                raise NoSuchContact("the desk holds no contact under this reference; compare it with the list")
            parcel = Parcel.read(open_sealed(read_private(self._keys), row.sealed))
            db.execute(desk_contact.update().where(
                desk_contact.c.id == row.id, desk_contact.c.state == DeskState.DELIVERED.value).values(
                    state=DeskState.SEEN.value))
            db.execute(desk_audit.insert().values(contact_id=row.id, at=utc(now), what="seen", who=who.strip()[:120]))
        return parcel

    def history(self, reference: str) -> Tuple[Tuple[datetime, str, str], ...]:
        """What happened to a contact at the desk: when, what, who."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(desk_audit.c.at, desk_audit.c.what, desk_audit.c.who).join(desk_contact).where(
                desk_contact.c.reference == tidy_reference(reference)).order_by(desk_audit.c.number)).all()
        return tuple((r.at, r.what, r.who) for r in rows)

    def counts(self) -> Dict[str, int]:
        """How many contacts are in each state."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(desk_contact.c.state, sa.func.count().label("many")).group_by(desk_contact.c.state))
            found = {r.state: int(r.many) for r in rows}
        return {state.value: found.get(state.value, 0) for state in DeskState}

    def oldest_unopened(self) -> Optional[datetime]:
        """When the contact that has waited longest for a reader was received; None if none waits."""
        with reading(self.engine).begin() as db:
            return db.execute(sa.select(sa.func.min(desk_contact.c.received_at)).where(  # type: ignore[no-any-return]
                desk_contact.c.state == DeskState.DELIVERED.value)).scalar()

    @staticmethod
    def _has(db: sa.engine.Connection, which: object) -> bool:
        return db.execute(sa.select(desk_contact.c.id).where(which)).first() is not None
