"""How near a question is to each thing we could say: by its words (BM25) and by its meaning (sentence vectors)."""
from __future__ import annotations

import logging
import math
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

import bm25s
import numpy as np
import numpy.typing as npt

from bot.library.passages import bare, pieces
from bot.library.spelling import Spelling
from bot.library.vectors import Encodes, vectors_of
from bot.library.words import keywords, written_out

# Fitted on tests/library/calibration.yml, questions.yml and the guidance's own ways of asking, each left out in turn
# (`python -m tests.measure.fit_search`); never on tests/library/unseen, which measures them.
PHRASING, NEAREST_THREE, SENTENCE, WORDS, FIGURES = 0.23, 0.35, 0.29, 0.30, 0.07
SAME_WORDS = 0.5  # the question is one of the ways of asking, letter for letter: a button was pressed
WORDS_ALONE, HEADING_ALONE = 0.85, 0.15
_K1, _B = 0.8, 0.5
MOST_AT_ONCE = 12_000  # more texts than these are encoded while words alone answer: nobody waits minutes for a start
_NOTHING = -2.0        # below any likeness
_LEAST_WEIGHT = 6.0  # a question of one common word ("time") must not count as wholly understood
_HOW_MANY = re.compile(r"\b(?:how (?:many|much|often|big|common)|(?<!phone )numbers? of|figures?|statistics|rates?|percentage"
                       r"|per ?cent|proportion|amount|total)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:-\d\d)?\b")
