"""How a question is asked: whether its words are those of questions that the guidance tells, or of those that it does not.

"How many", "what is the name of" and "now" ask for details that documents seldom hold, whatever they are about. The words are
weighed by how often they stand in each kind of known question (naive Bayes); a change of the questions changes the weights.
"""
from __future__ import annotations

import math
import re
from collections import Counter
from typing import Iterable, Optional, Set, Tuple

_TOKEN = re.compile(r"[a-z0-9£']+")
_SMOOTH, _FEWEST = 2.0, 3


class Manner:
    """Knows the words and pairs of words of told and untold questions."""

    def __init__(self, known: Iterable[Tuple[str, bool]]) -> None:
        """``known``: each question, and whether it is told."""
        self._seen = {True: Counter(), False: Counter()}  # type: dict[bool, Counter[str]]
        self._count = Counter()  # type: Counter[bool]
        for text, told in known:
            self._count[told] += 1
            self._seen[told].update(_grams(text))

        self._weights = {gram: self._weight(gram) for gram in set(self._seen[True]) | set(self._seen[False])}

    def of(self, question: str, without: Optional[Tuple[bool, str]] = None) -> float:
        """Above 0 if its words are rather those of told questions, below if not. ``without``: a known question (told, text) that
        is left out."""
        own = _grams(without[1]) if without else set()
        weighed = [self._weight(gram, without[0]) if without and gram in own else self._weights.get(gram) for gram in sorted(_grams(question))]
        known = [weight for weight in weighed if weight is not None]
        return sum(known) / math.sqrt(len(known)) if known else 0.0

    def _weight(self, gram: str, one_less: Optional[bool] = None) -> Optional[float]:
        """How much a word speaks for a told question; None if it stands in too few. ``one_less``: the kind of which one is left out."""
        told, untold = max(1, self._count[True]), max(1, self._count[False])
        here = {kind: self._seen[kind][gram] - (one_less is kind) for kind in (True, False)}
        if here[True] + here[False] < _FEWEST:
            return None
        return (math.log((here[True] + _SMOOTH * told / (told + untold)) / told)
                - math.log((here[False] + _SMOOTH * untold / (told + untold)) / untold))


def _grams(text: str) -> Set[str]:
    words = ["^", *("#" if re.search(r"\d", word) else word for word in _TOKEN.findall(text.lower().replace("’", "'")))]
    return set(words[1:]) | {f"{first} {second}" for first, second in zip(words, words[1:])}  # noqa: B905 - the second is one shorter
