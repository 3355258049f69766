"""Read a date of birth, an age or a due date as people give it. Day first; never a guess."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Optional

from bot.handoff.heard import tidy

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBERS = {word: number for number, word in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen"))}
_NOT_BORN = re.compile(r"\b(unborn|not (yet )?born|isn'?t (even )?born|hasn'?t been born|due (in|on|around|about|date|any|soon|next)|edd|"
                       r"(months|weeks) gone|pregnant|expecting)\b|^due\b")
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{4}|\d{2})(?![\d/\-])")
_ISO = re.compile(r"(?<![\d/.\-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/\-])")
_MONTH_WORD = "(" + "|".join(f"{m[:3]}(?:{m[3:]}|t)?" for m in _MONTHS) + ")"
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-/]+(?:the\s+)?{_MONTH_WORD}\.?,?[\s\-/]+(\d{{4}}|'?\d{{2}})(?!\d)")
_MONTH_DAY = re.compile(rf"\b{_MONTH_WORD}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
_SCHOOL_YEAR = re.compile(r"\b(year|yr|y) ?(1[0-3]|[1-9])\b|\breception\b")
_MONTHS_OLD = re.compile(r"\b(\d{1,2}|a few|few|[a-z]+)\s*(?:months?|weeks?|days?|mths?|wks?)\b")
_AGE = re.compile(r"(?<![\d/:\-])(?<!\d\.)(\d{1,2})(?![\d/:\-]|\.\d)")
_DAY_ALONE = re.compile(rf"\d(?:st|nd|rd|th)?(?: of)?\s+{_MONTH_WORD}\b|\b{_MONTH_WORD}\s+(?:the )?\d")
_NO_YEAR = re.compile(r"^\D*(\d{1,2})\s?[/.\-]\s?(\d{1,2})\D*$")
_A_LEAP_YEAR = 2024
# The age in whole years is then not the one that is named.
_NOT_YET = re.compile(r"\b(nearly|almost|not quite|just under|going on|soon|coming up|next|will be|turning|turns|under|over|at least)\b")
_OLDEST_CHILD = 18
_OLDEST = 120


@dataclass(frozen=True)
class Birth:
    """What is known: ``kind`` is "exact", "age", "school_year", "unborn" or "said" (kept as said, not read).

    ``date`` is the date of birth, or the day an unborn child is due. ``years`` is the age where it is a whole number.
    """

    kind: str
    date: Optional[dt.date] = None
    in_words: str = ""
    years: Optional[int] = None


class InTheFuture(ValueError):
    """A child who is born cannot have a date of birth that is still to come."""


class NoSuchDate(ValueError):
    """It is written as a date, and day first there is no such day."""


def read_birth(said: str, today: dt.date) -> Birth:
    """Read it. Raises ``InTheFuture`` or ``NoSuchDate``. What cannot be read for sure is kept as said."""
    words = tidy(said)
    date = _date(words, today)
    if _NOT_BORN.search(words):
        return Birth("unborn", date if date and date >= today else None, date_in_words(date) if date and date >= today else "")
    if date is not None:
        if date > today:
            raise InTheFuture
        return Birth("exact", date, date_in_words(date))
    if _SCHOOL_YEAR.search(words):
        return Birth("school_year", in_words=said.strip())
    counted = _MONTHS_OLD.search(words)
    if counted and (counted[1].isdigit() or counted[1] in _NUMBERS or "few" in counted[1]):
        return Birth("age", in_words=said.strip())
    alone = _NO_YEAR.match(words)
    if alone and int(alone[1]) > _OLDEST_CHILD:     # else it may be two ages
        _real(_A_LEAP_YEAR, int(alone[2]), int(alone[1]), today)
    if _DAY_ALONE.search(words):
        return Birth("said", in_words=said.strip())     # a birthday without its year is no age
    ages = [int(n) for n in _AGE.findall(words)] + [_NUMBERS[w] for w in re.findall(r"[a-z]+", words) if w in _NUMBERS]
    if len(ages) == 1 and ages[0] <= _OLDEST_CHILD:
        return Birth("age", in_words=said.strip(), years=None if _NOT_YET.search(words) else ages[0])
    return Birth("said", in_words=said.strip())


def date_in_words(date: dt.date) -> str:
    """Such as "3 April 2012"."""
    return f"{date.day} {_MONTHS[date.month - 1].capitalize()} {date.year}"


def _date(words: str, today: dt.date) -> Optional[dt.date]:
    match = _ISO.search(words)
    if match:
        return _real(int(match[1]), int(match[2]), int(match[3]), today)
    match = _NUMERIC.search(words)
    if match:
        return _real(_year(match[3]), int(match[2]), int(match[1]), today)
    match = _DAY_MONTH.search(words)
    if match:
        return _real(_year(match[3].lstrip("'")), _month(match[2]), int(match[1]), today)
    match = _MONTH_DAY.search(words)
    if match:
        return _real(int(match[3]), _month(match[1]), int(match[2]), today)
    return None


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _month(written: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(written[:3]))


def _real(year: int, month: int, day: int, today: dt.date) -> dt.date:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise NoSuchDate from None
    if date.year < today.year - _OLDEST:
        raise NoSuchDate
    return date
