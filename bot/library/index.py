"""What speaks for each thing that we could say: its words (BM25), its meaning (sentence vectors) and the questions known to be asked of it."""
from __future__ import annotations

import logging
import math
import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

import bm25s
import numpy as np
import numpy.typing as npt

from bot.library.manner import Manner
from bot.library.meaning import Meaning
from bot.library.passages import bare, pieces
from bot.library.questions import plain
from bot.library.spelling import Spelling
from bot.library.words import keywords, written_out
from bot.understanding.vectors import Encodes, unknown_of

_K1, _B = 0.8, 0.5
AT_ONCE = 600  # more new texts than these are encoded while words alone answer: nobody waits for a start
_LEAST_WEIGHT = 6.0  # a question of one common word ("time") must not count as wholly understood
_BY_WORDS, _BY_KNOWN, _BY_HEADING = 0.45, 0.40, 0.15
_SPELT_OFTEN = 4  # a word of this many questions is a word; fewer may have the same slip
_TYPED = re.compile(r"[a-z']+")
Scores = npt.NDArray[np.floating[Any]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One thing we could say, as the search sees it. ``text`` is empty for a topic that we do not hold."""

    asked_as: Tuple[str, ...]
    heading: str = ""
    text: str = ""
    title: str = ""
    untold: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Signs that a question is asked of each entry (one number an entry), and of the question itself.

    ``told``, ``second``, ``untold``: likeness to the best and the second question that the entry tells, and to the best that it does
    not; ``near``: the best of all; ``belongs``: how a linear reading of the question's vector places it; ``sentence``: likeness to the
    nearest sentence; ``words``: BM25; ``known``, ``in_text``: share of the question's words, rare ones first, that the entry or its
    text alone knows. ``untold_anywhere``: likeness to the best question that nothing tells; ``manner``, ``manner_meaning``: how much
    its words, and its vector, are those of questions that are told (above 0) or not (below)."""

    told: Scores
    second: Scores
    untold: Scores
    near: Scores
    belongs: Scores
    sentence: Scores
    words: Scores
    known: Scores
    in_text: Scores
    untold_anywhere: float
    manner: float
    manner_meaning: float


class Index:
    """Finds the evidence. Works on words alone if there is no encoder, or while it reads."""

    def __init__(self, entries: Sequence[Entry], encoder: Optional[Encodes] = None) -> None:
        self._size = len(entries)
        self._entries = entries
        texts = [keywords(" ".join([e.heading, e.heading, e.title, e.text])) for e in entries]
        self._in_text = [set(bag) for bag in texts]
        self._bags = [set(bag) | set(keywords("\n".join(e.asked_as))) for bag, e in zip(texts, entries, strict=True)]
        self._sentences = [[bare(piece) for piece in pieces(entry.text)] for entry in entries]
        self._same = {plain(phrase): n for n, entry in enumerate(entries) for phrase in entry.asked_as}
        self._words = bm25s.BM25(k1=_K1, b=_B)
        self._words.index([bag or [""] for bag in texts], show_progress=False)
        self._worded = {word for bag in self._in_text for word in bag}
        self._known_in, self._told_in = _postings(self._bags), _postings(self._in_text)
        self._weight_of = {word: self._rarity(len(rows)) for word, rows in self._known_in.items()}
        self._headings = [set(keywords(entry.heading)) for entry in entries]
        self._manner = Manner([(q, bool(e.text)) for e in entries for q in e.asked_as] + [(q, False) for e in entries for q in e.untold])
        often = Counter(word for e in entries for q in (*e.asked_as, *e.untold) for word in set(_TYPED.findall(q.lower())))
        self._spelling = Spelling([*(t for e in entries for t in (e.heading, e.text)), " ".join(w for w, n in often.items() if n >= _SPELT_OFTEN)])
        self._meaning: Optional[Meaning] = None
        self._failed = False   # the encoder, at the last question
        self._reading: Optional[threading.Thread] = None
        if encoder is not None and unknown_of(self._to_encode(), encoder) > AT_ONCE:
            self._reading = threading.Thread(target=self._try_to_learn, args=(encoder,), name="guidance-vectors", daemon=True)
            self._reading.start()
        elif encoder is not None:
            self._try_to_learn(encoder)

    def _to_encode(self) -> List[str]:
        return Meaning.texts(self._entries, self._sentences)

    def _try_to_learn(self, encoder: Encodes) -> None:
        try:
            self._meaning = Meaning(self._entries, self._sentences, encoder)
        except Exception as error:  # words alone still answer most questions
            log.warning("guidance_without_vectors error=%s", type(error).__name__)

    @property
    def by_words_only(self) -> bool:
        """Whether only words are compared: there are no vectors, or the last question could not be encoded. The next one is tried again."""
        return self._meaning is None or self._failed

    def wait(self) -> None:
        """Wait until the encoder has read everything, if it is reading."""
        if self._reading is not None:
            self._reading.join()

    def mended(self, question: str) -> str:
        """The question with its misspelt words mended."""
        return self._spelling.mend(question)

    def begin(self, question: str) -> None:
        """Begin to read a question, in another thread; ``evidence`` then has less to do."""
        if self._meaning is not None:
            self._meaning.encoder.begin(written_out(self._spelling.mend(question)))

    def evidence(self, question: str, without: Optional[int] = None) -> Optional[Evidence]:
        """The signs for a question; None if words alone can be compared. ``without``: the row of a known question that is left
        out, as if nobody had written it down (see ``asked``)."""
        meaning = self._meaning
        if meaning is None:
            return None
        mended = self._spelling.mend(question)
        read = written_out(mended)
        asked = list(dict.fromkeys(keywords(mended)))
        known, in_text, by_words = self._shares(asked, self._known_in), self._shares(asked, self._told_in), self._by_words(asked)
        left_out = None if without is None else meaning.asked[without][1:]
        manner = self._manner.of(mended, left_out)
        vector = self._encoded(meaning, read)
        if vector is None:
            return None
        near = meaning.of(vector, without)
        if without is not None:
            self._forget_own_words(known, asked, meaning.asked[without])
        return Evidence(near.told, near.second, near.untold, np.maximum(near.told, near.untold), near.belongs, near.sentence,
                        by_words, known, in_text, near.untold_anywhere, manner, near.manner)

    def same(self, question: str) -> Optional[int]:
        """The entry of which exactly this is asked: a button was pressed."""
        return self._same.get(plain(question))

    def asked(self) -> List[Tuple[int, bool, str]]:
        """Every known question: its entry, whether the entry is a section that tells it, and the words; in the order of their rows."""
        return list(self._meaning.asked) if self._meaning else []

    def scores_by_words(self, question: str) -> Scores:
        """One score an entry, between 0 and about 1, from words alone."""
        asked = list(dict.fromkeys(keywords(self._spelling.mend(question))))
        share = self._weight(asked) / max(self._weight(asked), _LEAST_WEIGHT)
        scores: Scores = (_BY_WORDS * self._by_words(asked) + _BY_KNOWN * share * self._shares(asked, self._known_in)
                          + _BY_HEADING * self._by_headings(set(asked)))
        return scores

    def likeness(self, question: str, entry: int) -> List[float]:
        """How near each sentence of an entry's text is to the question; by shared words if there is no encoder."""
        sentences = self._sentences[entry]
        meaning = self._meaning
        vector = self._encoded(meaning, written_out(self._spelling.mend(question))) if meaning is not None else None
        if meaning is not None and vector is not None:
            return meaning.of_sentences(vector, entry)
        asked = set(keywords(question))
        return [float(len(asked & set(keywords(sentence)))) for sentence in sentences]

    def knows(self, entry: int) -> Set[str]:
        """The stems of everything that stands in an entry or asks for it."""
        return self._bags[entry]

    def _encoded(self, meaning: Meaning, text: str) -> "Optional[npt.NDArray[np.float32]]":
        try:
            vector: "npt.NDArray[np.float32]" = meaning.encoder.encode(text)
        except Exception as error:  # words alone answer this one
            log.error("guidance_question_not_encoded error=%s", type(error).__name__)
            self._failed = True
            return None
        self._failed = False
        return vector

    def _by_words(self, asked: Sequence[str]) -> Scores:
        known = [word for word in asked if word in self._worded]
        found = np.asarray(self._words.get_scores(known)) if known else np.zeros(self._size)
        scores: Scores = found / max(self._weight(asked), _LEAST_WEIGHT)
        return scores

    def _by_headings(self, asked: Set[str]) -> Scores:
        return np.array([self._weight(h & asked) / (self._weight(h | asked) or 1.0) if h & asked else 0.0 for h in self._headings])

    def _shares(self, asked: Sequence[str], postings: Dict[str, "npt.NDArray[np.int64]"]) -> Scores:
        shares = np.zeros(self._size)
        for word in asked:
            if word in postings:
                shares[postings[word]] += self._weight_of[word]
        return shares / (self._weight(asked) or 1.0)

    def _forget_own_words(self, known: Scores, asked: Sequence[str], own: Tuple[int, bool, str]) -> None:
        entry, told, text = own
        others = self._in_text[entry].union(*(keywords(q) for q in self._entries[entry].asked_as if q != text))
        known[entry] -= self._weight([w for w in asked if w in self._bags[entry] and w not in others]) / (self._weight(asked) or 1.0)

    def _weight(self, words: "Sequence[str] | Set[str]") -> float:
        """How much these words tell: a rare word tells more."""
        return sum(self._weight_of.get(word, self._rarity(0)) for word in words)

    def _rarity(self, entries: int) -> float:
        return math.log(1 + (self._size - entries + 0.5) / (entries + 0.5))


def _postings(bags: Sequence[Set[str]]) -> Dict[str, "npt.NDArray[np.int64]"]:
    found: Dict[str, List[int]] = defaultdict(list)
    for n, bag in enumerate(bags):
        for word in bag:
            found[word].append(n)
    return {word: np.array(rows, dtype=np.int64) for word, rows in found.items()}
