"""Find the answer to a question in the guidance, or say honestly that we do not hold it."""
from __future__ import annotations

import functools
import logging
import re
from dataclasses import dataclass
from typing import List, Optional, Sequence, Set, Tuple, Union

import numpy as np
import numpy.typing as npt

from bot.library.ageing import Ageing, load_ageing
from bot.library.answers import Answer, Citation, NotHeld
from bot.library.asked import holds, stands_together
from bot.library.documents import AREAS, HOME, NATIONAL, Document, Section, load_documents
from bot.library.index import Entry, Evidence, Index
from bot.library.kinds import Kind, kind_of, kinds_of
from bot.library.not_held import Topic, load_not_held
from bot.library.passages import answering
from bot.library.untold import read_ahead, untold
from bot.library.weighing import Signs, Weights, load_weights, which_columns
from bot.library.words import without_denied_praise, without_who_asks
from bot.understanding.encoder import EncoderUnavailable, shared_encoder
from bot.understanding.vectors import Encodes

# A wrong answer costs more than "I do not hold that": docs/figures.md says how these were set.
ENOUGH, ENOUGH_BY_WORDS = 0.42, 0.38
NEAR_ENOUGH_TO_NAME = 0.38
ANSWERS = 0.17        # the chance from which a section is taken to hold the answer
SURE = 0.60           # and from which it is said without a doubt: one in six of the right answers is below, and half of those beside the point
ANSWERS_ALL_THE_SAME = 0.45  # and one that seems to say itself that it does not
REACH = 0.10          # how far below the best a section may stand and still answer, if the best does not hold the fact
CLOSE = 0.06          # a second this close is given too
OFFERED = 0.12        # and these are offered
ELSEWHERE_MUST_LEAD_BY = 0.20
BESIDE_GAINS = 0.10   # the document that was spoken of just before
NOT_HELD_GAINS = -0.04  # a section of the same score goes first: it is checked for the fact, a topic is not
SAME_QUESTION = 0.5   # the question is one that is known, word for word: a button was pressed
READ_AHEAD = 1000     # sections whose stems are found at the start, not at the first question that meets them
NOT_SAID = "not-said"
UNTOLD = "untold"
TO_REACH = ("phone", "email", "opening")  # no document says how to reach another city's services
_WHAT_TO_DO = re.compile(r"\bwhat (?:do|should|must|can|would) (?:i|we|you|staff|one)\b.{0,12}\bdo\b|\bwhat now\b|\bnext steps?\b|\bwhat to do\b"
                         r"|\bthe (?:process|procedure)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)(?:\s*(?:-|–|/|to)\s*(\d\d(?:\d\d)?))?\b")
_FINANCIAL_YEAR = re.compile(r"(?<![\d/£-])(?:20)?(\d\d)\s?[-–/]\s?(?:20)?(\d\d)(?![\d/-])")
_LINK = re.compile(r"www\.|https?:")
_TOKEN = re.compile(r"[a-z0-9]+")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][A-Za-z]*")  # a capital inside a sentence: Child G, ICON, Fratton
_OUR_NAMES = re.compile(r"devon (?:and|&) cornwall|nhs devon|young devon|devon (?:and|&) somerset", re.IGNORECASE)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """A section and the document it stands in."""

    document: Document
    section: Section

    @property
    def place(self) -> str:
        """Where it stands: "document-id#section-id"."""
        return f"{self.document.id}#{self.section.id}"

    def cited(self) -> Citation:
        """Where it comes from, as an answer names it."""
        document, section = self.document, self.section
        return Citation(document.source, section.source_heading, document.published, document.area, self.place, document.link)

    def names(self, words: str) -> bool:
        """Whether the section, or its document, names this."""
        d, s = self.document, self.section
        return re.search(rf"\b{re.escape(words)}\b", f"{s.heading} {s.text} {d.title} {d.period} {d.published}", re.I) is not None

    @functools.cached_property
    def years(self) -> Set[int]:
        """The years that the section or its document speaks of."""
        return _years(f"{self.document.period} {self.document.published} {self.document.source} {self.section.text}")


