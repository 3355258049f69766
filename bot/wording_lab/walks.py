"""Walks that a group's worker makes at the desk: what somebody types and what the chat really says to it, or messages chosen from the list."""
from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.desk.record import write_event
from bot.handoff.database import reading, utc
from bot.wording.check import findings_in
from bot.wording.said import Said, is_label, text_of
from bot.wording_lab.plan import play
from bot.wording_lab.tables import walks
from bot.wording_lab.text_in_file import CannotChange
from bot.words import Words

LONGEST_TITLE, LONGEST_LINE, LONGEST_ANSWER = 80, 300, 120
MOST_STEPS, QUESTIONS, ANSWERS, MOST_FOUND = 12, 2, 3, 12


@dataclass(frozen=True)
class OwnWalk:
    """``state``: draft · used (a meeting can have it) · retired. ``plays`` hold ``you`` and what was ``heard``, or the id of a ``text``;
    ``questions`` hold ``asks`` and ``answers``, the right one first."""

    id: str
    title: str
    state: str
    plays: Tuple[Dict[str, Any], ...]
    questions: Tuple[Dict[str, Any], ...]
    made_by: str
    version: int

    def missing(self) -> List[str]:
        """What it needs before a group can have it."""
        return [*([] if self.plays else ["Add a message."]), *([] if len(self.questions) == QUESTIONS else [f"Write {QUESTIONS} questions."])]


