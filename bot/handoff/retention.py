"""Forgetting: what was delivered and decided about goes after a while; what was not stays. Every step is written down."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Callable, Dict, FrozenSet, Optional, Sequence

import sqlalchemy as sa
from nacl.public import PrivateKey
from sqlalchemy.engine import Connection

from bot.handoff.database import leave_nothing, reading, utc
from bot.handoff.parcel import Parcel, tidy_reference
from bot.handoff.sealing import SealingError, open_sealed, read_all_private, read_public, seal
from bot.handoff.store import Store, write_audit
from bot.handoff.tables import (
    State,
    audit_table,
    contact_table,
    legal_hold_table,
    outbox_table,
    return_code_table,
    status_try_table,
)

KEPT_DAYS = 30
_C = contact_table.c


class MayNot(Exception):
    """It may not be erased. The message says why and what to do."""


# Ids in, those of them that the desk holds for a court out; None if it cannot be asked.
AskDesk = Callable[[Sequence[str]], Optional[FrozenSet[str]]]


@dataclass(frozen=True)
class Forgotten:
    """What a run of the retention did: how many contacts went, and how many stay because of a legal hold, here or at the desk.

    ``unsure`` stay because the desk could not be asked whether it holds them.
    """

    erased: int
    held: int
    unsure: int = 0


def forget_due(store: Store, now: datetime, ask_desk: AskDesk, days: int = KEPT_DAYS) -> Forgotten:
    """Erase every contact that was delivered, and acknowledged at least ``days`` ago, and is on legal hold nowhere."""
    due_by_then = sa.select(_C.id).where(_C.state == State.DELIVERED.value, _C.acknowledged_at <= utc(now) - timedelta(days=days))
    with reading(store.engine).begin() as db:
        asked = list(db.execute(due_by_then).scalars())
    at_desk = ask_desk(asked) if asked else frozenset()
    with store.engine.begin() as db:
        due = set(db.execute(due_by_then.where(_C.id.in_(asked)).with_for_update()).scalars())
        # Asked only now that the rows are ours: somebody may have put one on hold a moment ago.
        held = due & (set(held_here(db)) | (at_desk or frozenset()))
        unsure = due - held if at_desk is None else set()
        for contact_id in sorted(due - held - unsure):
            _erase(db, contact_id, now, "retention", f"acknowledged more than {days} days ago")
    leave_nothing(store.engine)
    return Forgotten(len(due - held - unsure), len(held), len(unsure))


def erase(store: Store, reference: str, who: str, reason: str, now: datetime, ask_desk: AskDesk, manager: bool = False) -> None:
    """Erase one contact: its content, its code and its place in the outbox; what happened to it stays written down.

    Raises ``MayNot`` for an unknown reference, without a name or a reason, for a delivered contact if ``who`` is no manager,
    for a contact on legal hold here or at the desk, and while the desk cannot be asked.
    """
    _say_who_and_why(who, reason)
    at_desk = ask_desk([_id_of(store, reference)])
    if at_desk is None:
        raise MayNot("the desk cannot be asked whether it holds this contact for a court: try again when the desk answers")
    if at_desk:
        raise MayNot("this contact is on legal hold at the desk: it stays until a manager ends the hold there")
    with store.engine.begin() as db:
        on_their_way = _on_their_way(db, reference)
        row = _row(db, reference)
        if row.id in held_here(db):
            raise MayNot("this contact is on legal hold: it stays until the hold is released")
        if row.state == State.ERASED.value:
            raise MayNot("this contact was erased before")
        if on_their_way:
            raise MayNot("this contact is being delivered right now: try again in a few minutes")
        if not manager:
            raise MayNot("only a manager may erase a contact: it was delivered, or nobody has seen it yet")
        _erase(db, row.id, now, who, reason)
    leave_nothing(store.engine)


def held_here(db: Connection) -> FrozenSet[str]:
    """The ids of the contacts that are on legal hold at this front door."""
    return frozenset(db.execute(sa.select(legal_hold_table.c.contact_id)).scalars())


def hold(store: Store, reference: str, who: str, reason: str, now: datetime) -> None:
    """Put a contact on legal hold: it is not erased, here or at the desk, until the hold is released. Raises ``MayNot``."""
    _say_who_and_why(who, reason)
    with store.engine.begin() as db:
        row = _row(db, reference)
        if row.state == State.ERASED.value:
            raise MayNot("this contact was erased before")
        db.execute(legal_hold_table.delete().where(legal_hold_table.c.contact_id == row.id))
        db.execute(legal_hold_table.insert().values(contact_id=row.id, at=utc(now), who=who[:120], reason=reason[:400]))
        write_audit(db, row.id, now, "held", who, reason)


def release(store: Store, reference: str, who: str, reason: str, now: datetime) -> None:
    """End a legal hold. Raises ``MayNot`` if there is none."""
    _say_who_and_why(who, reason)
    with store.engine.begin() as db:
        row = _row(db, reference)
        if not db.execute(legal_hold_table.delete().where(legal_hold_table.c.contact_id == row.id)).rowcount:
            raise MayNot("this contact is not on legal hold")
        write_audit(db, row.id, now, "released", who, reason)


def export(store: Store, reference: str, who: str, reason: str, private: Sequence[PrivateKey], now: datetime) -> Dict[str, Any]:
    """Everything that is held about one contact, for a named reviewer, who decides what may be passed on and to whom.

    That it was exported is written in the same transaction. Raises ``MayNot``.
    """
    _say_who_and_why(who, reason)
    with store.engine.begin() as db:
        row = _row(db, reference)
        write_audit(db, row.id, now, "exported", who, reason)
        history = db.execute(sa.select(audit_table.c.at, audit_table.c.what, audit_table.c.who, audit_table.c.why)
                             .where(audit_table.c.contact_id == row.id).order_by(audit_table.c.number)).all()
        contact = Parcel.read(open_sealed(private, row.sealed)).contact if row.sealed else None
    return {"for": "review by a person before any part is disclosed: it may name people who must be protected, also from a parent",
            "reference": row.reference, "state": row.state, "received_at": row.received_at.isoformat(), "contact": contact,
            "history": [{"at": h.at.isoformat(), "what": h.what, "who": h.who, "why": h.why} for h in history]}


def reseal(store: Store, keys: Path) -> int:
    """Seal every kept contact to the present key. Returns how many were sealed to an older one."""
    private, public = read_all_private(keys), read_public(keys)
    with reading(store.engine).begin() as db:
        ids = list(db.execute(sa.select(_C.id).where(_C.state != State.ERASED.value)).scalars())
    changed = 0
    for contact_id in ids:
        with store.engine.begin() as db:
            # Held, so that one that is erased meanwhile is not written back.
            sealed = bytes(db.execute(sa.select(_C.sealed).where(_C.id == contact_id).with_for_update()).scalar_one())
            if sealed and not _opens(private[0], sealed):
                db.execute(contact_table.update().where(_C.id == contact_id).values(sealed=seal(public, open_sealed(private, sealed))))
                changed += 1
    return changed


def _opens(key: PrivateKey, sealed: bytes) -> bool:
    try:
        open_sealed(key, sealed)
    except SealingError:
        return False
    return True


def _on_their_way(db: Connection, reference: str) -> bool:
    """True if it is being sent to any of its destinations; from now on, until the transaction ends, no worker begins to."""
    this = sa.select(_C.id).where(_C.reference == tidy_reference(reference)).scalar_subquery()
    states = db.execute(sa.select(outbox_table.c.state).where(outbox_table.c.contact_id == this).with_for_update()).scalars()
    return State.SENDING.value in list(states)


def _id_of(store: Store, reference: str) -> str:
    with reading(store.engine).begin() as db:
        return str(_row(db, reference).id)


def _row(db: Connection, reference: str) -> Any:
    row = db.execute(sa.select(_C.id, _C.reference, _C.state, _C.received_at, _C.sealed).where(
        _C.reference == tidy_reference(reference)).with_for_update()).first()
    if row is None:
        raise MayNot("no contact has this reference; compare it with what you were given")
    return row


def _erase(db: Connection, contact_id: str, now: datetime, who: str, why: Optional[str]) -> None:
    for table in (return_code_table, status_try_table, outbox_table):
        db.execute(table.delete().where(table.c.contact_id == contact_id))
    db.execute(contact_table.update().where(_C.id == contact_id).values(sealed=b"", state=State.ERASED.value, erased_at=utc(now)))
    write_audit(db, contact_id, now, "erased", who, why)


def _say_who_and_why(who: str, reason: str) -> None:
    if len(who.strip()) < 2 or len(reason.strip()) < 3:
        raise MayNot("say who you are and why: both are written down")

