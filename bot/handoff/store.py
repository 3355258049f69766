"""Keep contacts. "We have it" may be said once ``receive`` has returned, and not before."""
from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Mapping, Optional, Tuple, Union

import sqlalchemy as sa
from nacl.public import PublicKey
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.handoff import our_clock
from bot.handoff.database import open_engine, reading, utc
from bot.handoff.migrations import upgrade
from bot.handoff.parcel import LARGEST, Parcel, is_id, new_reference, tidy_reference
from bot.handoff.questions import SCHEMA_VERSION, Path
from bot.handoff.quiet import place_of
from bot.handoff.return_code import NOBODYS, code_of, hashed, matches
from bot.handoff.sealing import seal
from bot.handoff.tables import State, audit_table, contact_table, heartbeat_table, outbox_table, return_code_table, status_try_table

log = logging.getLogger(__name__)
DESK = "desk"
LATE = timedelta(hours=24)
_TRIES = 8
WRONG_CODES = 5                     # then no code is looked at for a while
LOCKED_FOR = timedelta(hours=1)


class NotKept(Exception):
    """We cannot say that we have it: keep what was typed on the screen and show the help lines."""


class TooLong(NotKept):
    """More than can be handed over in one contact. Ask for less; trying again will not help."""


@dataclass(frozen=True)
class Receipt:
    """We have it: this exists only after the commit."""

    reference: str
    received_at: datetime
    return_code: Optional[str] = field(default=None, repr=False, compare=False)    # None for a repeat of another draft
    repeat: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Progress:
    """What somebody who knows a reference may be told: never the content."""

    state: State
    received_at: datetime
    delivered_at: Optional[datetime]
    late: bool
    seen_at: Optional[datetime] = None
    acknowledged_at: Optional[datetime] = None


@dataclass(frozen=True)
class NoSuchReference:
    """We hold no contact under this reference."""


@dataclass(frozen=True)
class TooManyTries:
    """The code was wrong too often: not answered again before ``until``."""

    until: datetime


@dataclass(frozen=True)
class Counts:
    """How many contacts are where. ``late`` counts those not delivered within a day, whatever their state."""

    waiting: int
    sending: int
    delivered: int
    stuck: int
    late: int


