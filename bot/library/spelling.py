"""Mend misspelt words with words that stand in the guidance. Real words are left alone."""
from __future__ import annotations

import functools
import re
from typing import FrozenSet, Iterable

from rapidfuzz import fuzz, process

from bot.understanding.encoder import VOCABULARY

_WORD = re.compile(r"[A-Za-z]{5,24}")
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ers", "r", "rs", "est", "ly")
_MOST_MENDED = 12
_ALIKE = 86  # of 100


@functools.lru_cache(maxsize=1)
def _real_words() -> FrozenSet[str]:
    """The encoder's word list, less its pieces of words; empty if it is missing."""
    try:
        lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if line.isalpha())


class Spelling:
    """Knows the words of the guidance."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ours = sorted({word.lower() for text in texts for word in _WORD.findall(text)})
        self._known = _real_words() | frozenset(self._ours)

    def mend(self, text: str) -> str:
        """The text with unknown words replaced by a word of the guidance that looks much like them, if there is one."""
        unknown = list(dict.fromkeys(word for word in _WORD.findall(text) if not self._knows(word.lower())))
        for word in unknown[:_MOST_MENDED]:
            near = process.extractOne(word.lower(), self._ours, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if near is not None:
                text = re.sub(rf"\b{word}\b", near[0], text)
        return text

    def _knows(self, word: str) -> bool:
        # The encoder's list has few endings: "bothers" is a word because "bother" is.
        return word in self._known or any(word.endswith(end) and {word[:len(word) - len(end)], word[:len(word) - len(end)] + "e"} & self._known
                   for end in _ENDINGS)
