"""The guidance as vectors: every known question and every sentence, and how near a question is to each."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from bot.library.words import written_out
from bot.understanding.encoder import DIMENSIONS
from bot.understanding.vectors import Encodes, vectors_of

if TYPE_CHECKING:
    from bot.library.index import Entry

_NOTHING = -2.0  # below any likeness
_RIDGE = 1.0
Row = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Near:
    """See ``index.Evidence``."""

    told: Row
    second: Row
    untold: Row
    belongs: Row
    sentence: Row
    untold_anywhere: float
    manner: float


class Meaning:
    """Built once for a guidance; ``asked`` holds each known question: its entry, whether a section tells it, its words."""

    def __init__(self, entries: Sequence["Entry"], sentences: Sequence[Sequence[str]], encoder: Encodes) -> None:
        self.encoder = encoder
        self.asked: List[Tuple[int, bool, str]] = []
        told: List[range] = []
        untold: List[range] = []
        for n, entry in enumerate(entries):
            told.append(range(len(self.asked), len(self.asked) + len(entry.asked_as)))
            self.asked += [(n, bool(entry.text), phrase) for phrase in entry.asked_as]
            untold.append(range(len(self.asked), len(self.asked) + len(entry.untold)))
            self.asked += [(n, False, phrase) for phrase in entry.untold]
        first = len(self.asked)
        ends = np.cumsum([0, *(len(s) for s in sentences)]) + first
        self._sentences = [range(start, end) for start, end in zip(ends[:-1], ends[1:], strict=True)]
        rows = vectors_of(self.texts(entries, sentences), encoder)
        self._rows, self._first = rows, first
        self._told, self._untold, self._said = Runs(told), Runs(untold), Runs(self._sentences)
        self._is_untold = np.array([not is_told for _, is_told, _ in self.asked], dtype=bool)
        self._fit(told, untold)

    @staticmethod
    def texts(entries: Sequence["Entry"], sentences: Sequence[Sequence[str]]) -> List[str]:
        """What is encoded, in the order of the rows: the questions of each entry, then the sentences of each."""
        asked = [written_out(phrase) for entry in entries for phrase in (*entry.asked_as, *entry.untold)]
        return asked + [written_out(f"{entry.heading}: {sentence}") for entry, said in zip(entries, sentences, strict=True) for sentence in said]

    def _fit(self, told: Sequence[range], untold: Sequence[range]) -> None:
        """Ridge regression of each known question's vector on its entry, and on whether it is told. In closed form: a change of the
        guidance is learned as it is read."""
        known = np.c_[self._rows[:self._first], np.ones(self._first, dtype=np.float32)].astype(np.float64)
        inverse = np.linalg.inv(known.T @ known + _RIDGE * np.eye(DIMENSIONS + 1))
        moment = np.zeros((DIMENSIONS + 1, len(told)))
        for n in range(len(told)):
            moment[:, n] = known[[*told[n], *untold[n]]].sum(axis=0)
        self._places = (inverse @ moment).astype(np.float32)
        self._manner = (inverse @ (known.T @ np.where(self._is_untold, -1.0, 1.0))).astype(np.float32)
        self._inverse = inverse.astype(np.float32)

    def of(self, vector: "npt.NDArray[np.float32]", without: Optional[int] = None) -> Near:
        """How near a question is. ``without``: the row of a known question that is left out."""
        near = self._rows @ vector
        longer = np.append(vector, np.float32(1.0))
        belongs, manner = longer @ self._places, float(longer @ self._manner)
        if without is not None:
            near[without] = _NOTHING
            own = longer @ self._inverse @ longer  # what the left out row itself added to its own prediction
            belongs[self.asked[without][0]] -= own
            belongs = belongs / (1 - own)
            manner = (manner + own * (1 if self._is_untold[without] else -1)) / (1 - own)
        told, untold, said = self._told.best(near), self._untold.best(near), self._said.best(near)
        anywhere = float(near[:self._first].max(initial=0.0, where=self._is_untold))
        self._told.hide_best(near, told)
        return Near(told, self._told.best(near), untold, belongs, said, anywhere, manner)

    def of_sentences(self, vector: "npt.NDArray[np.float32]", entry: int) -> List[float]:
        """How near each sentence of an entry is."""
        return [float(value) for value in self._rows[self._sentences[entry]] @ vector]


class Runs:
    """Rows that stand together, one run an entry; an entry may have none."""

    def __init__(self, runs: Sequence[range]) -> None:
        self._size = len(runs)
        self._filled = np.array([n for n, run in enumerate(runs) if run], dtype=np.int64)
        self._rows = np.array([row for run in runs for row in run], dtype=np.int64)
        self._starts = np.cumsum([0, *(len(run) for run in runs if run)])[:-1]
        self._owner = np.repeat(np.arange(self._size), [len(run) for run in runs])

    def best(self, near: Row) -> Row:
        """The highest likeness in each run; 0 for an empty one, and for a lower one."""
        found = np.zeros(self._size, dtype=near.dtype)
        if len(self._filled):
            found[self._filled] = np.maximum(np.maximum.reduceat(near[self._rows], self._starts), 0)
        return found

    def hide_best(self, near: Row, best: Row) -> None:
        """Change ``near``: the best row of each run, and any just as near, is never the best again. ``best``: what ``best`` gave."""
        near[self._rows[near[self._rows] == best[self._owner]]] = _NOTHING
