"""What a message is about where no reply is held, and for whom replies are written (guidance/who_knows.yml). Pure.

No intent may be likely, and still all that come near be of one kind: then what helps with any message of that kind is said.
"""
from __future__ import annotations

import fnmatch
import functools
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from bot.audience import Audience
from bot.guidance_files import ROOT, complain, read_yaml, required
from bot.understanding.traits import domain_intents

FILE = ROOT / "guidance" / "who_knows.yml"
TOGETHER = 0.25  # of the odds: so much, and half as much again as of any other kind
CLEARLY = 1.5
PREFIX, TOLD, ANYTHING = "who_knows_", "told_more_", "anything"   # of the wording keys
NEIGHBOUR = "neighbour"  # whoever tells of neighbours' children
WRITERS = frozenset(a.value for a in Audience) | {NEIGHBOUR}


class Near(NamedTuple):
    """A kind of question, and the share of the odds (0 to 1) of all its intents together."""

    kind: str
    share: float


class Kinds:
    """Which kind of question an intent belongs to, and which kinds are written for somebody else than the one who writes."""

    def __init__(self, kind_of: Mapping[str, str], for_others: Mapping[str, FrozenSet[str]]) -> None:
        self.kind_of, self._for_others = dict(kind_of), dict(for_others)
        self._known: Dict[Tuple[str, ...], Tuple[List[str], np.ndarray]] = {}

    @property
    def kinds(self) -> FrozenSet[str]:
        """Every kind."""
        return frozenset(self.kind_of.values())

    def key_of(self, intent: str) -> str:
        """The wording key of what helps with anything of an intent's kind."""
        return PREFIX + self.kind_of.get(intent, ANYTHING)

    def told_key_of(self, intent: str) -> str:
        """The wording key for whoever only tells more about an intent's kind."""
        return TOLD + self.kind_of.get(intent, ANYTHING)

    def written_for_others(self, writer: str) -> FrozenSet[str]:
        """The intents whose replies speak to somebody else than ``writer`` (an ``Audience`` or ``NEIGHBOUR``)."""
        kinds = self._for_others.get(writer, frozenset())
        return frozenset(name for name, kind in self.kind_of.items() if kind in kinds)

    def nearest(self, names: Sequence[str], odds: Sequence[float]) -> Optional[Near]:
        """The kind that a message comes nearest to, or None if no kind has most of the odds."""
        kinds, shares = self._shares(names, odds)
        second, first = np.partition(shares, -2)[-2:]
        return Near(kinds[int(shares.argmax())], float(first)) if first >= TOGETHER and first >= CLEARLY * second else None

    def share_of(self, kind: str, names: Sequence[str], odds: Sequence[float]) -> float:
        """The odds of all of a kind together."""
        kinds, shares = self._shares(names, odds)
        return float(shares[kinds.index(kind)])

    def _shares(self, names: Sequence[str], odds: Sequence[float]) -> Tuple[List[str], np.ndarray]:
        kinds, place_of = self._places(tuple(names))
        return kinds, np.bincount(place_of, weights=np.asarray(odds, dtype=float), minlength=len(kinds) + 2)[:-1]  # the last place is of no kind

    def _places(self, names: Tuple[str, ...]) -> Tuple[List[str], np.ndarray]:
        """Every kind, and the place of each name's kind among them; a name of no kind has the last place but one more."""
        if names not in self._known:
            kinds = sorted(self.kinds)
            self._known[names] = kinds, np.array([kinds.index(self.kind_of[n]) if n in self.kind_of else len(kinds) + 1 for n in names])
        return self._known[names]


@functools.lru_cache(maxsize=1)
def load_kinds(file: Path = FILE) -> Kinds:
    """Read the kinds. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    kinds = required(file, content, "kinds", dict)
    return Kinds(_kind_of(file, kinds), _for_others(file, required(file, content, "written_for_others", dict), frozenset(map(str, kinds))))


def _kind_of(file: Path, kinds: Any) -> Dict[str, str]:
    known = domain_intents()
    kind_of: Dict[str, str] = {}
    for kind, patterns in kinds.items():
        for pattern in map(str, patterns):
            found = fnmatch.filter(known, pattern) if "*" in pattern else [pattern] if pattern in known else []
            if not found:
                complain(file, kinds, f'"{pattern}" under "{kind}" is no intent', "choose one that stands in domain.yml, or delete it", kind)
            for name in found:
                if "*" not in pattern and name in kind_of and kind_of[name] != kind:
                    complain(file, kinds, f'"{name}" stands under two kinds', "delete it under one of them", kind)
                kind_of.setdefault(name, str(kind))
    return kind_of


def _for_others(file: Path, table: Any, kinds: FrozenSet[str]) -> Dict[str, FrozenSet[str]]:
    for writer, others in table.items():
        if writer not in WRITERS:
            complain(file, table, f'nobody writes as "{writer}"', f"choose from {', '.join(sorted(WRITERS))}", writer)
        for kind in others:
            if kind not in kinds:
                complain(file, table, f'"{kind}" is no kind', "choose one that stands under kinds", writer)
    return {str(writer): frozenset(map(str, others)) for writer, others in table.items()}
