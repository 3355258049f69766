"""How long a team has had a contact in its working hours."""
from __future__ import annotations

import datetime as dt

from bot.contacts.directory import Directory
from bot.contacts.hours import Status, london
from bot.contacts.next_open import next_open
from bot.contacts.routes import status

_STEP = dt.timedelta(minutes=30)
_OFFICE = range(9, 17)


def working_hours(directory: Directory, key: str, since: dt.datetime, until: dt.datetime, enough: float = 40) -> float:
    """Hours between two moments in which every source says that a line is open, by half hours; counting ends at ``enough``.

    Where nothing sure is known of the hours (the entry is past its review), office hours of a working week count: no bell falls silent.
    """
    moment, end, total = london(since), london(until), 0.0
    known = next_open(directory, key, moment) is not None
    while moment + _STEP <= end and total < enough:
        if status(directory, directory[key], moment) is Status.OPEN if known else moment.weekday() < 5 and moment.hour in _OFFICE:
            total += 0.5
        moment += _STEP
    return total
