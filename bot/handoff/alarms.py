"""Ring the bell: contacts that are stuck, late, unopened or undecided, by a channel that is not the one they go by."""
from __future__ import annotations

import json
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Callable, List, Optional, Tuple

import requests
import sqlalchemy as sa

from bot.contacts.working_time import Limit, WorkingTime
from bot.handoff import mail, our_clock
from bot.handoff.database import reading, utc
from bot.handoff.destinations import Destination, Mail
from bot.handoff.outbox import Delivered
from bot.handoff.signing import Purpose, signature_headers
from bot.handoff.store import Store, write_audit
from bot.handoff.tables import State, audit_table, contact_table
from bot.words import Words

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(hours=24)
DECIDE_WITHIN = Limit("decided about", working_days=1)
AT_THE_DESK = ("unopened", "undecided")     # the desk rings for these itself, if it can
_C = contact_table.c


@dataclass(frozen=True)
class Alarm:
    """Why somebody must act on a contact: "stuck", "undelivered", "unopened" or "undecided"."""

    kind: str
    contact_id: str
    reference: str


def due(store: Store, words: Words, now: datetime, after_hours: float, desk_rings: bool = False) -> Tuple[Alarm, ...]:
    """Every alarm that should ring here now: not rung within a day. ``after_hours`` are working hours of Gateway.

    While ``desk_rings``, what waits at the desk is left to it.
    """
    with reading(store.engine).begin() as db:
        rows = db.execute(sa.select(_C.id, _C.reference, _C.state, our_clock.received().label("received"), our_clock.seen().label("seen")).where(
            _C.state != State.ERASED.value, _C.acknowledged_at.is_(None)).order_by(_C.received_at)).all()
        rung = {(r.contact_id, r.what) for r in db.execute(sa.select(audit_table.c.contact_id, audit_table.c.what).where(
            audit_table.c.what.like("alarm %"), audit_table.c.at.between(utc(now) - AGAIN_AFTER, utc(now) + our_clock.DIFFER_BY)))}
    found: List[Alarm] = []
    time, within = WorkingTime(words.directory), Limit("opened", working_hours=after_hours)
    for row in rows:
        kind = _kind(row, time, now, within)
        if kind is not None and not (desk_rings and kind in AT_THE_DESK) and (row.id, f"alarm {kind}") not in rung:
            found.append(Alarm(kind, row.id, row.reference))
    return tuple(found)


def _kind(row: "sa.engine.Row", time: WorkingTime, now: datetime, within: Limit) -> Optional[str]:
    if row.state == State.STUCK.value:
        return "stuck"
    # What is still to come by our clock began, at the latest, now: a wrong clock must not keep the bell from ringing.
    if row.seen is not None:
        return "undecided" if time.due(min(row.seen, now), DECIDE_WITHIN) <= now else None
    if time.due(min(row.received, now), within) > now:
        return None
    return "unopened" if row.state == State.DELIVERED.value else "undelivered"


def ring(store: Store, alarms: Tuple[Alarm, ...], channel: Optional[Destination], words: Words, clock: Callable[[], datetime]) -> bool:
    """Tell of the alarms in one message, references only, and write down that they rang. False if it could not be told."""
    if not alarms:
        return True
    for alarm in alarms:
        log.error("contact_alarm kind=%s id=%s", alarm.kind, alarm.contact_id)
    if channel is None or not _told(alarms, channel, words, clock()):
        return False
    with store.engine.begin() as db:
        for alarm in alarms:
            write_audit(db, alarm.contact_id, clock(), f"alarm {alarm.kind}", "worker")
    return True


def _told(alarms: Tuple[Alarm, ...], channel: Destination, words: Words, now: datetime) -> bool:
    if isinstance(channel, Mail):
        lines = "\n".join(f"- {alarm.reference}: {words.text(f'alarm_{alarm.kind}', now)}" for alarm in alarms)
        return mail.send(channel, str(uuid.uuid4()), words.text("alarm_subject", now), words.text("alarm_text", now, summary=lines)) == Delivered()
    body = json.dumps({"alarms": [{"kind": a.kind, "reference": a.reference} for a in alarms]}).encode()
    try:
        reply = requests.post(channel.url, data=body, timeout=(3, 10), allow_redirects=False, headers={
            "Content-Type": "application/json", **signature_headers(channel.secret, str(uuid.uuid4()), body, now, Purpose.ALARM)})
    except requests.RequestException as error:
        log.error("alarm_not_told error=%s", type(error).__name__)
        return False
    return reply.status_code in (200, 201, 202, 204)
