"""What should have happened and has not. Found from the facts, raised once, ended when it is so no longer."""
from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Dict, List, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.contacts.directory import Directory
from bot.contacts.hours import london
from bot.desk.inbox import Inbox
from bot.desk.person import Person
from bot.desk.pulse import Pulses
from bot.desk.settings import HERE
from bot.desk.tables import alarms, contacts
from bot.handoff.database import reading, utc
from bot.wording_lab.tables import flags as lab_flags

log = logging.getLogger(__name__)
_LOOKING = 5_080_004    # any number: the name of a lock


class Kind(str, Enum):
    """What has not happened."""

    UNOPENED = "unopened"
    UNDECIDED = "undecided"
    UNPASSED = "unpassed"
    STUCK = "stuck"
    SILENT = "silent"
    REVIEW = "review"
    LAB = "lab"


WORDS = {
    Kind.UNOPENED: "No worker has opened it in time",
    Kind.UNDECIDED: "A worker opened it, and nothing was decided in time",
    Kind.UNPASSED: "It was decided, and is not in the case system in time",
    Kind.STUCK: "Contacts are stuck or late on their way to the desk",
    Kind.SILENT: "The delivery of contacts gives no sign of life",
    Kind.REVIEW: "Numbers or hours that the public is given are past their review",
    Kind.LAB: "Somebody in the wording lab may not be safe"}
WHAT_TO_DO = {
    Kind.UNOPENED: "Open it now.", Kind.UNDECIDED: "Decide what happens next, and write it down.",
    Kind.UNPASSED: "Put it into the case system, and give its number here.",
    Kind.STUCK: "Ask whoever runs the service to look: frontdoor outbox status.",
    Kind.SILENT: "New contacts may not reach you. Ask whoever runs the service to start the delivery again.",
    Kind.REVIEW: "Compare the entries with their sources: frontdoor contacts check.",
    Kind.LAB: "Read what was flagged, and go to the group now."}


@dataclass(frozen=True)
class Raised:
    """An alarm that rings. ``reference`` names the contact, if it is about one."""

    number: int
    kind: Kind
    raised_at: datetime
    contact_id: Optional[str]
    reference: Optional[str]
    door: str
    mailed_at: Optional[datetime]
    called_at: Optional[datetime]
    elsewhere: bool     # the delivery's own bell tells of it


