"""When a contact that is sent now will next be read."""
from __future__ import annotations

import datetime as dt
from typing import Optional

from bot.contacts.directory import Directory
from bot.contacts.hours import Status, london
from bot.contacts.routes import status

_STEP = dt.timedelta(minutes=30)
_DAYS_AHEAD = 12


def next_open(directory: Directory, key: str, now: dt.datetime) -> Optional[dt.datetime]:
    """The next half hour, London time, at which every source says the line is open; None if there is none soon."""
    local = london(now)
    moment = local.replace(minute=0 if local.minute < 30 else 30, second=0, microsecond=0)
    for _ in range(_DAYS_AHEAD * 48):
        if status(directory, directory[key], moment) is Status.OPEN:
            return moment
        moment += _STEP
    return None


def in_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Such as "9am on Monday"."""
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    clock = f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"
    if moment.date() == london(now).date():
        return f"{clock} today"
    return f"{clock} on {moment:%A} {moment.day} {moment:%B}"
