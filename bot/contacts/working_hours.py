"""How long a team has had a contact in its working hours."""
from __future__ import annotations

import datetime as dt

from bot.contacts.directory import Directory
from bot.contacts.hours import Status, london
from bot.contacts.routes import status

_STEP = dt.timedelta(minutes=30)


def working_hours(directory: Directory, key: str, since: dt.datetime, until: dt.datetime, enough: float = 40) -> float:
    """Hours between two moments in which a line is not known to be closed, by half hours; counting ends at ``enough``.

    Hours on which the sources differ count: an alarm that rings early is better than one that rings late.
    """
    moment, end, total = london(since), london(until), 0.0
    while moment + _STEP <= end and total < enough:
        if status(directory, directory[key], moment) is not Status.CLOSED:
            total += 0.5
        moment += _STEP
    return total