@dataclass(frozen=True)
class Ranked:
    """One thing that could be said to a question. ``chance``: how likely it is that it holds the answer; ``says_not``: the sentence
    by which it says that it does not."""

    entry: int
    what: Union[Held, Topic]
    score: float
    chance: float
    says_not: str = ""

    @property
    def place(self) -> str:
        """The section's place, or the topic that is not held."""
        return self.what.place if isinstance(self.what, Held) else f"not held: {self.what.id}"


class Library:
    """The guidance. Ask it a question with ``answer``."""

    def __init__(self, documents: Sequence[Document], not_held: Sequence[Topic], encoder: Optional[Encodes] = None,
                 ageing: Sequence[Ageing] = (), weights: Optional[Weights] = None) -> None:
        sections = [Held(document, section) for document in documents for section in document.sections]
        self._all: List[Union[Held, Topic]] = [*sections, *not_held]
        self._topics = list(not_held)
        self._ageing = tuple(ageing)
        self._of_one_place = {len(sections) + n: area for n, topic in enumerate(not_held) for area in AREAS
                              if all(area in phrase for phrase in topic.asked_as)}
        self._places = {held.place: n for n, held in enumerate(sections)}
        self._areas = np.array([held.document.area for held in sections] + [""] * len(self._topics))
        self._elsewhere = (self._areas != HOME) & (self._areas != NATIONAL) & (self._areas != "")
        self._routes = np.array([n for n, h in enumerate(sections) if h.document.route], dtype=int)
        at_home = {word for h in sections if h.document.area in (HOME, NATIONAL) for word in _TOKEN.findall(h.section.text.lower())}
        self._named_elsewhere = {name.lower() for h in sections if h.document.area not in (HOME, NATIONAL)
                                 for name in _NAME.findall(h.section.text)} - at_home - {"i", "a"}
        self._weights = weights or load_weights()
        self._is_topic = np.array([0.0] * len(sections) + [1.0] * len(self._topics))
        self._index = Index([Entry(h.section.asked_as, h.section.heading, h.section.text, h.document.title, h.section.untold) for h in sections]
                            + [Entry(topic.asked_as) for topic in self._topics], encoder)
        for held in sections[:READ_AHEAD]:
            read_ahead(f"{held.section.heading} {held.document.title}", held.section.text)

    @property
    def enough(self) -> float:
        """The score from which a section is taken for an answer."""
        return ENOUGH_BY_WORDS if self._index.by_words_only else ENOUGH

    @property
    def by_words_only(self) -> bool:
        """Whether the last search had no vectors: there is no encoder, it is still reading, or it failed at that question."""
        return self._index.by_words_only

    def begin(self, question: str) -> None:
        """Begin to read what may be a question, in another thread."""
        self._index.begin(as_asked(question))

    def answer(self, question: str, at_least: float = 0.0, beside: str = "") -> Union[Answer, NotHeld, None]:
        """Return an answer with its citation, or that we do not hold one and what stands nearest, or None if the question
        looks like nothing that we know (or scores below ``at_least``, for a caller that has something else to say).
        ``beside``: the place of the section that was spoken of just before, whose document is preferred.
        Another area's section never stands for Plymouth."""
        question = as_asked(question)
        ranked = self.ranking(question, beside)
        best = ranked[0]
        if best.score < max(at_least, NEAR_ENOUGH_TO_NAME if not self._index.by_words_only else self.enough):
            return None
        nearest = tuple(r.what for r in ranked[:3] if isinstance(r.what, Held) and r.score > self.enough - OFFERED)
        if best.score < self.enough:
            return NotHeld("", NOT_SAID, _offers(nearest), nearest[0].section.heading) if nearest and not at_least else None
        missing: Optional[Topic] = None
        silent: Optional[Ranked] = None  # a section says that it does not hold this
        for found in (r for r in ranked if r.score > best.score - REACH and r.score >= max(at_least, self.enough)):
            if isinstance(found.what, Topic):
                if _stands_somewhere(question, ranked, found.score) or _is_earlier(question, found.what):
                    continue
                return NotHeld(found.what.says, found.what.id, _offers(nearest))
            if not self._covers(question, found.what):
                continue
            uncovered = self._not_covered(question, found.what)
            missing = missing or uncovered
            if uncovered is not None:
                continue
            if found.chance >= (ANSWERS_ALL_THE_SAME if found.says_not else ANSWERS):
                return self._as_answer(found, ranked, question)
            silent = silent or (found if found.says_not else None)
        if silent is not None and isinstance(silent.what, Held):
            return NotHeld("", UNTOLD, _offers(nearest), silent.what.section.heading, silent.says_not, silent.what.cited())
        if missing is not None:
            return NotHeld(missing.says, missing.id, _offers(nearest))
        return NotHeld("", NOT_SAID, _offers(nearest), nearest[0].section.heading if nearest else "")

    def whole(self, place: str) -> Optional[Answer]:
        """A whole section, to be opened by whoever asks for more; None if there is no such section."""
        at = self._places.get(place)
        if at is None:
            return None
        held = self._all[at]
        assert isinstance(held, Held)
        siblings = [s for s in held.document.sections if s.id != held.section.id]
        after = held.document.sections.index(held.section)
        return self._cited(held, held.section.text, offers=tuple(s.asked_as[0] for s in (siblings[after:] + siblings[:after])[:3]))

    def held(self, place: str) -> Optional[Held]:
        """The section at a place."""
        at = self._places.get(place)
        found = self._all[at] if at is not None else None
        return found if isinstance(found, Held) else None

    def ranking(self, question: str, beside: str = "", most: int = 8) -> List[Ranked]:
        """The things that could be said to a question, best first."""
        question = as_asked(question)
        evidence = self._index.evidence(question)
        scores = self._scores(question, evidence, beside)
        order = [int(n) for n in np.argsort(-scores, kind="stable")[:most + 1]]
        mended = self._index.mended(question)
        kind = kind_of(mended)
        return [self._ranked(mended, kind, evidence, scores, order, entry) for entry in order[:most]]

    def _ranked(self, question: str, kind: Optional[Kind], evidence: Optional[Evidence], scores: "npt.NDArray[np.float64]", order: Sequence[int],
                entry: int) -> Ranked:
        what, score = self._all[entry], float(scores[entry])
        if isinstance(what, Topic) or score <= float(scores[order[0]]) - REACH:  # too far down to answer
            return Ranked(entry, what, score, 0.0)
        next_best = max((float(scores[n]) for n in order if n != entry), default=0.0)
        signs, says_not = self.signs(question, kind, evidence, entry, score, score - next_best)
        if kind is not None and kind.holds is None:  # no document holds a fact of this kind (an address, a real name, the next date)
            return Ranked(entry, what, score, 0.0, says_not)
        if self._index.same(question) == entry:
            return Ranked(entry, what, score, 1.0, says_not)
        if signs.lacks or (evidence is None and says_not):  # the words may fit as they like: the fact does not stand there
            return Ranked(entry, what, score, 0.0, says_not)
        about = f"{what.section.heading} {what.document.title}"
        if evidence is None or (kind is not None and not says_not and stands_together(kind, question, about, what.section.text)):
            return Ranked(entry, what, score, 1.0, says_not)
        return Ranked(entry, what, score, self._weights.chance(signs), says_not)

    def signs(self, question: str, kind: Optional[Kind], evidence: Optional[Evidence], entry: int, score: float,
              lead: float) -> Tuple[Signs, str]:
        """What speaks for a section holding the answer, and the sentence by which it says that it does not."""
        held = self._all[entry]
        assert isinstance(held, Held)
        section = held.section
        is_held = kind is not None and holds(kind, question, section.text, self._index.knows(entry)) and (
            held.document.area in (HOME, NATIONAL) or kind.name not in TO_REACH)
        told_not = untold(question, f"{section.heading} {held.document.title}", section.text)
        e = evidence

        def of(sign: str) -> float:
            return float(getattr(e, sign)[entry]) if e is not None else 0.0

        signs = Signs(score, lead, of("told"), of("untold"), e.untold_anywhere if e else 0.0, of("sentence"), of("words"), of("known"), of("in_text"),
                      e.manner if e else 0.0, e.manner_meaning if e else 0.0, float(is_held), float(kind is not None and not is_held),
                      float(told_not is not None))
        return signs, told_not[0] if told_not else ""

    def columns(self, question: str, evidence: Evidence) -> "npt.NDArray[np.float64]":
        """The signs of which entry is asked of, for learning their weights."""
        return which_columns(evidence, self._procedures(question), self._is_topic)

    def thing(self, entry: int) -> Union[Held, Topic]:
        """What an entry of the index is."""
        return self._all[entry]

    @property
    def index(self) -> Index:
        """Where the evidence is found."""
        return self._index

    def _procedures(self, question: str) -> "npt.NDArray[np.float64]":
        found = np.zeros(len(self._all))
        if _WHAT_TO_DO.search(question):
            found[self._routes] = 1.0
        return found

    def _scores(self, question: str, evidence: Optional[Evidence], beside: str = "") -> "npt.NDArray[np.float64]":
        scores = (np.array(self._index.scores_by_words(question), dtype=np.float64) if evidence is None else
                  self._weights.scores(evidence, self._procedures(question), self._is_topic))
        scores[len(self._places):] += NOT_HELD_GAINS
        same = self._index.same(question)
        if same is not None:
            scores[same] += SAME_QUESTION
        self.fence(question, scores)
        before = self.held(beside)
        if before is not None:
            for section in before.document.sections:
                scores[self._places[f"{before.document.id}#{section.id}"]] += BESIDE_GAINS
        return scores

    def fence(self, question: str, scores: "npt.NDArray[np.float64]") -> None:
        """Keep the areas apart: a city that is named rules out others, and another city must lead by far if none is."""
        named = [area for area in AREAS if area != NATIONAL and re.search(rf"\b{area}\b", question, re.IGNORECASE)]
        if len(named) == 1:
            areas = self._areas
            scores[(areas != named[0]) & (areas != "") & ((areas != NATIONAL) | (named[0] != HOME))] = -1.0
        elif not named and not self._named_elsewhere & set(_TOKEN.findall(question.lower())):
            scores[self._elsewhere] -= ELSEWHERE_MUST_LEAD_BY
        for entry, area in self._of_one_place.items():
            if area not in named:
                scores[entry] = -1.0

    def _as_answer(self, found: Ranked, ranked: Sequence[Ranked], question: str) -> Answer:
        others = [r for r in ranked if isinstance(r.what, Held) and r.entry != found.entry]
        close = next((r for r in others if r.chance >= ANSWERS and not r.says_not and abs(r.score - found.score) < CLOSE and r.score >= self.enough
                      and isinstance(r.what, Held) and r.what.document.area == self._area(found)), None)
        offered = [r.what for r in others if r is not close and r.score > max(found.score - OFFERED, self.enough)
                   and isinstance(r.what, Held) and r.what.document.area == self._area(found)]
        second = (self._cited(close.what, self._part(close, question)),) if close and isinstance(close.what, Held) else ()
        assert isinstance(found.what, Held)
        # what to do for a child is said without a doubt before it, and another area's name comes before all else
        sure = found.chance >= SURE or found.what.document.route or self._area(found) not in (HOME, NATIONAL)
        return self._cited(found.what, self._part(found, question), second, _offers(offered), sure)

    def _part(self, found: Ranked, question: str) -> str:
        assert isinstance(found.what, Held)
        bag = self._index.knows(found.entry)
        kinds: Optional[List[Kind]] = None

        def told(piece: str) -> bool:
            nonlocal kinds
            if kinds is None:  # a short section needs none
                kinds = [kind for kind in kinds_of(question) if kind.name != "why"]
            return any(holds(kind, question, piece, bag) for kind in kinds)

        return answering(found.what.section.text, question, self._index.likeness(question, found.entry), told)

    def _area(self, found: Ranked) -> str:
        return found.what.document.area if isinstance(found.what, Held) else ""

    def _cited(self, held: Held, words: str, seconds: Tuple[Answer, ...] = (), offers: Tuple[str, ...] = (), sure: bool = True) -> Answer:
        document, section = held.document, held.section
        nudges = tuple(a.says for a in self._ageing if a.is_in(words))
        return Answer(words, (held.cited(),), nudges, offers, seconds, words.strip() == section.text.strip(), document.route, sure)

    def _covers(self, question: str, held: Held) -> bool:
        """Whether a section may speak of the year that a question names. Later years have their own topic."""
        years, there = _years(question), held.years
        if not years or any(t.after_year and max(years) > t.after_year for t in self._topics):
            return True
        halves = [_years(found.group()) for found in _YEAR.finditer(question) if found[2]]  # "2020-21" is not told by 2021-22
        return bool(years & there) and all(both <= there for both in halves)

    def _not_covered(self, question: str, best: Held) -> Optional[Topic]:
        """The topic to name if the question asks about a year or a place that the section does not cover."""
        years, words = _years(question), _OUR_NAMES.sub("", question)
        for topic in self._topics:
            if topic.after_year and years and max(years) > topic.after_year and max(years) not in best.years:
                return topic
            if any(not best.names(place) for place in topic.named_in(words)):
                return topic
        return None


