"""What a second message means: everything that it may mean is weighed by how it sounds alone and behind the first, and by the first one's kind. Pure.

What was meant after the same topic in the pairs that are kept counts too. Few weights (guidance/second_messages.yml), learned from pairs of
messages (guidance/second_messages.tsv) by ``learn_second.py``.
"""
from __future__ import annotations

import functools
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import List, Optional, Sequence, Tuple, Union

import numpy as np

from bot.guidance_files import complain, read_yaml, required
from bot.understanding.leaning import asks, corrects
from bot.understanding.second_pairs import STAY, MeantBefore, Pair, load_meant_before
from bot.who_knows import load_kinds

FILE = Path("guidance/second_messages.yml")
MOST = 12            # of the likeliest alone, and behind the first: nothing else is weighed
LEAST_ALONE, LEAST_BEHIND = 1e-4, 1e-3   # odds below these count as these


@dataclass(frozen=True)
class Heard:
    """An intent and how sure it is, 0 to 1."""

    name: str
    sure: float


@dataclass(frozen=True)
class Weights:
    """Of another intent: its log-odds alone, behind the first (the topic left out), being of the topic's kind, and in how many pairs it was meant
    after the topic and after others of its kind (logarithms). Of staying with the topic: a constant, the topic's log-odds behind the first and
    alone, that the message asks, that it puts us right, and in how many pairs somebody stayed with it."""

    alone: float
    behind: float
    kind: float
    meant_before: float
    meant_after_kind: float
    stay: float
    topic_behind: float
    topic_alone: float
    asks: float
    corrects: float
    stayed_before: float


def signs(topic: int, text: str, names: Sequence[str], alone: np.ndarray, behind: np.ndarray, before: MeantBefore,
          but: Optional[Pair] = None) -> Tuple[List[int], np.ndarray, np.ndarray]:
    """(places in ``names`` of what may be meant, a row of signs for each, the signs of staying with ``topic``). Odds are 0 to 1.

    ``but``: a pair that is learned from or measured, and must not tell its own answer.
    """
    likeliest = {*np.argsort(alone)[::-1][:MOST].tolist(), *np.argsort(behind)[::-1][:MOST].tolist()} - {topic}
    places = sorted(likeliest)
    others = behind.copy()
    others[topic] = 0
    others /= max(float(others.sum()), LEAST_BEHIND)
    kind_of = load_kinds().kind_of
    kind = kind_of.get(names[topic])
    same = [float(kind is not None and kind_of.get(names[n]) == kind) for n in places]
    times = np.log1p([before.times(names[topic], names[n], but) for n in places]).reshape(len(places), 2)
    rows = np.column_stack([np.log(alone[places] + LEAST_ALONE), np.log(others[places] + LEAST_BEHIND), same, times])
    stays = np.array([1.0, np.log(behind[topic] + LEAST_ALONE), np.log(alone[topic] + LEAST_ALONE), float(asks(text)), float(corrects(text)),
                      np.log1p(before.times(names[topic], STAY, but)[0])])
    return places, rows, stays


def chances(rows: np.ndarray, stays: np.ndarray, weights: Union[Sequence[float], np.ndarray]) -> np.ndarray:
    """How likely each row is meant, and last that the topic is; their sum is 1."""
    heights = np.append(rows @ np.array(weights[:rows.shape[1]]), stays @ np.array(weights[rows.shape[1]:]))
    powers = np.exp(heights - heights.max())
    found: np.ndarray = powers / powers.sum()
    return found


def weighed(topic: str, text: str, names: Sequence[str], alone: np.ndarray, behind: np.ndarray) -> Heard:
    """The likeliest of what a message may mean after ``topic``: an intent, or ``STAY``, and how sure that is."""
    places, rows, stays = signs(names.index(topic), text, names, alone, behind, load_meant_before())
    chance = chances(rows, stays, astuple(load_weights()))
    best = int(chance.argmax())
    return Heard(STAY if best == len(places) else names[places[best]], float(chance[best]))


@functools.lru_cache(maxsize=1)
def load_weights(file: Path = FILE) -> Weights:
    """Read the weights. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    given = required(file, content, "weights", dict)
    wanted = [field.name for field in fields(Weights)]
    if sorted(given) != sorted(wanted) or not all(isinstance(v, (int, float)) for v in given.values()):
        complain(file, content, f"the weights are not {', '.join(wanted)}, each a number", "learn them again: make second", "weights")
    return Weights(**{name: float(given[name]) for name in wanted})
