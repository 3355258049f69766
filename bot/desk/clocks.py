"""How long something took or takes, in words."""
from __future__ import annotations

import datetime as dt


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
