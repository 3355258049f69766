"""A reply that speaks to somebody else than the one who writes counts for less. Pure, but for the guidance that it reads."""
from __future__ import annotations

import functools
from typing import FrozenSet, List, Sequence

import numpy as np

from bot.audience import Audience, audience_of
from bot.live_words import live_words
from bot.understanding.whose_child import tells_of_another_child
from bot.who_knows import NEIGHBOUR, load_kinds

LESS = 0.25


def for_whom(said: Sequence[str]) -> str:
    """Who writes, from everything they said, the last last: an ``Audience``, ``NEIGHBOUR``, or nothing if it has not been said."""
    audience = audience_of(said)
    if audience in (None, Audience.PUBLIC) and tells_of_another_child(said[-1]):
        return NEIGHBOUR
    return audience.value if audience else ""


def weighed_for(writer: str, odds: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The odds of ``names``, less for replies that are written for others; their sum stays what it was."""
    unfit = _places_of_unfit(writer, tuple(names)) if writer else []
    if not unfit:
        return odds
    weighed = odds.copy()
    weighed[unfit] *= LESS
    return weighed * (odds.sum() / weighed.sum())


@functools.lru_cache(maxsize=16)
def _places_of_unfit(writer: str, names: "tuple[str, ...]") -> List[int]:
    unfit = _unfit(writer)
    return [n for n, name in enumerate(names) if name in unfit]


def _unfit(writer: str) -> FrozenSet[str]:
    """Intents whose replies have no words for ``writer``."""
    entries = live_words().entries
    audience = Audience(writer) if writer != NEIGHBOUR else Audience.PUBLIC

    def has_words(intent: str) -> bool:
        entry = entries.get(f"utter_{intent}")
        return entry is not None and entry.texts_for(audience) != entry.texts

    return frozenset(intent for intent in load_kinds().written_for_others(writer) if not has_words(intent))