def open_library() -> Library:
    """The library with the project's guidance. Raises ``GuidanceError``; without the encoder it searches by words."""
    documents, not_held, ageing = load_documents(), load_not_held(), load_ageing()
    try:
        return Library(documents, not_held, shared_encoder(), ageing)
    except EncoderUnavailable as error:
        log.warning("guidance_without_encoder error=%s", error)
        return Library(documents, not_held, ageing=ageing)


def open_ready() -> Library:
    """The library when it has read every question: for training and measuring, which may wait. Raises ``GuidanceError``."""
    library = open_library()
    library.index.wait()
    return library


def _stands_somewhere(question: str, ranked: Sequence[Ranked], score: float) -> bool:
    """Whether somebody asks where a thing is, and a section near by says where, though we do not hold the thing."""
    kind = kind_of(question)
    return kind is not None and kind.name == "link" and any(
        isinstance(r.what, Held) and r.score > score - REACH and _LINK.search(r.what.section.text) for r in ranked)


def _is_earlier(question: str, topic: Topic) -> bool:
    """Whether the question names a year that the topic ("later figures") does not mean."""
    years = _years(question)
    return topic.after_year is not None and bool(years) and max(years) <= topic.after_year


def as_asked(question: str) -> str:
    """The question as it is looked up."""
    return without_denied_praise(years_in_full(without_who_asks(question)))


def years_in_full(question: str) -> str:
    """The question with its financial years as the documents write them: "21/22" is "2021-22"."""
    def full(found: "re.Match[str]") -> str:
        first, second = int(found[1]), int(found[2])
        return f"20{first:02}-{second:02}" if second == first + 1 and first >= 10 else found[0]
    return _FINANCIAL_YEAR.sub(full, question)


def _offers(sections: Sequence[Held]) -> Tuple[str, ...]:
    """Questions that open these sections, as a person would type them."""
    return tuple(held.section.asked_as[0] for held in sections[:3])


def _years(text: str) -> Set[int]:
    """Every year that the text names; "2021-22" names two."""
    found: Set[int] = set()
    for first, second in _YEAR.findall(text):
        found.add(int(first))
        if second:
            found.add(int(second) if len(second) == 4 else int(first[:2] + second))
    return found
