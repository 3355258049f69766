"""The public pages, filled from the wording and the contacts file, with the headers they are sent with."""
from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any, Dict, Iterable, List, Mapping, Tuple

import jinja2

from bot.contacts.directory import Contact
from bot.contacts.hours import Statement
from bot.widget.links import linked, links, web
from bot.words import Words

FOLDER = Path(__file__).parent
PAGES: Mapping[str, str] = MappingProxyType({"/": "index", "/help": "help", "/accessibility": "accessibility", "/privacy": "privacy"})
_BANK_HOLIDAY = 7
# Services that /help names in its own sections; every other one with a number is listed after them.
_NAMED = frozenset({"emergency", "silent_999", "gateway", "out_of_hours", "nspcc", "police", "childline", "samaritans", "shout", "nhs111",
                    "relay_999", "relay"})

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
))
HEADERS: Mapping[str, str] = MappingProxyType({
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # a shared computer's cache shall not show what somebody wrote here
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
})


class Pages:
    """Renders the pages. A page that asks for words or a number that nobody gave raises, rather than show a gap."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._templates = jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER / "templates"), autoescape=True,
                                             undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._templates.filters["linked"] = lambda text: linked(str(text), links(self._words.directory))

    def render(self, page: str, now: dt.datetime, **given: Any) -> str:
        """A page as HTML. ``given``: what this page alone needs. Raises ``KeyError`` or ``jinja2.UndefinedError``."""
        shared: Dict[str, Any] = {
            "page": page, "launcher": True, "leave": web(str(self._words.directory["leaving"].website)),
            "route": self._words.route(now), "fact": self._words.facts, "hours": self.hours("gateway"), "others": self.others(),
            "say": lambda key, **more: self._words.text(key, now, **more),
            "lines": lambda key, **more: [m.text for m in self._words.say(key, now, **more)]}
        return self._templates.get_template(f"{page}.html").render({**shared, **given})

    def others(self) -> List[Contact]:
        """Services with a number that /help does not name in a section of its own, in the order of the contacts file."""
        return [c for key, c in self._words.directory.contacts.items() if key not in _NAMED and (c.phone or c.text_number)]

    def hours(self, key: str) -> List[Tuple[str, str]]:
        """What each source says about the hours of a service: (who says it, the hours in words)."""
        return [(s.says[:1].upper() + s.says[1:], self._spans(s)) for s in self._words.directory[key].statements]

    def _spans(self, statement: Statement) -> str:
        now = dt.datetime.now(dt.timezone.utc)
        if not statement.exact:
            return self._words.text("help_hours_no_times", now)
        by_time: Dict[Tuple[dt.time, dt.time], List[int]] = {}
        for day, opens, closes in statement.opening.by_weekday:
            by_time.setdefault((opens, closes), []).append(day)
        holidays = self._words.text("help_hours_bank_holidays", now)
        return "; ".join(f"{_days(days, holidays)} {_clock(opens)} to {_clock(closes)}" for (opens, closes), days in by_time.items())


def file(name: str) -> str:
    """A file that is served as it stands, such as the style of the pages."""
    return (FOLDER / name).read_text(encoding="utf-8")


def paragraphs(text: str) -> List[Dict[str, Any]]:
    """A message's paragraphs and lists, for ``bubbles`` in macros.html. Lists are lines that begin with "- "."""
    found: List[Dict[str, Any]] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        for line in part.split("\n"):
            item = re.match(r"\s*[-•]\s+(.*)", line)
            if item and found and found[-1]["bullets"] and found[-1]["part"] == part:
                found[-1]["bullets"].append(item[1])
            elif item:
                found.append({"bullets": [item[1]], "text": "", "part": part})
            elif found and not found[-1]["bullets"] and found[-1]["part"] == part:
                found[-1]["text"] += "\n" + line
            else:
                found.append({"bullets": [], "text": line, "part": part})
    return found


def shown(messages: Iterable[Mapping[str, Any]]) -> List[Dict[str, Any]]:
    """Messages of the conversation as a page shows them; urgent ones that follow each other share one card."""
    cards: List[Dict[str, Any]] = []
    for message in messages:
        urgent = bool((message.get("custom") or {}).get("urgent"))
        words = paragraphs(str(message.get("text", "")))
        if urgent and cards and cards[-1]["urgent"]:
            cards[-1]["paragraphs"] += words
        else:
            cards.append({"urgent": urgent, "paragraphs": words})
    return cards


def _days(days: List[int], holidays: str) -> str:
    names = []
    week = [d for d in days if d != _BANK_HOLIDAY]
    if week:
        first, last = calendar.day_name[week[0]], calendar.day_name[week[-1]]
        names.append(first if first == last else f"{first} to {last}")
    return " and ".join(names + ([holidays] if _BANK_HOLIDAY in days else []))


def _clock(time: dt.time) -> str:
    minutes = f":{time.minute:02d}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"
