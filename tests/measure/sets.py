"""The frozen sets that measure the safety net. Nobody who wrote rules or training data wrote them, and they are never trained on.

danger_1 to danger_6 and their look-alikes: their misses have been read, so they are development data now. Some examples in data/nlu
were written after reading them (other words, the same cause), so what they measure is kinder than a fresh set's figure.
A fresh set's misses are not read before the figures in docs/figures.md are taken.
"""
from __future__ import annotations

import math
from pathlib import Path
from typing import List, NamedTuple, Tuple

DEVELOPMENT = ("1", "2", "3", "4", "5", "6")
FOLDER = Path(__file__).parent / "unseen"
FRESH = tuple(sorted({f.stem.rpartition("_")[2] for f in FOLDER.glob("danger_*.tsv")} - set(DEVELOPMENT)))  # misses not read


class Line(NamedTuple):
    """One message and the intent its writer gave it."""

    intent: str
    text: str


def read(name: str) -> List[Line]:
    """Read a set."""
    return [Line(*line.split("\t", 1)) for line in (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines() if "\t" in line]


def bounds(hits: int, of: int) -> Tuple[float, float]:
    """Wilson's 95 % interval of a rate."""
    if of == 0:
        return 0.0, 1.0
    z, rate = 1.96, hits / of
    middle = (rate + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(rate * (1 - rate) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
