"""The off switch: whether contacts are taken, who said so, and why. The last line counts; lines can only be added."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.desk.record import write_event
from bot.desk.tables import switches
from bot.handoff.database import reading, utc

LONGEST_WHY = 300
_TURNING = 5_080_003    # any number: the name of a lock


class SwitchError(Exception):
    """The switch cannot be turned so. The message says what to do, for people to read."""


@dataclass(frozen=True)
class Turned:
    """One turn of the switch. ``number`` grows; 0 is the switch that nobody has touched."""

    number: int
    taking: bool
    why: str
    who: str
    at: "datetime | None"


class Switch:
    """Turns contact-taking off and on for the whole front door."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def now(self) -> Turned:
        """How it stands."""
        last = self.turns(1)
        return last[0] if last else Turned(0, True, "", "", None)

    def turns(self, most: int = 20) -> Tuple[Turned, ...]:
        """The last turns, newest first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(switches).order_by(switches.c.number.desc()).limit(most)).all()
        return tuple(Turned(r.number, r.taking, r.why, r.who, r.at) for r in rows)

    def turn(self, taking: bool, why: str, who: str, now: datetime, known: Optional[int] = None) -> None:
        """Turn it. The public reads ``why``, so it must be there when contacts are no longer taken. Raises ``SwitchError``.

        ``known`` is the number of the turn that the person saw: if somebody else has turned it since, nothing is done.
        """
        why = " ".join(why.split())
        if not taking and len(why) < 10:
            raise SwitchError("Say why, in a sentence that the public can read.")
        if len(why) > LONGEST_WHY:
            raise SwitchError(f"Make the reason shorter: {LONGEST_WHY} characters at most.")
        with self.engine.begin() as db:
            if db.dialect.name == "postgresql":     # two at once: one after the other
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURNING)))
            last = db.execute(sa.select(sa.func.max(switches.c.number))).scalar() or 0
            if known is not None and known != last:
                raise SwitchError("Somebody else has turned it in the meantime. Look how it stands now.")
            db.execute(switches.insert().values(at=utc(now), who=who, taking=taking, why=why))
            write_event(db, "contact-taking turned on" if taking else "contact-taking turned off", who, why, now)
