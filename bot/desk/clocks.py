"""When something is due: working time is the time at which every source says that Gateway is open."""
from __future__ import annotations

import datetime as dt

from bot.contacts.directory import Directory
from bot.contacts.hours import Status, london
from bot.contacts.routes import status
from bot.desk.expectations import Limit

_STEP = dt.timedelta(minutes=15)    # sources write their hours in quarters at the finest
_LOOK_AHEAD = dt.timedelta(days=14)


class WorkingTime:
    """Counts working hours and days by the directory's hours for Gateway."""

    def __init__(self, directory: Directory, key: str = "gateway") -> None:
        self._directory, self._key = directory, key

    def due(self, start: dt.datetime, limit: Limit) -> dt.datetime:
        """When the limit ends, in UTC. If no working time is known, it runs day and night: an early alarm, never none."""
        first = self._first_open(start)
        if first is None:
            return start + dt.timedelta(hours=limit.working_hours, days=limit.working_days)
        ends = self._after_hours(first, limit.working_hours) if limit.working_hours else self._after_days(first, limit.working_days)
        return ends.astimezone(dt.timezone.utc)

    def is_open(self, moment: dt.datetime) -> bool:
        """True while every source says that Gateway is open."""
        return status(self._directory, self._directory[self._key], moment) is Status.OPEN

    def _first_open(self, start: dt.datetime) -> "dt.datetime | None":
        moment = start.astimezone(dt.timezone.utc)
        give_up = moment + _LOOK_AHEAD
        while moment < give_up:
            if self.is_open(moment):
                return moment
            moment = _next_quarter(moment)
        return None

    def _after_hours(self, first: dt.datetime, hours: int) -> dt.datetime:
        left, moment = dt.timedelta(hours=hours), first
        while True:
            following = _next_quarter(moment)
            if self.is_open(moment):
                if left <= following - moment:
                    return moment + left
                left -= following - moment
                moment = following
            else:
                opened = self._first_open(following)
                if opened is None:
                    return moment + left
                moment = opened

    def _after_days(self, first: dt.datetime, days: int) -> dt.datetime:
        at, left = london(first), days
        for _ in range(days * 7 + 14):
            if not left:
                break
            at = at + dt.timedelta(days=1)      # the same time on the wall, whatever the clocks did in the night
            left -= self._opens_on(at)
        return at

    def _opens_on(self, day: dt.datetime) -> bool:
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        return any(self.is_open(midnight + _STEP * n) for n in range(24, 96))


def _next_quarter(moment: dt.datetime) -> dt.datetime:
    floor = moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
    return floor + _STEP


def how_long(since: dt.datetime, until: dt.datetime) -> str:
    """How much time lies between, in words: "3 hours", "2 days". Less than a minute is "under a minute"."""
    minutes = max(0, int((until - since).total_seconds() // 60))
    if minutes < 1:
        return "under a minute"
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    if minutes >= 120:
        return f"{minutes // 60} hours"
    if minutes >= 60:
        rest = minutes - 60
        return "1 hour" + (f" {rest} minutes" if rest > 1 else "")
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
