"""How much each sign of the evidence counts, read from guidance/search.yml, which `frontdoor guidance learn` writes."""
from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Dict, Mapping, Tuple

import numpy as np
import numpy.typing as npt

from bot.guidance_files import complain, read_yaml, required
from bot.library.index import Evidence

FILE = Path("guidance/search.yml")
# Signs that a section is the one that is asked of; each is a number for every entry.
WHICH = ("near", "told", "second", "belongs", "sentence", "words", "known", "procedure", "topic")
SCALE = 20.0  # a score is the weighed sum divided by this: about 0.3 for a chance likeness, 0.9 for a question that is known


@dataclass(frozen=True)
class Signs:
    """What speaks for the best section holding the answer, rather than only being about the same thing."""

    score: float            # how much points to this section
    lead: float             # before the next
    told: float             # likeness to the best question that it tells
    untold: float           # to the best that it does not
    untold_anywhere: float  # to the best that nothing tells
    sentence: float         # to its nearest sentence
    words: float            # BM25
    known: float            # share of the question's words that it, its questions included, knows
    in_text: float          # that its text knows
    manner: float           # asked in the words of questions that are told
    manner_meaning: float   # asked in the sense of questions that are told
    holds: float            # 1 if the kind of fact that is asked for stands there
    lacks: float            # 1 if a kind of fact is asked for and does not stand there
    says_untold: float      # 1 if the section says that it does not tell this


WHETHER = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True)
class Weights:
    """``which``: how much each sign says that a section is the one; ``whether``: that it answers, with ``constant`` for none of them."""

    which: Mapping[str, float]
    whether: Mapping[str, float]
    constant: float
    learned: dt.date

    def scores(self, evidence: Evidence, procedures: "npt.NDArray[np.float64]", topics: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        """One score an entry. ``procedures``, ``topics``: 1 for entries that say what to do if that is asked, and for what is not held."""
        columns = which_columns(evidence, procedures, topics)
        return np.asarray(columns @ np.array([self.which[name] for name in WHICH]) / SCALE, dtype=np.float64)

    def chance(self, signs: Signs) -> float:
        """How likely it is that the section answers, from 0 to 1."""
        total = self.constant + sum(self.whether[name] * getattr(signs, name) for name in WHETHER)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def which_columns(evidence: Evidence, procedures: "npt.NDArray[np.float64]", topics: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
    """The signs of ``WHICH``, a row an entry."""
    given = {"procedure": procedures, "topic": topics}
    return np.stack([given[name] if name in given else getattr(evidence, name) for name in WHICH], axis=1).astype(np.float64)


def load_weights(file: Path = FILE) -> Weights:
    """Read the weights. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    learned = required(file, content, "learned", dt.date, "the date on which they were learned")
    parts: Dict[str, Dict[str, float]] = {}
    for part, names in (("which", WHICH), ("whether", (*WHETHER, "constant"))):
        node = required(file, content, part, dict, "a number for each sign")
        for name in node:
            if name not in names:
                complain(file, node, f'"{name}" is no sign', "run: frontdoor guidance learn", name)
        parts[part] = {name: _number(file, node, name) for name in names}
    constant = parts["whether"].pop("constant")
    return Weights(parts["which"], parts["whether"], constant, learned)


def _number(file: Path, node: Any, name: str) -> float:
    value = node.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        complain(file, node, f'"{name}" is missing or is not a number', "run: frontdoor guidance learn", name if name in node else None)
    return float(value)


def written(which: Mapping[str, float], whether: Mapping[str, float], learned: dt.date, notes: Tuple[str, ...]) -> str:
    """The file's text."""
    lines = ["# How much each sign counts when the guidance is searched. Written by: frontdoor guidance learn. Not by hand.",
             *(f"# {note}" for note in notes), f"learned: {learned.isoformat()}", "which:"]
    lines += [f"  {name}: {which[name]:.3f}" for name in WHICH]
    lines += ["whether:", f"  constant: {whether['constant']:.3f}", *(f"  {name}: {whether[name]:.3f}" for name in WHETHER)]
    return "\n".join(lines) + "\n"
