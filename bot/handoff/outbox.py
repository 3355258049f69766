"""Deliver at least once: claim, send with no lock held, record. The desk drops repeats by the contact's id."""
from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Callable, Optional, Tuple, Union

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.handoff.database import reading, utc
from bot.handoff.parcel import tidy_reference
from bot.handoff.quiet import place_of
from bot.handoff.store import LATE, Store, write_audit
from bot.handoff.tables import State, audit_table, contact_table, outbox_table

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)        # longer than all the HTTP timeouts together
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
_OUTBOX = outbox_table.c


@dataclass(frozen=True)
class Delivered:
    """The receiver has it and said so."""


@dataclass(frozen=True)
class TryLater:
    """Not now. It is tried again, for ever."""

    reason: str


@dataclass(frozen=True)
class NeedsAPerson:
    """Trying again will not help until somebody has mended something."""

    reason: str


Outcome = Union[Delivered, TryLater, NeedsAPerson]


@dataclass(frozen=True)
class Claim:
    """One contact that this worker, and no other, may send until the lease ends."""

    contact_id: str
    destination: str
    attempt: int
    received_at: datetime
    sealed: bytes = field(repr=False)


def deliver_next(store: Store, send: Callable[[Claim], Outcome], clock: Callable[[], datetime],
                 chance: Callable[[], float] = random.random, new_first: bool = False) -> Optional[Outcome]:
    """Try the oldest contact that is due; None if none is. A crash after sending sends it again."""
    claim = claim_due(store, clock(), new_first)
    if claim is None:
        return None
    try:
        outcome = send(claim)           # no lock is held while we wait
    except Exception as error:          # a mistake of ours is no reason to lose a contact
        log.error("send_broke id=%s error=%s at=%s", claim.contact_id, type(error).__name__, place_of(error))
        outcome = TryLater(f"broke: {type(error).__name__}")
    recorded = record(store, claim, outcome, clock(), chance)
    log.info("delivery id=%s destination=%s attempt=%d outcome=%s reason=%s recorded=%s", claim.contact_id,
             claim.destination, claim.attempt, type(outcome).__name__, getattr(outcome, "reason", "-"), recorded)
    return outcome


def claim_due(store: Store, now: datetime, new_first: bool = False) -> Optional[Claim]:
    """Take the contact that has been due longest, for the length of a lease. A lease that ran out is due again.

    ``new_first``: those tried least go first, so that poisoned ones, which are tried again and again, delay nobody.
    """
    # Due further ahead than we ever wait: the clock was put back since. Waiting for it would hold the contact up.
    due = sa.or_(_OUTBOX.due_at <= utc(now), _OUTBOX.due_at > utc(now) + LONGEST_PAUSE + LEASE)
    order = (_OUTBOX.attempts, _OUTBOX.due_at) if new_first else (_OUTBOX.due_at,)
    with store.engine.begin() as db:        # on SQLite this is BEGIN IMMEDIATE: one claims at a time
        row = db.execute(
            sa.select(_OUTBOX.contact_id, _OUTBOX.destination, _OUTBOX.attempts,
                      contact_table.c.received_at, contact_table.c.sealed)
            .join(contact_table, contact_table.c.id == _OUTBOX.contact_id)
            .where(_OUTBOX.state.in_((State.WAITING.value, State.SENDING.value)), due)
            .order_by(*order).limit(1)
            .with_for_update(skip_locked=True, of=outbox_table)).first()
        if row is None:
            return None
        # due_at moves too, so that a contact on which workers die does not stand before all the others
        db.execute(_this(outbox_table.update(), row.contact_id, row.destination).values(
            state=State.SENDING.value, attempts=row.attempts + 1, leased_until=now + LEASE, due_at=now + LEASE))
        _refresh(db, row.contact_id)
    return Claim(row.contact_id, row.destination, row.attempts + 1, row.received_at, bytes(row.sealed))