class Alarms:
    """Finds, raises and ends alarms."""

    def __init__(self, inbox: Inbox, pulses: Pulses, directory: Directory, silent_after: timedelta) -> None:
        self.engine, self._pulses, self._directory, self._silent_after = inbox.engine, pulses, directory, silent_after
        self._began: Optional[datetime] = None
        self.looked: Optional[datetime] = None      # when this process last looked

    def check(self, now: datetime) -> Tuple[str, ...]:
        """Raise what is new, end what is over. Returns the keys of the new ones."""
        self._began = self._began or now
        doors = self._of_doors(now)     # before: a second connection, asked for inside, may be one that waits for this one's lock
        with self.engine.begin() as db:
            if db.dialect.name == "postgresql":     # two that look at once would both raise it
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOOKING)))
            found = self._found(db, now, doors)
            ringing = {r.key: r.number for r in db.execute(sa.select(alarms.c.key, alarms.c.number).where(alarms.c.ended_at.is_(None)))}
            over = [number for key, number in ringing.items() if key not in found]
            if over:
                db.execute(alarms.update().where(alarms.c.number.in_(over)).values(ended_at=utc(now)))
            new = [key for key in found if key not in ringing]
            for key in new:
                kind, contact_id = found[key]
                db.execute(alarms.insert().values(key=key, kind=kind.value, contact_id=contact_id, raised_at=utc(now)))
        self.looked = now
        for kind in Kind:
            many = sum(found[key][0] is kind for key in new)
            if many:
                log.error("alarms_raised kind=%s many=%d", kind.value, many)
        return tuple(new)

    def ringing(self, person: Optional[Person] = None) -> Tuple[Raised, ...]:
        """The alarms that ring and that this person may see (None: all of them), the oldest first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(alarms, contacts.c.reference, contacts.c.door)
                              .outerjoin(contacts, contacts.c.id == alarms.c.contact_id)
                              .where(alarms.c.ended_at.is_(None)).order_by(alarms.c.raised_at, alarms.c.number)).all()
        bells = {pulse.door for pulse in self._pulses.last() if pulse.bell}
        return tuple(Raised(r.number, Kind(r.kind), r.raised_at, r.contact_id, r.reference, r.door or _door_of(r.key), r.mailed_at, r.called_at,
                            r.kind == Kind.STUCK.value and _door_of(r.key) in bells)
                     for r in rows if person is None or person.sees(r.door or _door_of(r.key)) or r.kind == Kind.REVIEW.value)

    def many(self, person: Person) -> int:
        """How many alarms ring that this person may see, without reading them."""
        with reading(self.engine).begin() as db:
            if not person.doors:
                return int(db.execute(sa.select(sa.func.count()).select_from(alarms).where(alarms.c.ended_at.is_(None))).scalar_one())
            of_contacts = db.execute(sa.select(sa.func.count()).select_from(alarms.join(contacts, contacts.c.id == alarms.c.contact_id))
                                     .where(alarms.c.ended_at.is_(None), contacts.c.door.in_(person.doors)))
            others = db.execute(sa.select(alarms.c.key, alarms.c.kind).where(alarms.c.ended_at.is_(None), alarms.c.contact_id.is_(None))).all()
            return int(of_contacts.scalar_one()) + sum(person.sees(_door_of(r.key)) or r.kind == Kind.REVIEW.value for r in others)

    def _found(self, db: Connection, now: datetime, doors: List[Tuple[str, Kind]]) -> Dict[str, Tuple[Kind, Optional[str]]]:
        c, moment = contacts.c, utc(now)
        late = ((Kind.UNOPENED, (c.worker_seen_at.is_(None), c.open_by < moment)),
                (Kind.UNDECIDED, (c.worker_seen_at.is_not(None), c.acknowledged_at.is_(None), c.decide_by < moment)),
                (Kind.UNPASSED, (c.acknowledged_at.is_not(None), c.passed_at.is_(None), c.pass_by < moment)))
        found: Dict[str, Tuple[Kind, Optional[str]]] = {}
        for kind, conditions in late:
            for contact_id in db.execute(sa.select(c.id).where(c.erased_at.is_(None), *conditions).order_by(c.received_at)).scalars():
                found[f"{kind.value}:{contact_id}"] = (kind, contact_id)
        for key, kind in doors:
            found[key] = (kind, None)
        for flag in db.execute(sa.select(lab_flags.c.id).where(lab_flags.c.seen_at.is_(None))).scalars():
            found[f"{Kind.LAB.value}:{flag}"] = (Kind.LAB, None)
        if any(contact.review_by < london(now).date() for contact in self._directory.contacts.values()):
            found[Kind.REVIEW.value] = (Kind.REVIEW, None)
        return found

    def _of_doors(self, now: datetime) -> List[Tuple[str, Kind]]:
        found: List[Tuple[str, Kind]] = []
        heard = set()
        for pulse in self._pulses.last():
            heard.add(pulse.door)
            if utc(now) - pulse.at > self._silent_after:
                found.append((f"{Kind.SILENT.value}:{pulse.door}", Kind.SILENT))
            if pulse.stuck or pulse.late:
                found.append((f"{Kind.STUCK.value}:{pulse.door}", Kind.STUCK))
        if HERE not in heard and self._began and now - self._began > self._silent_after:
            found.append((f"{Kind.SILENT.value}:{HERE}", Kind.SILENT))
        return found


def _door_of(key: str) -> str:
    kind, _, door = key.partition(":")
    return HERE if kind == Kind.LAB.value else door or HERE
