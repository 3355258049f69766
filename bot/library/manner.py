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

    def of(self, question: str, without: Optional[Tuple[bool, str]] = None) -> float:
        """Above 0 if its words are rather those of told questions, below if not. ``without``: a known question (told, text) that
        is left out."""
        grams, own = _grams(question), _grams(without[1]) if without else set()
        told, untold = max(1, self._count[True]), max(1, self._count[False])
        all_of_them, weighed = told + untold, []
        for gram in sorted(grams):
            here = {kind: self._seen[kind][gram] - (without is not None and without[0] is kind and gram in own) for kind in (True, False)}
            if here[True] + here[False] >= _FEWEST:
                weighed.append(math.log((here[True] + _SMOOTH * told / all_of_them) / told)
                               - math.log((here[False] + _SMOOTH * untold / all_of_them) / untold))
        return sum(weighed) / math.sqrt(len(weighed)) if weighed else 0.0


def _grams(text: str) -> Set[str]:
    words = ["^", *("#" if re.search(r"\d", word) else word for word in _TOKEN.findall(text.lower().replace("’", "'")))]
    return set(words[1:]) | {f"{first} {second}" for first, second in zip(words, words[1:])}  # noqa: B905 - the second is one shorter
