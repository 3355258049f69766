"""What the group says: taps are counted, words are heard by the safety net first, sealed, and kept once however often they are sent."""
from __future__ import annotations

import hashlib
import logging
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from bot.comments import without_details
from bot.contacts.hours import london
from bot.handoff.database import reading, utc
from bot.handoff.quiet import place_of
from bot.handoff.sealing import read_public, seal
from bot.safety.net import load_net, urgent_key
from bot.wording_lab.meetings import Meeting, Seat
from bot.wording_lab.tables import flags, texts, votes

log = logging.getLogger(__name__)
LONGEST = 1000
MOST_AT_ONCE = 100
FEELINGS = ("kind", "cold", "scary", "bossy")
WORDS_KINDS = ("suggest", "task")
_CHOICES: Mapping[str, Tuple[str, ...]] = {"clear": ("yes", "no"), "prefer": ("first", "second", "same"), "wish": ("yes", "no", "unsure")}


class NotAnAnswer(Exception):
    """What was sent is no answer that the page can give."""


@dataclass(frozen=True)
class Heard:
    """The key of the words that answer what the net heard."""

    key: str


def listen(text: str) -> Optional[Heard]:
    """What the safety net hears in somebody's words. If it cannot listen, a person must: the help lines are shown and the worker is told."""
    try:
        check = load_net().check(text)
        load_net().forget()
    except Exception as error:
        log.error("lab_net_broke error=%s at=%s", type(error).__name__, place_of(error))
        return Heard("help_lines")
    urgent = urgent_key(check)
    if urgent:
        return Heard(urgent[0])
    first = check.findings.first
    return Heard(f"utter_{first.kind.value}") if first else None


