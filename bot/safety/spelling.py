"""Turn folded text into standard words: text-speak written out, likely misspellings of danger words mended.

The result is for matching only. A common English word is never changed, so "batting" does not become
"beating"; a rarer one only to another form of itself ("strangles"), so "stubbed" does not become "stabbed".
"""
import functools
import importlib.resources
import logging
import re
from pathlib import Path
from typing import FrozenSet, Iterable, List, Mapping, Optional

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.guidance_files import read_yaml
from bot.safety.quantities import NUMBERS, is_number, written_out

log = logging.getLogger(__name__)
SHORTHAND_FILE = Path("guidance/safety/shorthand.yml")
ENGLISH_WORDS_FILE = Path(__file__).parent.parent / "understanding" / "vocabulary.txt"
RARER_WORDS = ("symspellpy", "frequency_dictionary_en_82_765.txt")  # package and file: a word and how often it is written, a line each
SHORTEST_MENDED = 5
_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9']+")
_ENDING = re.compile(r"(?:s|es|e|ed|d|ing|er|ers|y|ion|ions)$")
_CONTRACTIONS = (
    (re.compile(r"\b(can)'?t\b"), "can not"),
    (re.compile(r"\b(won)'t\b"), "will not"),
    (re.compile(r"\b(shan)'t\b"), "shall not"),
    (re.compile(r"\b(\w+)n't\b"), r"\1 not"),
    (re.compile(r"\b(i)'m\b"), "i am"),
    (re.compile(r"\b(\w+)'re\b"), r"\1 are"),
    (re.compile(r"\b(\w+)'ve\b"), r"\1 have"),
    (re.compile(r"\b(\w+)'ll\b"), r"\1 will"),
    (re.compile(r"\b(\w+)'d\b"), r"\1 would"),
    (re.compile(r"\b(he|she|it|that|there|who|what|where|how|here|everyone|someone|somebody|nobody)'s\b"), r"\1 is"),
    (re.compile(r"\b(let)'s\b"), "let us"),
    (re.compile(r"\b(\w+)'s\b(?= (?:been |not |still |just |now |gone |got |going |coming |being |\w+ing\b))"), r"\1 is"),
)


class Spelling:
    """Writes words out in full. ``mendable`` are the words that misspellings are mended to, ``rarer`` English ones that are none."""

    def __init__(self, shorthand: Mapping[str, str], mendable: Iterable[str], english: FrozenSet[str], rarer: FrozenSet[str]) -> None:
        self._shorthand = dict(shorthand)
        self._english, self._rarer = english, rarer
        self._mendable = sorted({w for w in mendable if len(w) >= SHORTEST_MENDED})
        self._dropped_g = {w[:-1]: w for w in self._mendable if w.endswith("ing")}

    def standard(self, folded: str) -> str:
        """Return folded text as standard words separated by single spaces, punctuation apart."""
        for pattern, words in _CONTRACTIONS:
            folded = pattern.sub(words, folded)
        typed: List[str] = _WORD.findall(written_out(folded))
        return " ".join(word if word in NUMBERS and is_number(typed, at) else self._word(word) for at, word in enumerate(typed))

    def knows_a_word(self, standard: str) -> bool:
        """True if any word of standard text is an English one (or a number): false for a cat on the keyboard."""
        return any(w.isdigit() or (len(w) > 1 and w in self._english) or w in ("i", "a", "y", "n", "k") for w in standard.split())

    def forget(self) -> None:
        """Forget the words that people typed."""
        self._mended.cache_clear()

    def _word(self, word: str) -> str:
        word = word.strip("'") or word
        if word in self._shorthand:
            return self._shorthand[word]
        if word in self._dropped_g and word not in self._english:
            return self._dropped_g[word]
        if len(word) < SHORTEST_MENDED or word in self._english or not word.isalpha():
            return word
        return self._mended(word) or word

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - one Spelling lives as long as the process
    def _mended(self, word: str) -> Optional[str]:
        slips = 1 if len(word) < 8 else 2
        found = process.extractOne(word, self._mendable, scorer=OSA.distance, score_cutoff=slips)
        if found is None or found[0][0] != word[0]:  # people seldom get the first letter wrong
            return None
        if word in self._rarer and not _one_word(word, found[0]):
            return None
        return str(found[0])


def _one_word(one: str, other: str) -> bool:
    """Two forms of a word: "smashes", "smashed"."""
    return _ENDING.sub("", one) == _ENDING.sub("", other)


@functools.lru_cache(maxsize=1)
def english_words() -> FrozenSet[str]:
    """The whole words of the encoder's vocabulary, about 22,000 common English words."""
    lines = ENGLISH_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if word.isalpha())


def rarer_words() -> FrozenSet[str]:
    """82,000 English words, those that books use and word lists hold. Source: SymSpell's English dictionary (MIT)."""
    package, file = RARER_WORDS
    try:
        lines = (importlib.resources.files(package) / file).read_text(encoding="utf-8-sig").splitlines()
    except (ImportError, OSError) as error:
        log.error("no_rarer_words error=%s", type(error).__name__)   # more is mended then than should be, and the net hears on
        return frozenset()
    return frozenset(line.split(" ", 1)[0] for line in lines)


def load_spelling(mendable: Iterable[str], file: Path = SHORTHAND_FILE) -> Spelling:
    """Read the shorthand file. Raises ``GuidanceError`` naming file and line if it is not usable."""
    return Spelling({str(k): str(v) for k, v in read_yaml(file).items()}, mendable, english_words(), rarer_words())
