"""Counts by day of what happened, never of what was said: which question stood open, which section answered."""
from __future__ import annotations

import datetime as dt
import logging
from enum import Enum
from typing import Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.contacts.hours import london
from bot.handoff.database import reading
from bot.handoff.tables import tally_table

log = logging.getLogger(__name__)


class Counted(str, Enum):
    """What is counted."""

    BEGUN = "begun"         # forms, by path if it is known
    STOPPED = "stopped"     # forms, by the question that stood open when somebody said stop
    LEFT = "left"           # forms, by the question that stood open when somebody went without a word
    SENT = "sent"           # forms, by path
    TOPIC = "topic"         # answers, by section
    NOT_HELD = "not_held"   # questions without an answer, by the topic that came nearest


def count(engine: Engine, what: Counted, which: str, now: dt.datetime) -> None:
    """Count one. A count that fails is lost and said in the log: nobody waits for it."""
    t, day, name = tally_table, london(now).date(), (which or "unknown")[:120]
    try:
        with engine.begin() as db:
            this = sa.and_(t.c.day == day, t.c.what == what.value, t.c.which == name)
            if not db.execute(t.update().where(this).values(many=t.c.many + 1)).rowcount:
                db.execute(t.insert().values(day=day, what=what.value, which=name, many=1))
    except SQLAlchemyError as error:
        log.warning("not_counted what=%s error=%s", what.value, type(error).__name__)


def since(engine: Engine, day: dt.date) -> Tuple[Tuple[dt.date, str, str, int], ...]:
    """Day, what, which and how many, from a day on."""
    with reading(engine).begin() as db:
        rows = db.execute(sa.select(tally_table).where(tally_table.c.day >= day).order_by(tally_table.c.day)).all()
    return tuple((r.day, r.what, r.which, r.many) for r in rows)
