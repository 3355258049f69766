"""The pairs of messages in guidance/second_messages.tsv: what the second of two means, and how often that was meant after a topic."""
from __future__ import annotations

import csv
import functools
from collections import Counter
from typing import Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.guidance_files import ROOT, GuidanceError
from bot.who_knows import load_kinds

PAIRS = ROOT / "guidance" / "second_messages.tsv"
STAY = "stay"        # the topic of before, and nothing new that we hold


class Pair(NamedTuple):
    """Two messages, what the first is about, and what the second means: an intent, or ``STAY``."""

    topic: str
    first: str
    second: str
    means: str


def read_pairs(known: Sequence[str]) -> List[Pair]:
    """The pairs. Raises ``GuidanceError`` with the line of one that names no intent."""
    found = _pairs()
    for line, pair in enumerate(found, 2):
        for name in (pair.topic, pair.means):
            if name not in known and name != STAY:
                raise GuidanceError(f'{PAIRS.relative_to(ROOT)}:{line}: "{name}" is no intent; choose one of domain.yml, or write {STAY}')
    return found


def _pairs() -> List[Pair]:
    with open(PAIRS, encoding="utf-8") as file:
        return [Pair(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


class MeantBefore:
    """How many pairs mean something after a topic, and after the other topics of its kind."""

    def __init__(self, pairs: Iterable[Pair], kind_of: Mapping[str, str]) -> None:
        self._kind_of = kind_of
        self._after: Counter[Tuple[str, str]] = Counter()
        self._after_kind: Counter[Tuple[str, str]] = Counter()
        for pair in pairs:
            self._after[pair.topic, pair.means] += 1
            if pair.topic in kind_of:
                self._after_kind[kind_of[pair.topic], pair.means] += 1

    def times(self, topic: str, means: str, but: Optional[Pair] = None) -> Tuple[int, int]:
        """(after the topic, after others of its kind). ``but``: a pair that does not count, which is to be heard as if nobody had labelled it."""
        own = self._after[topic, means]
        of_kind = self._after_kind[self._kind_of[topic], means] - own if topic in self._kind_of else 0
        return own - int(but is not None and (but.topic, but.means) == (topic, means)), of_kind


@functools.lru_cache(maxsize=1)
def load_meant_before() -> MeantBefore:
    """The counts of the pairs that are kept."""
    return MeantBefore(_pairs(), load_kinds().kind_of)