class Store:
    """The contacts that were sent to us."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open the database and bring its tables to this version's shape. Raises ``WrongShape`` if that is not allowed."""
        engine = open_engine(url)
        upgrade(engine)
        return cls(engine)

    def receive(self, contact: Mapping[str, Any], path: str, public_key: PublicKey, now: datetime, *,
                contact_id: Optional[str] = None, draft_id: Optional[str] = None, destinations: Tuple[str, ...] = (DESK,)) -> Receipt:
        """Write a contact down, due for its destinations at once, and return its receipt after the commit.

        With ``contact_id`` (a UUID made with the draft) the same draft sent twice is kept once and gets the same
        receipt; a draft that was changed in between needs a new id. The return code follows from ``draft_id``.
        Raises ``NotKept``, without what was typed.
        """
        try:
            return self._receive(contact, Path(path).value, public_key, utc(now), contact_id, code_of(draft_id or str(uuid.uuid4())), destinations)
        except NotKept:
            raise
        except Exception as error:  # whatever it is, its text may hold the contact
            log.error("contact_not_kept error=%s at=%s", type(error).__name__, place_of(error))
            raise NotKept(f"the contact was not kept ({type(error).__name__}); do not say that we have it") from None

    def _receive(self, contact: Mapping[str, Any], path: str, public_key: PublicKey, now: datetime,
                 contact_id: Optional[str], code: str, destinations: Tuple[str, ...]) -> Receipt:
        if contact_id is not None and not is_id(contact_id):
            raise NotKept("contact_id must be a UUID made by us")
        for _ in range(_TRIES):
            parcel = Parcel(contact_id or str(uuid.uuid4()), new_reference(), path, now, SCHEMA_VERSION, contact)
            content = parcel.as_bytes()
            Parcel.read(content)        # the desk will check the same: what it would refuse is not promised here
            if len(content) > LARGEST:
                raise TooLong("the contact is too long to hand over; ask for a shorter account")
            try:
                with self.engine.begin() as db:
                    known = db.execute(sa.select(contact_table.c.reference, contact_table.c.received_at, return_code_table.c.hashed)
                                       .join(return_code_table, isouter=True).where(contact_table.c.id == parcel.contact_id)).first()
                    if known is None:
                        _write(db, parcel, seal(public_key, content), hashed(code), destinations)
            except IntegrityError:      # the reference is taken, or the same draft came in at the same moment
                continue
            if known is not None:
                return Receipt(known.reference, known.received_at, code if matches(code, known.hashed or NOBODYS) else None, repeat=True)
            log.info("contact_received id=%s bytes=%d", parcel.contact_id, len(content))
            return Receipt(parcel.reference, now, code)
        raise NotKept("no free reference was found; do not say that we have it")

    def state_of(self, reference: str, now: datetime) -> Union[Progress, NoSuchReference]:
        """The state and times of a contact, by its reference as a person typed it. For people at the desk: it asks for no code."""
        with reading(self.engine).begin() as db:
            return self._progress(db, reference, now)

    def answer(self, reference: str, code: str, now: datetime) -> Union[Progress, NoSuchReference, TooManyTries]:
        """As ``state_of``, for somebody who knows the return code too. A wrong code is answered like an unknown reference.

        After a few wrong codes no code is looked at for a while, the right one neither: ``TooManyTries``.
        """
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(contact_table.c.id, return_code_table.c.hashed).join(return_code_table).where(
                contact_table.c.reference == tidy_reference(reference))).first()
        right = matches(code, row.hashed if row else NOBODYS)       # slow on purpose: nobody who sends a contact waits for it
        if row is None:
            return NoSuchReference()
        with self.engine.begin() as db:
            if db.dialect.name == "postgresql":     # one after another, or many tries at once would all be answered
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(row.id))))
            tries = list(db.execute(sa.select(status_try_table.c.at).where(
                status_try_table.c.contact_id == row.id, status_try_table.c.at > utc(now) - LOCKED_FOR).order_by(status_try_table.c.at)).scalars())
            if len(tries) >= WRONG_CODES:
                return TooManyTries(tries[-1] + LOCKED_FOR)
            if not right:
                db.execute(status_try_table.insert().values(contact_id=row.id, at=utc(now)))
                return NoSuchReference()
            return self._progress(db, reference, now)

    @staticmethod
    def _progress(db: Connection, reference: str, now: datetime) -> Union[Progress, NoSuchReference]:
        c = contact_table.c
        row = db.execute(sa.select(c.id, c.state, c.received_at, c.seen_at, c.acknowledged_at, our_clock.received().label("since"))
                         .where(c.reference == tidy_reference(reference))).first()
        if row is None:
            return NoSuchReference()
        delivered_at = db.execute(
            sa.select(sa.func.max(audit_table.c.at)).where(audit_table.c.contact_id == row.id)
            .where(audit_table.c.what == State.DELIVERED.value)).scalar()
        state = State(row.state)
        late = state not in (State.DELIVERED, State.ERASED) and utc(now) - row.since > LATE
        return Progress(state, row.received_at, delivered_at, late, row.seen_at, row.acknowledged_at)

    def counts(self, now: datetime) -> Counts:
        """How many contacts are where, for the health page and the alarm."""
        state = contact_table.c.state
        with reading(self.engine).begin() as db:
            by_state = {r.state: r.many for r in db.execute(sa.select(state, sa.func.count().label("many")).group_by(state))}
            late = db.execute(sa.select(sa.func.count()).select_from(contact_table).where(
                state.not_in((State.DELIVERED.value, State.ERASED.value)), our_clock.received() < utc(now) - LATE)).scalar_one()
        waiting, sending, delivered, stuck = (int(by_state.get(s.value, 0)) for s in (State.WAITING, State.SENDING, State.DELIVERED, State.STUCK))
        return Counts(waiting, sending, delivered, stuck, int(late))

    def note_at_desk(self, contact_id: str, seen_at: Optional[datetime], acknowledged_at: Optional[datetime], now: datetime) -> bool:
        """Write down what the desk did with a contact. True if that was news."""
        news = {name: at for name, at in (("seen_at", seen_at), ("acknowledged_at", acknowledged_at)) if at is not None}
        c, changed = contact_table.c, False
        with self.engine.begin() as db:
            for name, at in news.items():
                if db.execute(contact_table.update().where(c.id == contact_id, c[name].is_(None)).values({name: at})).rowcount:
                    write_audit(db, contact_id, now, name.partition("_")[0], "desk")
                    changed = True
        return changed

    def notice_wrong_clocks(self, now: datetime) -> int:
        """Write down, once for each, that a contact says it came later than now. Returns how many were new."""
        c, a = contact_table.c, audit_table.c
        known = sa.select(a.number).where(a.contact_id == c.id, a.what == our_clock.AHEAD).exists()
        with self.engine.begin() as db:
            ids = list(db.execute(sa.select(c.id).where(c.received_at > utc(now) + our_clock.DIFFER_BY, ~known)).scalars())
            for contact_id in ids:
                write_audit(db, contact_id, now, our_clock.AHEAD, "worker")
        if ids:
            log.error("clocks_differ contacts=%d mend=set the clocks of the machines", len(ids))
        return len(ids)

    def not_acknowledged(self) -> Tuple[str, ...]:
        """The ids of delivered contacts about which the desk has not decided, oldest first."""
        c = contact_table.c
        with reading(self.engine).begin() as db:
            return tuple(db.execute(sa.select(c.id).where(c.state == State.DELIVERED.value, c.acknowledged_at.is_(None))
                                    .order_by(c.received_at)).scalars())

    def beat(self, who: str, now: datetime) -> None:
        """A worker says that it is alive."""
        with self.engine.begin() as db:
            if not db.execute(heartbeat_table.update().where(heartbeat_table.c.who == who).values(at=now)).rowcount:
                db.execute(heartbeat_table.insert().values(who=who, at=now))

    def last_beat(self) -> Optional[datetime]:
        """When any worker last said so; None if none ever did."""
        with reading(self.engine).begin() as db:
            return db.execute(sa.select(sa.func.max(heartbeat_table.c.at))).scalar()  # type: ignore[no-any-return]


def _write(db: Connection, parcel: Parcel, sealed: bytes, code: str, destinations: Tuple[str, ...]) -> None:
    db.execute(contact_table.insert().values(
        id=parcel.contact_id, reference=parcel.reference, path=parcel.path, received_at=parcel.received_at, sealed=sealed,
        schema_version=parcel.schema_version, state=State.WAITING.value))
    write_audit(db, parcel.contact_id, parcel.received_at, "received", "chat")
    db.execute(return_code_table.insert().values(contact_id=parcel.contact_id, hashed=code))
    db.execute(outbox_table.insert(), [{"contact_id": parcel.contact_id, "destination": name, "due_at": parcel.received_at, "attempts": 0,
                                        "state": State.WAITING.value} for name in destinations])


def write_audit(db: Connection, contact_id: str, at: datetime, what: str, who: str, why: Optional[str] = None) -> None:
    """Add one line to the record of what happened to a contact."""
    db.execute(audit_table.insert().values(contact_id=contact_id, at=utc(at), what=what, who=who[:120], why=why[:400] if why else None))