_FIGURE = re.compile(r"(?<![\w-])\d[\d,.]*")
Scores = npt.NDArray[np.floating[Any]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One thing we could say, as the search sees it. ``text`` is empty for a topic that we do not hold."""

    asked_as: Tuple[str, ...]
    heading: str = ""
    text: str = ""
    title: str = ""


class Index:
    """Scores every entry for a question, between 0 and about 1. Works on words alone if there is no encoder."""

    def __init__(self, entries: Sequence[Entry], encoder: Optional[Encodes] = None) -> None:
        self._size = len(entries)
        bags = [keywords(" ".join([e.heading, e.heading, e.title, *e.asked_as, e.text])) for e in entries]
        self._bags = [set(bag) for bag in bags]
        self._sentences = [[bare(piece) for piece in pieces(entry.text)] for entry in entries]
        self._same = {_plain(phrase): n for n, entry in enumerate(entries) for phrase in entry.asked_as}
        self._words = bm25s.BM25(k1=_K1, b=_B)
        self._words.index(bags, show_progress=False)
        self._seen_in = Counter(word for bag in bags for word in set(bag))
        self._headings = [set(keywords(entry.heading)) for entry in entries]
        self._in_headings: Dict[str, List[int]] = {}
        for n, heading in enumerate(self._headings):
            for word in heading:
                self._in_headings.setdefault(word, []).append(n)
        self._figures = np.array([min(4, len(_FIGURE.findall(_YEARS.sub("", e.text)))) / 4 for e in entries])
        self._spelling = Spelling(text for e in entries for text in (e.heading, e.text, *e.asked_as))
        self._last: Optional[Tuple[str, npt.NDArray[np.float32]]] = None
        self._encoder: Optional[Encodes] = None
        if encoder is not None and sum(len(e.asked_as) + len(s) for e, s in zip(entries, self._sentences, strict=True)) > MOST_AT_ONCE:
            threading.Thread(target=self._try_to_learn, args=(entries, encoder), name="guidance-vectors", daemon=True).start()
        elif encoder is not None:
            self._try_to_learn(entries, encoder)

    def _try_to_learn(self, entries: Sequence[Entry], encoder: Encodes) -> None:
        try:
            self._learn_meanings(entries, encoder)
        except Exception as error:  # words alone still answer most questions
            log.warning("guidance_without_vectors error=%s", type(error).__name__)

    def _learn_meanings(self, entries: Sequence[Entry], encoder: Encodes) -> None:
        """Encode every way of asking and every sentence; a topic that we do not hold has only ways of asking."""
        texts: List[str] = []
        asked: List[range] = []
        told: List[range] = []
        for entry, sentences in zip(entries, self._sentences, strict=True):
            start = len(texts)
            texts += [written_out(phrase) for phrase in entry.asked_as]
            asked.append(range(start, len(texts)))
            start = len(texts) if sentences else start
            texts += [written_out(f"{entry.heading}: {sentence}") for sentence in sentences]
            told.append(range(start, len(texts)))
        self._vectors = vectors_of(texts, encoder)
        self._told = told
        self._asked_rows, self._told_rows = _table(asked, len(texts)), _table(told, len(texts))
        self._encoder = encoder

    def scores(self, question: str) -> Scores:
        """Return one score an entry."""
        same = self._same.get(_plain(question))
        question = self._spelling.mend(question)
        words, meaning = self._by_words(question), self._by_meaning(question)
        wants_figure = _HOW_MANY.search(question) is not None
        scores: Scores = (WORDS_ALONE * words + HEADING_ALONE * self._by_headings(question) if meaning is None else
                          meaning + WORDS * words + FIGURES * wants_figure * self._figures)
        if same is not None:
            scores[same] += SAME_WORDS
        return scores

    def likeness(self, question: str, entry: int) -> List[float]:
        """How near each sentence of an entry's text is to the question; by shared words if there is no encoder."""
        sentences = self._sentences[entry]
        if self._encoder is not None:
            try:
                near = self._vectors[self._told[entry]] @ self._vector(written_out(question), self._encoder)
                return [float(value) for value in near]
            except Exception as error:
                log.error("guidance_question_not_encoded error=%s", type(error).__name__)
                self._encoder = None
        asked = set(keywords(question))
        return [float(len(asked & set(keywords(sentence)))) for sentence in sentences]

    def knows(self, entry: int) -> Set[str]:
        """The stems of everything that stands in an entry or asks for it."""
        return self._bags[entry]

    def shares(self, question: str, one: int, other: int) -> float:
        """How much of the words that a question and one entry share stands in another entry too, from 0 to 1."""
        shared = set(keywords(self._spelling.mend(question))) & self._bags[one]
        return self._weight(shared & self._bags[other]) / (self._weight(shared) or 1.0)

    def knows_of(self, question: str, entry: int) -> float:
        """How much of the question's words stands in an entry, from 0 to 1; a rare word counts more."""
        asked = set(keywords(self._spelling.mend(question)))
        return self._weight(asked & self._bags[entry]) / (self._weight(asked) or 1.0)

    @property
    def by_words_only(self) -> bool:
        """Whether scores come from words alone."""
        return self._encoder is None

    def _by_words(self, question: str) -> Scores:
        asked = list(dict.fromkeys(keywords(question)))
        known = [word for word in asked if word in self._seen_in]
        found = np.asarray(self._words.get_scores(known)) if known else np.zeros(self._size)
        scores: Scores = found / max(self._weight(asked), _LEAST_WEIGHT)
        return scores

    def _by_headings(self, question: str) -> Scores:
        asked = set(keywords(question))
        scores = np.zeros(self._size)
        for n in {n for word in asked for n in self._in_headings.get(word, ())}:
            scores[n] = self._weight(self._headings[n] & asked) / (self._weight(self._headings[n] | asked) or 1.0)
        return scores

    def _by_meaning(self, question: str) -> Optional[Scores]:
        encoder = self._encoder
        if encoder is None:
            return None
        try:
            near = self._vectors @ self._vector(written_out(question), encoder)
        except Exception as error:
            log.error("guidance_question_not_encoded error=%s", type(error).__name__)
            self._encoder = None
            return None
        asked = np.append(near, _NOTHING)[self._asked_rows]
        nearest = np.sort(asked, axis=1)[:, ::-1][:, :3]
        counted = np.maximum((nearest > _NOTHING).sum(axis=1), 1)
        three = np.where(nearest > _NOTHING, nearest, 0.0).sum(axis=1) / counted
        told = np.append(near, _NOTHING)[self._told_rows].max(axis=1)
        scores: Scores = PHRASING * nearest[:, 0] + NEAREST_THREE * three + SENTENCE * told
        return scores

    def _vector(self, text: str, encoder: Encodes) -> "npt.NDArray[np.float32]":
        """The vector of a question. The last one is kept: one question is looked up more than once."""
        if self._last is None or self._last[0] != text:
            self._last = (text, encoder.encode(text))
        return self._last[1]

    def _weight(self, words: "Sequence[str] | Set[str]") -> float:
        """How much these words tell: a rare word tells more."""
        return sum(math.log(1 + (self._size - self._seen_in[w] + 0.5) / (self._seen_in[w] + 0.5)) for w in words)


def _table(rows: Sequence[range], nothing: int) -> "npt.NDArray[np.int64]":
    """Rows of unequal length as one table; ``nothing`` fills it up."""
    table = np.full((len(rows), max((len(row) for row in rows), default=1)), nothing, dtype=np.int64)
    for n, row in enumerate(rows):
        table[n, :len(row)] = row
    return table


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))
