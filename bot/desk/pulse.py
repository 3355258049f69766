"""What each front door's delivery says of itself every few seconds: that it lives, what waits, and its counts."""
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.desk.tables import counts, door_holds, pulses
from bot.handoff.database import reading, utc
from bot.handoff.parcel import is_id
from bot.handoff.pulse import MOST_HELD

COUNTED = {"stopped": "where people stop in the form", "left": "where people leave the form", "begun": "forms begun", "sent": "forms sent",
           "not_held": "questions not answered", "topic": "topics"}
_MOST_COUNTS = 500


class BadPulse(Exception):
    """Not a pulse. ``reasons`` name keys, never values."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Counted:
    """How often something happened on a day. ``which`` is a key of ours (a question, a section), never words."""

    day: dt.date
    what: str
    which: str
    many: int


@dataclass(frozen=True)
class Pulse:
    """One sign of life. ``switch_known`` is the number of the turn of the off switch that the front door goes by."""

    waiting: int
    stuck: int
    late: int
    switch_known: int
    counts: Tuple[Counted, ...]
    bell: bool = False      # the delivery tells people itself of what is stuck on its way
    held: Optional[Tuple[str, ...]] = None  # every contact that the front door keeps for a court; None if it did not say

    @classmethod
    def read(cls, content: Any) -> "Pulse":
        """From JSON. Raises ``BadPulse`` with every reason."""
        if not isinstance(content, dict):
            raise BadPulse("the body must be a JSON object")
        wrong: List[str] = []
        numbers = {key: _whole(content, key, wrong) for key in ("waiting", "stuck", "late", "switch_known")}
        written = content.get("counts", [])
        if not isinstance(written, list) or len(written) > _MOST_COUNTS:
            wrong.append(f'"counts" must be a list of at most {_MOST_COUNTS}')
            written = []
        found = [c for c in (_counted(one) for one in written) if c]
        if len(found) != len(written):
            wrong.append('each of "counts" needs "day" (2026-11-21), "what" (one of ' + ", ".join(COUNTED) + '), "which" and "many"')
        if not isinstance(content.get("bell", False), bool):
            wrong.append('"bell" must be true or false')
        held = content.get("held")
        if held is not None and not (isinstance(held, list) and len(held) <= MOST_HELD and all(is_id(one) for one in held)):
            wrong.append(f'"held" must be a list of at most {MOST_HELD} ids')
        if wrong:
            raise BadPulse(*wrong)
        return cls(**numbers, counts=tuple(found), bell=bool(content.get("bell", False)), held=None if held is None else tuple(sorted(set(held))))


@dataclass(frozen=True)
class LastPulse:
    """The last sign of life of one front door."""

    door: str
    at: dt.datetime
    waiting: int
    stuck: int
    late: int
    switch_known: int
    bell: bool


class Pulses:
    """Keeps the last pulse of each door, and the counts by day."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def take(self, door: str, pulse: Pulse, now: dt.datetime) -> None:
        """Keep a pulse. Counts are totals of a day so far: the same one twice counts once."""
        values = {"at": utc(now), "waiting": pulse.waiting, "stuck": pulse.stuck, "late": pulse.late, "switch_known": pulse.switch_known,
                  "bell": pulse.bell}
        with self.engine.begin() as db:
            if not db.execute(pulses.update().where(pulses.c.door == door).values(**values)).rowcount:
                db.execute(pulses.insert().values(door=door, **values))
            for one in pulse.counts:
                this = sa.and_(counts.c.door == door, counts.c.day == one.day, counts.c.what == one.what, counts.c.which == one.which)
                if not db.execute(counts.update().where(this).values(many=one.many)).rowcount:
                    db.execute(counts.insert().values(door=door, day=one.day, what=one.what, which=one.which, many=one.many))
            if pulse.held is not None:
                _keep_held(db, door, pulse.held, now)

    def last(self) -> Tuple[LastPulse, ...]:
        """The last pulse of every door that ever gave one."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(pulses).order_by(pulses.c.door)).all()
        return tuple(LastPulse(r.door, r.at, r.waiting, r.stuck, r.late, r.switch_known, r.bell) for r in rows)


def _keep_held(db: Connection, door: str, held: Tuple[str, ...], now: dt.datetime) -> None:
    here = door_holds.c.door == door
    known = set(db.execute(sa.select(door_holds.c.contact_id).where(here)).scalars())
    for contact_id in known - set(held):
        db.execute(door_holds.delete().where(here, door_holds.c.contact_id == contact_id))
    for contact_id in set(held) - known:
        db.execute(door_holds.insert().values(door=door, contact_id=contact_id, at=utc(now)))


def _whole(content: Mapping[str, Any], key: str, wrong: List[str]) -> int:
    value = content.get(key)
    if type(value) is not int or not 0 <= value < 2 ** 31:
        wrong.append(f'"{key}" must be a whole number from 0')
        return 0
    return value


def _counted(one: Any) -> "Counted | None":
    if not isinstance(one, dict):
        return None
    what, which, many, day = (one.get(key) for key in ("what", "which", "many", "day"))
    if not isinstance(what, str) or what not in COUNTED or type(many) is not int or not 0 <= many < 2 ** 31:
        return None
    if not isinstance(which, str) or not 0 < len(which) <= 120 or not which.isprintable() or not isinstance(day, str):
        return None
    try:
        return Counted(dt.date.fromisoformat(day), what, which, many)
    except ValueError:
        return None