class Answers:
    """Keeps and counts."""

    def __init__(self, engine: Engine, keys: Path, listens: Callable[[str], Optional[Heard]] = listen) -> None:
        self.engine, self._keys, self._listens = engine, keys, listens

    def keep(self, seat: Seat, given: List[Any], now: datetime) -> Tuple[List[str], List[Heard]]:
        """Keep answers, each once. Returns their ids, all of which are on disk now, and what was heard. Raises ``NotAnAnswer``."""
        if len(given) > MOST_AT_ONCE:
            raise NotAnAnswer
        rows = [_checked(seat.meeting, one) for one in given]
        heard: Dict[str, Heard] = {}
        for row in rows:
            if row["kind"] in WORDS_KINDS and (found := self._listens(row["value"])):
                heard[row["id"]] = found
        with self.engine.begin() as db:
            insert = (postgresql if db.dialect.name == "postgresql" else sqlite).insert
            for row in rows:
                if row["kind"] not in WORDS_KINDS:
                    db.execute(insert(votes).values(**{k: v for k, v in row.items() if k != "said"}, seat=seat.seat, meeting=seat.meeting.id)
                               .on_conflict_do_nothing())
                    continue
                words: Dict[str, Any] = {k: v for k, v in row.items() if k != "value"}
                words["sealed"] = seal(read_public(self._keys), without_details(row["value"]).encode())
                flagged = row["id"] in heard
                db.execute(insert(texts).values(**words, seat=seat.seat, meeting=seat.meeting.id, day=london(now).date(),
                                                state="flagged" if flagged else "open").on_conflict_do_nothing())
                if flagged:
                    db.execute(insert(flags).values(id=row["id"], meeting=seat.meeting.id, at=utc(now), heard=heard[row["id"]].key)
                               .on_conflict_do_nothing())
        return [row["id"] for row in rows], list(heard.values())

    def results(self, meeting: Meeting) -> List[Dict[str, Any]]:
        """Counts for each walk: the last vote of each seat, and who cannot be told."""
        last = self._last_votes(meeting.id)
        return [_counted(walk, [v for v in last if v[0] == walk["id"]]) for walk in meeting.walks]

    def preferences(self, suggestion: str) -> Counter:
        """How often the group liked the old or the new words better, in every meeting that compared them."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(votes.c.seat, votes.c.value).where(votes.c.kind == "prefer", votes.c.about == suggestion)
                              .order_by(votes.c.number)).all()
        last = {r.seat: r.value for r in rows}
        return Counter(liked(seat, suggestion, value) for seat, value in last.items())

    def _last_votes(self, meeting: str) -> List[Tuple[str, str, str, str]]:
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(votes).where(votes.c.meeting == meeting).order_by(votes.c.number)).all()
        last = {(r.seat, r.walk, r.kind, r.about): r.value for r in rows}
        return [(walk, kind, about, value) for (_, walk, kind, about), value in last.items()]


def order(seat: str, suggestion: str) -> Tuple[str, str]:
    """Which of the two wordings this seat reads first: as good as tossed, and the same each time."""
    return ("old", "new") if hashlib.sha256(f"{seat}:{suggestion}".encode()).digest()[0] % 2 else ("new", "old")


def liked(seat: str, suggestion: str, value: str) -> str:
    """Which words a seat liked better: old, new or same. A vote that was parted from its seat says so itself."""
    return order(seat, suggestion)[("first", "second").index(value)] if value in ("first", "second") else value


def _checked(meeting: Meeting, one: Any) -> Dict[str, str]:
    try:
        row = {"id": str(uuid.UUID(one["id"])), **{k: one[k] for k in ("walk", "kind", "about", "value")}}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotAnAnswer from None
    walk = meeting.walk(row["walk"]) if isinstance(row["walk"], str) else None
    if walk is None or not all(isinstance(v, str) for v in row.values()) or not _fits(walk, row["kind"], row["about"], row["value"]):
        raise NotAnAnswer
    row["value"] = " ".join(row["value"].split()) if row["kind"] in WORDS_KINDS else row["value"]
    row["said"] = walk["steps"][int(row["about"])]["said"] if row["kind"] == "suggest" else ""
    return row


def _fits(walk: Mapping[str, Any], kind: str, about: str, value: str) -> bool:
    step = _at(walk["steps"], about)
    if kind in WORDS_KINDS:
        return 0 < len(value.strip()) <= LONGEST and (step is not None if kind == "suggest" else about == walk["wish"]["id"])
    if kind == "clear":
        return step is not None and value in _CHOICES["clear"]
    if kind == "feel":
        return step is not None and set(filter(None, value.split(","))) <= set(FEELINGS)
    if kind == "hard":
        return step is not None and len(value) <= 200 and all(_at(step["text"].split(), n) is not None for n in filter(None, value.split(",")))
    if kind == "prefer":
        return value in _CHOICES["prefer"] and any(pair["id"] == about for pair in walk["compares"])
    if kind == "wish":
        return value in _CHOICES["wish"] and len(about) <= 40 and about.isidentifier()
    if kind == "understood":
        question = _at(walk["questions"], about)
        return question is not None and _at(question["answers"], value) is not None
    return False


def _at(items: Any, place: str) -> Any:
    return items[int(place)] if place.isascii() and place.isdigit() and len(place) < 5 and int(place) < len(items) else None


def _counted(walk: Mapping[str, Any], last: Iterable[Tuple[str, str, str, str]]) -> Dict[str, Any]:
    tally: Dict[Tuple[str, str], Counter] = {}
    for _, kind, about, value in last:
        values = value.split(",") if kind in ("feel", "hard") else [value]
        tally.setdefault((kind, about), Counter()).update(v for v in values if v)
    steps = []
    for n, step in enumerate(walk["steps"]):
        words = step["text"].split()
        hard = tally.get(("hard", str(n)), Counter())
        steps.append({**step, "clear": tally.get(("clear", str(n)), Counter()), "feel": tally.get(("feel", str(n)), Counter()),
                      "hard": [(words[int(place)].strip(".,:;?!"), many) for place, many in hard.most_common(8)]})
    questions = [{**q, "right": tally.get(("understood", str(n)), Counter())["0"],
                  "asked": sum(tally.get(("understood", str(n)), Counter()).values())} for n, q in enumerate(walk["questions"])]
    wishes = {about: count for (kind, about), count in tally.items() if kind == "wish"}
    return {**walk, "steps": steps, "questions": questions, "wishes": wishes}
