"""The state of the plain form, carried in the form itself: never in a URL, a cookie or on the server. Pure.

A page asks the next questions of one group that nothing else on the page decides about. The questions, their order and how
they are read come from bot/handoff alone.
"""
from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field, replace
from typing import Dict, List, Mapping, Tuple

from bot.handoff.plan import Asked, missing, plan, question_of
from bot.handoff.questions import MOST_CHILDREN, Answers, Kind
from bot.handoff.reading import Problem, Read, read_answer, read_form

DATE_PARTS = ("day", "month", "year")
_KEY = re.compile(r"([a-z_]+)(?::(\d))?")


@dataclass(frozen=True)
class Filled:
    """What has been filled in. ``pages`` are the keys asked so far, page by page; ``texts`` what was typed, by key."""

    id: str = ""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    pages: Tuple[Tuple[str, ...], ...] = ()
    asked: Tuple[str, ...] = ()                                   # on the page that was just sent
    was: Mapping[str, str] = field(default_factory=dict, repr=False)  # what had a problem when it was last sent
    boxes: Mapping[str, Tuple[str, ...]] = field(default_factory=dict, repr=False)  # day, month and year as they were just sent

    @property
    def seen(self) -> Tuple[str, ...]:
        """Every key asked on an earlier page."""
        return tuple(key for page in self.pages for key in page)


def read_fields(fields: Mapping[str, str]) -> Filled:
    """Put the state together from a form post. What is not a question's key is left out."""
    texts = {name: value for name, value in fields.items() if _is_key(name)}
    boxes = {}
    for key in {name.partition("~")[0] for name in fields if "~" in name}:
        if not _is_key(key):
            continue
        parts = tuple(fields.get(f"{key}~{part}", "").strip() for part in DATE_PARTS)
        if any(parts):
            boxes[key] = parts
            texts[key] = " ".join(part for part in (*parts, texts.get(key, "").strip()) if part)
    return Filled(
        id=_uuid(fields.get("id", "")), texts=texts, asked=_keys(fields.get("asked", "")),
        pages=tuple(keys for keys in map(_keys, fields.get("pages", "").split("|")) if keys),
        was={name[4:]: value for name, value in fields.items() if name.startswith("was~") and _is_key(name[4:])}, boxes=boxes)


def answers_of(filled: Filled, keys: Tuple[str, ...], today: dt.date) -> "Tuple[Answers, Dict[str, Problem]]":
    """The answers to these keys, and what is wrong with them."""
    insisted = tuple(key for key, text in filled.was.items() if filled.texts.get(key, "").strip() == text.strip())
    answers, problems = read_form({key: filled.texts.get(key, "") for key in keys}, today, insisted)
    answers = {key: answer for key, answer in answers.items() if key in keys}
    found = {key: problem for key, problem in problems.items() if key in keys}
    for key in missing(answers):
        if key in keys:
            found.setdefault(key, Problem(f"need_{question_of(key).id}"))
    return answers, found


def next_page(answers: Answers, seen: Tuple[str, ...]) -> List[Asked]:
    """The questions of the next page; none when it is time to check."""
    page: List[Asked] = []
    trial = dict(answers)
    for asked in plan(answers):
        if asked.key in seen:
            if page:
                break
            continue
        if page and (asked.question.group, asked.child) != (page[0].question.group, page[0].child):
            break
        if page and asked.key not in {a.key for a in plan(trial)}:
            break  # whether it is asked depends on an answer of this page
        page.append(asked)
        empty = read_answer(asked.key, "", trial, dt.date.today())
        trial[asked.key] = empty.answer if isinstance(empty, Read) else {"state": "skipped"}
    return page


def turned(filled: Filled) -> Filled:
    """The page that was sent joins those that were seen."""
    known = set(filled.seen)
    new = tuple(key for key in filled.asked if key not in known)
    return replace(filled, pages=filled.pages + ((new,) if new else ()), asked=(), was={})


def without(filled: Filled, keys: Tuple[str, ...]) -> Filled:
    """As if these keys had not been asked yet; what was typed stays."""
    pages = (tuple(k for k in page if k not in keys) for page in filled.pages)
    return replace(filled, pages=tuple(page for page in pages if page), asked=(), was={})


def date_parts(text: str) -> "Tuple[str, str, str] | None":
    """A date typed in three boxes, back in its boxes; None if it was written as words."""
    parts = text.split()
    if len(parts) == 3 and parts[0].isdigit() and parts[2].isdigit() and len(parts[2]) == 4:
        return parts[0], parts[1], parts[2]
    return None


def half_a_date(filled: Filled, key: str) -> bool:
    """True if some of the three boxes were left empty."""
    return not all(filled.boxes.get(key, ("-",)))


def _is_key(name: str) -> bool:
    match = _KEY.fullmatch(name)
    if match is None or not 1 <= int(match[2] or 1) <= MOST_CHILDREN:
        return False
    try:
        question_of(name)
    except KeyError:
        return False
    return True


def _keys(written: str) -> Tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in written.split(",") if _is_key(key)))


def _uuid(written: str) -> str:
    try:
        return str(uuid.UUID(written))
    except ValueError:
        return str(uuid.uuid4())


def is_date(key: str) -> bool:
    """True if the question has boxes for a date."""
    return question_of(key).kind is Kind.BIRTH
