"""Opening hours in London time, with bank holidays, and what follows when sources disagree."""
from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from enum import Enum
from typing import Any, FrozenSet, Mapping, Optional, Tuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAYS = {"mon-fri": range(0, 5), "sat-sun": range(5, 7), "every-day": range(0, 7)}
_SINGLE = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class OpeningError(ValueError):
    """The hours as written make no sense."""


class Status(str, Enum):
    """Whether a line answers at a moment, as far as the sources tell."""

    OPEN = "open"
    UNSURE = "unsure"
    CLOSED = "closed"


@dataclass(frozen=True)
class Opening:
    """One source's hours. ``by_weekday`` maps 0 (Monday) to 6, and 7 for bank holidays, to (opens, closes)."""

    always: bool = False
    outside: Optional[str] = None
    by_weekday: Tuple[Tuple[int, dt.time, dt.time], ...] = ()

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Opening":
        """Read hours as contacts.yml writes them. Raises ``OpeningError``."""
        if written.get("always") is True:
            return cls(always=True)
        if "outside" in written:
            return cls(outside=str(written["outside"]))
        spans = []
        for days, times in written.items():
            if days == "bank-holidays":
                numbers: "range | list[int]" = [7]
            elif days in _SINGLE:
                numbers = [_SINGLE.index(days)]
            elif days in _DAYS:
                numbers = _DAYS[days]
            else:
                raise OpeningError(f'"{days}" is not a day')
            try:
                opens, closes = (dt.time.fromisoformat(str(t)) for t in times)
            except (TypeError, ValueError):
                raise OpeningError(f"{days} needs two times such as 09:00 and 17:00") from None
            if opens >= closes:
                raise OpeningError(f"{days} opens at {opens:%H:%M} and closes at {closes:%H:%M}")
            spans += [(n, opens, closes) for n in numbers]
        if not spans:
            raise OpeningError("it names no day")
        return cls(by_weekday=tuple(spans))

    def is_open(self, moment: dt.datetime) -> bool:
        """True if open at the moment. The closing minute is closed. Raises ``ValueError`` for a time without zone."""
        local = london(moment)
        if self.always:
            return True
        day = 7 if local.date() in bank_holidays() else local.weekday()
        return any(n == day and opens <= local.time() < closes for n, opens, closes in self.by_weekday)


@dataclass(frozen=True)
class Statement:
    """What one source says about hours, and since when."""

    says: str
    opening: Opening
    exact: bool
    source: str
    valid_from: dt.date


def london(moment: dt.datetime) -> dt.datetime:
    """The moment on London's clocks. Raises ``ValueError`` for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError("say which time zone: a naive time is an hour wrong all summer")
    return moment.astimezone(LONDON)


@functools.lru_cache(maxsize=1)
def bank_holidays() -> FrozenSet[dt.date]:
    """Bank holidays in England, from the library's own copy of the GOV.UK list; nothing is downloaded."""
    from govuk_bank_holidays.bank_holidays import BankHolidays
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(h["date"] for h in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
