"""Find the answer to a question in the guidance, or say honestly that we do not hold it."""
from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import List, Optional, Sequence, Set, Tuple, Union

import numpy as np

from bot.library.answers import Answer, Citation, NotHeld
from bot.library.documents import AREAS, HOME, Document, Section, load_documents
from bot.library.index import Entry, Index
from bot.library.not_held import Topic, load_not_held
from bot.library.vectors import Encodes
from bot.understanding.encoder import EncoderUnavailable, shared_encoder

# A wrong answer costs more than "I do not hold that": see tests/library/calibration.yml for how these were set.
ENOUGH, ENOUGH_BY_WORDS = 0.34, 0.34
ELSEWHERE_MUST_LEAD_BY = 0.12
NOT_HELD_GAINS = 0.04
_YEAR = re.compile(r"\b(20\d\d)(?:\s*(?:-|–|/|to)\s*(\d\d(?:\d\d)?))?\b")
_OUR_NAMES = re.compile(r"devon (?:and|&) cornwall|nhs devon|young devon|devon (?:and|&) somerset", re.IGNORECASE)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Candidate:
    document: Document
    section: Section

    def names(self, words: str) -> bool:
        """Whether the section, or its document, names this."""
        d, s = self.document, self.section
        return re.search(rf"\b{re.escape(words)}\b", f"{s.heading} {s.text} {d.title} {d.period} {d.published}", re.I) is not None

    def years(self) -> Set[int]:
        return _years(f"{self.document.period} {self.document.published} {self.document.source} {self.section.text}")


class Library:
    """The guidance. Ask it a question with ``answer``."""

    def __init__(self, documents: Sequence[Document], not_held: Sequence[Topic], encoder: Optional[Encodes] = None) -> None:
        self._sections = [_Candidate(document, section) for document in documents for section in document.sections]
        self._topics = list(not_held)
        self._index = Index(
            [Entry(c.section.asked_as, c.section.heading, c.section.text, c.document.title) for c in self._sections]
            + [Entry(topic.asked_as) for topic in self._topics], encoder)

    def answer(self, question: str, at_least: float = 0.0) -> Union[Answer, NotHeld, None]:
        """Return a section with its citation, or that we know what is asked and do not hold it, or None if the
        question looks like nothing that we know (or scores below ``at_least``, for a caller that has something else
        to say). Another area's section never stands for Plymouth."""
        best, score = self._best(question)
        if score < at_least or score < (ENOUGH_BY_WORDS if self._index.by_words_only else ENOUGH):
            return None
        if isinstance(best, Topic):
            return NotHeld(best.says, best.id)
        missing = self._not_covered(question, best)
        if missing is not None:
            return NotHeld(missing.says, missing.id)
        document, section = best.document, best.section
        return Answer(section.text, (Citation(document.source, section.source_heading, document.published, document.area,
                                              f"{document.id}#{section.id}"),))

    def _best(self, question: str) -> Tuple[Union[_Candidate, Topic], float]:
        scores = self._index.scores(question)
        scores[len(self._sections):] += NOT_HELD_GAINS
        areas = np.array([c.document.area for c in self._sections] + [""] * len(self._topics))
        named = [area for area in AREAS if area.lower() in question.lower()]
        if len(named) == 1:
            scores[(areas != named[0]) & (areas != "")] = -1.0
        elif not named:
            scores[(areas != HOME) & (areas != "")] -= ELSEWHERE_MUST_LEAD_BY
        first = int(scores.argmax())
        everything: List[Union[_Candidate, Topic]] = [*self._sections, *self._topics]
        return everything[first], float(scores[first])

    def _not_covered(self, question: str, best: _Candidate) -> Optional[Topic]:
        """The topic to name if the question asks about a year or a place that the section does not cover."""
        years = _years(question)
        for topic in self._topics:
            if topic.after_year and years and max(years) > topic.after_year and not years & best.years():
                return topic
            words = _OUR_NAMES.sub("", question)
            for place in topic.places:
                if re.search(rf"\b{re.escape(place)}\b", words, re.IGNORECASE) and not best.names(place):
                    return topic
        return None


def open_library() -> Library:
    """The library with the project's guidance. Raises ``GuidanceError``; without the encoder it searches by words."""
    documents, not_held = load_documents(), load_not_held()
    try:
        return Library(documents, not_held, shared_encoder())
    except EncoderUnavailable as error:
        log.warning("guidance_without_encoder error=%s", error)
        return Library(documents, not_held)


def _years(text: str) -> Set[int]:
    """Every year that the text names; "2021-22" names two."""
    found: Set[int] = set()
    for first, second in _YEAR.findall(text):
        found.add(int(first))
        if second:
            found.add(int(second) if len(second) == 4 else int(first[:2] + second))
    return found
