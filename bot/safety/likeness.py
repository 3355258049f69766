"""How much nearer a message is to the nearest example of danger than to the nearest harmless one. Pure.

The classifier's line runs between all danger and all that is harmless; beside it lie twins ("he is on the bridge again, waving")
that only the example next to them tells apart.
"""
from __future__ import annotations

from typing import Tuple

import numpy as np

HARMLESS = 5_000     # the harmless examples that are most like danger: more of them change nothing that was measured
HARD = 20_000        # they are looked for among so many whose score is highest
_EVERY = 2           # ... and by their likeness to every second example of danger


class Likeness:
    """The examples that are kept, unit vectors a row each."""

    def __init__(self, danger: np.ndarray, harmless: np.ndarray) -> None:
        self._rows = np.concatenate([danger, harmless]).astype(np.float32)
        self._danger = len(danger)

    def of(self, vector: np.ndarray) -> float:
        """The likeness (a cosine) to the nearest example of danger, less that to the nearest harmless one."""
        like = self._rows @ vector
        return float(like[:self._danger].max() - like[self._danger:].max())


def kept(vectors: np.ndarray, danger: np.ndarray, scores: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """(examples of danger, the hardest harmless ones) out of unit vectors, a row each; ``danger``: which they are; ``scores``: the classifier's."""
    alarms, others = vectors[danger], vectors[~danger]
    hard = others[np.argsort(-scores[~danger], kind="stable")[:HARD]]
    some = alarms[::_EVERY].T
    nearest = np.concatenate([(hard[n:n + 2000] @ some).max(axis=1) for n in range(0, len(hard), 2000)])
    hardest = hard[np.argsort(-nearest, kind="stable")[:HARMLESS]]
    return alarms.astype(np.float16), hardest.astype(np.float16)
