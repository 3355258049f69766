"""Read a date of birth, an age or a due date as people give it. Day first; never a guess."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Optional

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBERS = {word: number for number, word in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen"))}
_NOT_BORN = re.compile(r"\b(unborn|not born|isn'?t born|hasn'?t been born|due (in|on|around|date|any)|pregnant|expecting)\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_WORDED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (" + "|".join(m[:3] for m in _MONTHS) + r")[a-z]*,? (\d{4})\b")
_AGE = re.compile(r"\b(\d{1,2})\b(?!\s*(?:/|months? pregnant))")
_MONTHS_OLD = re.compile(r"\b(\d{1,2}|a few|few)\s*(?:months?|weeks?|days?|mths?|wks?)\b")


@dataclass(frozen=True)
class Birth:
    """What is known: ``kind`` is "exact", "age", "unborn" or "said" (kept as said, not read)."""

    kind: str
    date: Optional[dt.date] = None
    in_words: str = ""


class InTheFuture(ValueError):
    """A child who is born cannot have a date of birth that is still to come."""


def read_birth(said: str, today: dt.date) -> Birth:
    """Read it. Raises ``InTheFuture``. What cannot be read for sure is kept as said."""
    words = said.lower()
    if _NOT_BORN.search(words):
        return Birth("unborn", in_words="not born yet")
    date = _date(words, today)
    if date is not None:
        if date > today:
            raise InTheFuture
        return Birth("exact", date, f"{date.day} {_MONTHS[date.month - 1].capitalize()} {date.year}")
    if _MONTHS_OLD.search(words):
        return Birth("age", in_words=said.strip())
    ages = [int(n) for n in _AGE.findall(words)] + [_NUMBERS[w] for w in re.findall(r"[a-z]+", words) if w in _NUMBERS]
    if len(ages) == 1 and ages[0] < 18:
        return Birth("age", in_words=said.strip())
    return Birth("said", in_words=said.strip())


def _date(words: str, today: dt.date) -> Optional[dt.date]:
    match = _ISO.search(words)
    if match:
        return _real(int(match[1]), int(match[2]), int(match[3]))
    match = _NUMERIC.search(words)
    if match:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return _real(year, int(match[2]), int(match[1]))
    match = _WORDED.search(words)
    if match:
        month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(match[2]))
        return _real(int(match[3]), month, int(match[1]))
    return None


def _real(year: int, month: int, day: int) -> Optional[dt.date]:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
