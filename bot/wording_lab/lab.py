"""The lab's parts, made once for the desk."""
from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Sequence

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.engine import Engine

from bot.guidance_files import GuidanceError
from bot.safety.net import load_net
from bot.wishes import load_wishes
from bot.wording.said import fingerprint
from bot.wording_lab.answers import Answers
from bot.wording_lab.meetings import Meeting, Meetings
from bot.wording_lab.plan import Plan, load_plan, make_walk, wish_of_the_month
from bot.wording_lab.suggestions import Suggestions
from bot.wording_lab.tally import publish
from bot.wording_lab.walks import Walks
from bot.wording_lab.wording_files import texts_by_id
from bot.words import Words

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lab:
    """Meetings, what is said in them, and what becomes of it."""

    plan: Plan
    meetings: Meetings
    answers: Answers
    suggestions: Suggestions
    walks: Walks
    _wrong: MemoryStorage = field(default_factory=MemoryStorage)

    @classmethod
    def build(cls, engine: Engine, keys: Path, words: Words) -> "Lab":
        """Load the plan. Raises ``GuidanceError``."""
        return cls(load_plan(words), Meetings(engine), Answers(engine, keys), Suggestions(engine, keys), Walks(engine))

    def too_many_wrong(self, *, one_more: bool) -> bool:
        """True if too many wrong codes were tried within a minute, by everybody together: a group shares one address."""
        limit, limiter = parse(f"{self.plan.wrong_codes_a_minute}/minute"), MovingWindowRateLimiter(self._wrong)
        return not (limiter.hit(limit, "code") if one_more else limiter.test(limit, "code"))

    def all_walks(self) -> List[Dict[str, Any]]:
        """What a meeting can have: the walks of guidance/lab.yml, and those that workers made here and use."""
        own = [{"id": w.id, "title": w.title, "plays": w.plays, "questions": [(q["asks"], q["answers"]) for q in w.questions]}
               for w in reversed(self.walks.all()) if w.state == "used"]
        return [*self.plan.walks, *own]

    def begin(self, walk_ids: Sequence[str], words: Words, who: str, now: datetime, chat_url: str) -> Meeting:
        """Play the chosen walks and open a meeting with them."""
        threading.Thread(target=load_net, daemon=True).start()      # so that the first comment does not wait for it
        texts = texts_by_id()
        asked = [s for s in self.suggestions.asked() if s.said in texts]
        walks: List[Dict[str, Any]] = []
        for walk in (w for w in self.all_walks() if w["id"] in walk_ids):
            made = make_walk(walk, words, texts, now, chat_url)
            shown = {step["said"] for step in made["steps"]}
            made["wish"] = wish_of_the_month(now)
            made["compares"] = [{"id": s.id, "said": s.said, "mark": fingerprint(s.final),
                                 "old": words.fill_known(texts[s.said].text, now), "new": words.fill_known(s.final, now)}
                                for s in asked if s.said in shown]
            walks.append(made)
        return self.meetings.make(walks, who, now, self.plan.meeting_hours)

    def end(self, meeting_id: str, who: str, now: datetime) -> None:
        """Close the door, and give the votes to the words check. If their file cannot be written, they wait in the database."""
        self.meetings.end(meeting_id, who, now)
        self.publish_votes()

    def publish_votes(self) -> None:
        """Write the counts of all meetings where the words check reads them, if that is possible."""
        try:
            publish(self.meetings.engine)
        except (OSError, GuidanceError) as problem:
            log.error("lab_votes_not_written error=%s", type(problem).__name__)

    @staticmethod
    def wishes() -> List[Dict[str, str]]:
        """The Ten Wishes, word for word."""
        return [{"id": wish.id, "words": wish.wish} for wish in load_wishes().all]
