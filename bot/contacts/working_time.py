"""When something is due: working time is the time at which every source says that a line is open. The only clock of the alarms."""
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.contacts.directory import Directory
from bot.contacts.hours import Status, london
from bot.contacts.routes import status

_STEP = dt.timedelta(minutes=15)    # sources write their hours in quarters at the finest
_LOOK_AHEAD = dt.timedelta(days=14)


@dataclass(frozen=True)
class Limit:
    """How long something may take: so many working hours, or else so many working days. ``says`` completes "by then …"."""

    says: str
    working_hours: float = 0
    working_days: int = 0

    @property
    def in_words(self) -> str:
        """Such as "4 working hours"."""
        number, unit = (self.working_hours, "hour") if self.working_hours else (self.working_days, "day")
        return f"{number:g} working {unit}{'' if number == 1 else 's'}"


class WorkingTime:
    """Counts working hours and days by the directory's hours for a line, Gateway's unless another is named."""

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

    def _after_hours(self, first: dt.datetime, hours: float) -> dt.datetime:
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
