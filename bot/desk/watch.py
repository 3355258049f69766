"""The watch: looks every minute, rings by e-mail and webhook, and sends the day's summary. It never says anything personal."""
from __future__ import annotations

import logging
import threading
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Dict, Tuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.contacts.hours import london
from bot.desk import messages
from bot.desk.alarms import Raised
from bot.desk.searching import standing
from bot.desk.tables import alarms, told
from bot.handoff.database import reading, utc
from bot.handoff.quiet import place_of
from bot.wording_lab.forgetting import forget

if TYPE_CHECKING:
    from bot.desk.desk import Desk

log = logging.getLogger(__name__)
EVERY = 60.0            # seconds
SUMMARY_HOUR = 9        # the London hour from which the day's summary leaves, on days when Gateway is open
REMIND_AFTER = timedelta(hours=4)
NOT_WATCHED = timedelta(minutes=5)     # a watch that has not looked for so long does not count
UNTOLD = timedelta(minutes=10)          # nor does one whose alarms reach nobody for so long


class Watch:
    """Looks while it is entered. Each look stands alone: one that breaks does not stop the next."""

    def __init__(self, desk: "Desk", every: float = EVERY) -> None:
        self._desk, self._every = desk, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        self._thread.join(10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                look(self._desk, self._desk.clock())
            except Exception as error:  # whatever it is, the next look may find what this one could not
                log.error("watch_broke error=%s at=%s", type(error).__name__, place_of(error))
            self._stop.wait(self._every)


def look(desk: "Desk", now: datetime) -> None:
    """Look once: raise and end alarms, tell about those that nobody was told of lately, send the summary if it is time."""
    desk.alarms.check(now)
    ringing = tuple(a for a in desk.alarms.ringing() if not a.elsewhere)
    _tell(desk, ringing, now, "mailed_at", bool(desk.options.mail), lambda due: messages.mail_alarms(desk.options, desk.settings.desk_url, due))
    _tell(desk, ringing, now, "called_at", bool(desk.options.alarm_url), lambda due: messages.call_alarms(desk.options, due, now))
    if desk.options.mail and _is_time(desk, now):
        _summarise(desk, now)
    _forget(desk, now)


def rings(desk: "Desk", now: datetime) -> bool:
    """True if this desk watches and its alarms reach people: then the delivery leaves to it what waits here."""
    if not (desk.options.mail or desk.options.alarm_url) or desk.alarms.looked is None or now - desk.alarms.looked > NOT_WATCHED:
        return False
    with reading(desk.inbox.engine).begin() as db:
        return not db.execute(sa.select(alarms.c.number).where(
            alarms.c.ended_at.is_(None), alarms.c.contact_id.is_not(None), alarms.c.raised_at < utc(now) - UNTOLD,
            alarms.c.mailed_at.is_(None), alarms.c.called_at.is_(None)).limit(1)).first()


def _tell(desk: "Desk", ringing: Tuple[Raised, ...], now: datetime, column: str, possible: bool, send: Any) -> None:
    due = tuple(a for a in ringing if getattr(a, column) is None or now - getattr(a, column) > REMIND_AFTER)
    if not possible or not due or not send(due):
        return      # what was not told is due again at the next look
    with desk.inbox.engine.begin() as db:
        db.execute(alarms.update().where(alarms.c.number.in_([a.number for a in due])).values(**{column: utc(now)}))


def _is_time(desk: "Desk", now: datetime) -> bool:
    return london(now).hour >= SUMMARY_HOUR and desk.inbox.rules.time.is_open(now)


def _summarise(desk: "Desk", now: datetime) -> None:
    today = london(now).date()
    if not _was_done(desk, "summary", today) and messages.mail_summary(desk.options, desk.settings.desk_url, summary(desk, now), today):
        _done(desk, "summary", today, now)


def _forget(desk: "Desk", now: datetime) -> None:
    today = london(now).date()
    if not _was_done(desk, "forgetting", today):
        desk.lab.publish_votes()
        gone = forget(desk.inbox.engine, now, desk.options.lab_kept_days)
        log.info("lab_retention meetings=%d texts=%d days=%d", gone.meetings, gone.texts, desk.options.lab_kept_days)
        _done(desk, "forgetting", today, now)


def _was_done(desk: "Desk", what: str, today: date) -> bool:
    with reading(desk.inbox.engine).begin() as db:
        return bool(db.execute(sa.select(told.c.day).where(told.c.what == what, told.c.day == today)).first())


def _done(desk: "Desk", what: str, today: date, now: datetime) -> None:
    try:
        with desk.inbox.engine.begin() as db:
            db.execute(told.insert().values(what=what, day=today, at=utc(now)))
    except IntegrityError:
        pass        # another desk on the same database was faster


def summary(desk: "Desk", now: datetime) -> Dict[str, int]:
    """The day's figures: counts, and nothing by which anybody could be known."""
    from bot.desk.person import Person, Role
    everybody = Person("", "", Role.READER, (), True, False, False)
    stands = standing(desk.inbox.engine, everybody, now)
    kinds: Dict[str, int] = {}
    for alarm in desk.alarms.ringing():
        kinds[alarm.kind.value] = kinds.get(alarm.kind.value, 0) + 1
    return {"not opened": stands.unopened, "overdue": stands.overdue, "not decided": stands.undecided, "not passed on": stands.unpassed,
            "alarms": sum(kinds.values()), **{f"alarms: {kind}": many for kind, many in sorted(kinds.items())}}