class Walks:
    """Made, changed, used and retired; each step is written down with who did it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> Tuple[OwnWalk, ...]:
        """Every walk that was made here, the newest first."""
        with reading(self.engine).begin() as db:
            return tuple(_walk(row) for row in db.execute(sa.select(walks).order_by(walks.c.made_at.desc())))

    def find(self, walk_id: str) -> Optional[OwnWalk]:
        """One of them, or None."""
        with reading(self.engine).begin() as db:
            row = db.execute(sa.select(walks).where(walks.c.id == walk_id)).first()
        return _walk(row) if row else None

    def make(self, title: str, who: str, now: datetime) -> str:
        """Begin a draft. Returns its id. Raises ``CannotChange``."""
        title, made = _readable(title, LONGEST_TITLE, "the title"), str(uuid.uuid4())
        with self.engine.begin() as db:
            db.execute(walks.insert().values(id=made, title=title, state="draft", plays="[]", questions="[]", made_by=who, made_at=utc(now),
                                             version=1))
            write_event(db, "a lab walk was made", who, made, now)
        return made

    def hear(self, walk: OwnWalk, you: str, chat_url: str, who: str, now: datetime) -> None:
        """Add what somebody types, and what the running chat says to it after all that was typed before. Raises ``CannotChange``."""
        you = " ".join(you.split())
        if not 0 < len(you) <= LONGEST_LINE:
            raise CannotChange(f"Write what somebody types, in {LONGEST_LINE} letters at most.")
        plays = _heard([*walk.plays, {"you": you}], chat_url)
        if plays is None:
            raise CannotChange("The chat does not answer, so nothing was added. Start it, or choose a message from the list below.")
        self._keep_plays(walk, plays, "added to", who, now)

    def choose(self, walk: OwnWalk, text: Optional[Said], who: str, now: datetime) -> None:
        """Add one of our messages. Raises ``CannotChange``."""
        if text is None:
            raise CannotChange("This message is no longer in the list. Choose another.")
        self._keep_plays(walk, [*walk.plays, {"you": "", "text": text.id}], "added to", who, now)

    def take_out(self, walk: OwnWalk, place: str, chat_url: str, who: str, now: datetime) -> None:
        """Take a step out; what is typed after it is heard again, if the chat answers. Raises ``CannotChange``."""
        if not (place.isascii() and place.isdigit() and int(place[:4]) < len(walk.plays)):
            raise CannotChange("This step is not there any more. Look at the walk again.")
        left = [one for n, one in enumerate(walk.plays) if n != int(place[:4])]
        self._keep_plays(walk, _heard(left, chat_url) or left, "taken from", who, now)

    def ask(self, walk: OwnWalk, asked: Sequence[Tuple[str, Sequence[str]]], words: Words, who: str, now: datetime) -> None:
        """Keep the two questions, each with its answers, the right one first. Numbers follow contacts.yml. Raises ``CannotChange``."""
        questions: List[Dict[str, Any]] = []
        for n, (asks, answers) in enumerate(asked, 1):
            read = [_readable(answer, LONGEST_ANSWER, f"an answer to question {n}", words, may_be_empty=True) for answer in answers]
            given = [answer for answer in read if answer]
            if len(given) < 2 or len(set(given)) < len(given):
                raise CannotChange(f"Question {n} needs a right answer and one more that is different.")
            questions.append({"asks": _readable(asks, LONGEST_LINE, f"question {n}", words), "answers": given})
        self._keep(walk, "the questions of a lab walk were written", who, now, questions=json.dumps(questions))

    def move(self, walk: OwnWalk, state: str, who: str, now: datetime) -> None:
        """Use it in meetings, change it again, or retire it. Raises ``CannotChange``."""
        if state == "used" and walk.missing():
            raise CannotChange(f"It is not ready. {' '.join(walk.missing())}")
        self._keep(walk, f"a lab walk is now {state}", who, now, state=state)

    def _keep_plays(self, walk: OwnWalk, plays: Sequence[Mapping[str, Any]], what: str, who: str, now: datetime) -> None:
        if len(plays) > MOST_STEPS:
            raise CannotChange(f"A walk has {MOST_STEPS} steps at most: people get tired. Take one out first.")
        self._keep(walk, f"a message was {what} a lab walk", who, now, plays=json.dumps(list(plays)))

    def _keep(self, walk: OwnWalk, what: str, who: str, now: datetime, **values: Any) -> None:
        if walk.state != "draft" and "state" not in values:
            raise CannotChange("Choose “Change it” first. Until then groups read it as it is.")
        with self.engine.begin() as db:
            done = db.execute(walks.update().where(walks.c.id == walk.id, walks.c.version == walk.version).values(version=walk.version + 1, **values))
            if done.rowcount != 1:
                raise CannotChange("Somebody changed this walk just now. Look at it again.")
            write_event(db, what, who, walk.id, now)


def found_in(texts: Mapping[str, Said], asked: str) -> List[Said]:
    """Messages that hold every word that was asked for, in the words or in the key; the shortest first."""
    wanted = asked.lower().split()
    found = [s for s in texts.values() if wanted and s.kind == "message" and all(w in f"{s.text} {s.id}".lower() for w in wanted)]
    return sorted(found, key=lambda s: len(s.text))[:MOST_FOUND]


def numbers_by_name(text: str, facts: Mapping[str, str]) -> str:
    """A text in which each number of contacts.yml is its {name}, so that it follows when the number changes."""
    for name, value in sorted(facts.items(), key=lambda fact: -len(fact[1])):
        if value[:1].isdigit():
            text = text.replace(value, f"{{{name}}}")
    return text


def _heard(plays: Sequence[Mapping[str, Any]], chat_url: str) -> Optional[List[Dict[str, Any]]]:
    """The steps, each line heard anew in one conversation; None if the chat does not answer."""
    typed = [one["you"] for one in plays if not one.get("text")]
    said = iter(play(typed, chat_url) or []) if typed else iter([])
    try:
        return [dict(one) if one.get("text") else {"you": one["you"], "heard": next(said)} for one in plays]
    except StopIteration:
        return None


def _readable(text: str, longest: int, what: str, words: Optional[Words] = None, *, may_be_empty: bool = False) -> str:
    """A text of the worker's that young people can read. Raises ``CannotChange`` with what to mend."""
    text = numbers_by_name(" ".join(text.split()), words.facts if words else {})
    if not text and may_be_empty:
        return ""
    if not 0 < len(text) <= longest:
        raise CannotChange(f"Write {what}, in {longest} letters at most.")
    said = text_of(Path(), what, what, "", text, 0, (), "child", "label" if is_label(text) else "message")
    wrong = [f for f in findings_in(said) if f.fails]
    if wrong:
        raise CannotChange(" ".join(f"{what[0].upper()}{what[1:]} {f.problem}. Mend: {f.mend}." for f in wrong[:2]))
    unknown = words.unknown_in(text) if words else []
    if unknown:
        raise CannotChange(f"Take the brackets off {', '.join(unknown)}: there is no such name.")
    return text


def _walk(row: Any) -> OwnWalk:
    return OwnWalk(row.id, row.title, row.state, tuple(json.loads(row.plays)), tuple(json.loads(row.questions)), row.made_by, row.version)