def record(store: Store, claim: Claim, outcome: Outcome, now: datetime,
           chance: Callable[[], float] = random.random) -> bool:
    """Write down what came of a claim. False if it no longer counts: another worker took over, or it is done."""
    update = _this(outbox_table.update(), claim.contact_id, claim.destination)
    if isinstance(outcome, Delivered):      # true even if our lease ran out meanwhile
        state, reason = State.DELIVERED, None
        update = update.where(_OUTBOX.state != State.DELIVERED.value)
    else:
        state, reason = (State.WAITING if isinstance(outcome, TryLater) else State.STUCK), outcome.reason[:120]
        update = update.where(_OUTBOX.state == State.SENDING.value, _OUTBOX.attempts == claim.attempt)
    update = update.values(state=state.value, leased_until=None, last_reason=reason,
                           due_at=now + pause_after(claim.attempt, chance))
    with store.engine.begin() as db:
        if not db.execute(update).rowcount:
            return False
        _refresh(db, claim.contact_id)
        if state is not State.WAITING:
            write_audit(db, claim.contact_id, now, state.value, "worker")
        elif now - claim.received_at > LATE:
            _flag_late(db, claim, now)
    if state is State.STUCK:
        log.error("contact_stuck id=%s reason=%s", claim.contact_id, reason)
    return True


def pause_after(attempt: int, chance: Callable[[], float] = random.random) -> timedelta:
    """How long to wait after an attempt: a minute, doubling to an hour, a little shorter by chance."""
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(attempt - 1, 10), LONGEST_PAUSE)
    return pause * (0.75 + 0.25 * chance())     # else every contact knocks at the same moment when the desk is back


@dataclass(frozen=True)
class Stuck:
    """A delivery that waits for a person."""

    contact_id: str
    reference: str
    destination: str
    reason: str


def stuck(store: Store) -> Tuple[Stuck, ...]:
    """Every delivery that waits for a person, oldest first."""
    with reading(store.engine).begin() as db:
        rows = db.execute(sa.select(contact_table.c.id, contact_table.c.reference, _OUTBOX.destination, _OUTBOX.last_reason).join(
            contact_table, contact_table.c.id == _OUTBOX.contact_id).where(_OUTBOX.state == State.STUCK.value)
            .order_by(contact_table.c.received_at)).all()
    return tuple(Stuck(r.id, r.reference, r.destination, r.last_reason or "") for r in rows)


def put_back(store: Store, reference: str, who: str, now: datetime) -> int:
    """A person has mended what made a contact stuck: try it again at once. Returns how many rows that freed."""
    if not who.strip():
        raise ValueError("say who is putting it back")
    with store.engine.begin() as db:
        contact_id = db.execute(sa.select(contact_table.c.id).where(
            contact_table.c.reference == tidy_reference(reference))).scalar()
        freed = db.execute(outbox_table.update().where(
            _OUTBOX.contact_id == contact_id, _OUTBOX.state == State.STUCK.value).values(
                state=State.WAITING.value, due_at=utc(now))).rowcount
        if freed:
            _refresh(db, contact_id)
            write_audit(db, contact_id, now, "put back", who.strip())
    return int(freed)


def _this(statement: Any, contact_id: str, destination: str) -> Any:
    return statement.where(_OUTBOX.contact_id == contact_id, _OUTBOX.destination == destination)


def _refresh(db: Connection, contact_id: str) -> None:
    """Let the contact's own state follow its destinations: the most worrying one counts."""
    this = contact_table.c.id == contact_id
    db.execute(sa.select(contact_table.c.id).where(this).with_for_update())
    states = set(db.execute(sa.select(_OUTBOX.state).where(_OUTBOX.contact_id == contact_id)).scalars())
    worst = next(s for s in (State.STUCK, State.WAITING, State.SENDING, State.DELIVERED) if s.value in states)
    db.execute(contact_table.update().where(this).values(state=worst.value))


def _flag_late(db: Connection, claim: Claim, now: datetime) -> None:
    flagged = db.execute(sa.select(sa.func.count()).select_from(audit_table).where(
        audit_table.c.contact_id == claim.contact_id, audit_table.c.what == "late")).scalar_one()
    if not flagged:
        write_audit(db, claim.contact_id, now, "late", "worker")
    log.error("contact_late id=%s attempt=%d", claim.contact_id, claim.attempt)
