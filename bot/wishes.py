"""The Ten Wishes, quoted exactly from guidance/ten_wishes.yml, and which one somebody means."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Optional, Tuple

import numpy as np

from bot.guidance_files import complain, read_yaml, required
from bot.safety.fold import fold
from bot.safety.net import load_net
from bot.understanding.encoder import Encoder, EncoderUnavailable, shared_encoder

FILE = Path("guidance/ten_wishes.yml")
NEAR_ENOUGH = 0.30
KEYWORD = 0.25


@dataclass(frozen=True)
class Wish:
    """One wish: its words, what it asks of a worker, and words that point to it."""

    id: str
    wish: str
    asks: str
    about: Tuple[str, ...]


class Wishes:
    """All ten, in the order printed."""

    def __init__(self, wishes: List[Wish], encoder: Optional[Encoder]) -> None:
        self.all = tuple(wishes)
        self._encoder = encoder
        self._vectors = [encoder.encode_all([_standard(w.wish), _standard(w.asks)]) for w in wishes] if encoder else []

    def nearest(self, text: str) -> Optional[Wish]:
        """The wish that the text is about, by its words and its meaning; None rather than a guess."""
        folded = fold(text)
        scores = np.array([KEYWORD * min(3, sum(_stands_in(a, folded) for a in w.about)) for w in self.all])
        if self._encoder is not None:
            vector = self._encoder.encode(_standard(text))
            scores = scores + np.array([float(np.max(v @ vector)) for v in self._vectors])
        best = int(scores.argmax())
        return self.all[best] if scores[best] >= NEAR_ENOUGH + (0.1 if self._encoder else 0.0) else None


def _standard(text: str) -> str:
    return load_net().standard(text)


def _stands_in(words: str, text: str) -> bool:
    return re.search(r"(?<!\w)" + re.escape(words), text) is not None


def load_wishes(file: Path = FILE) -> Wishes:
    """Read the wishes. Raises ``GuidanceError`` unless there are exactly ten whole ones."""
    content: Any = read_yaml(file)
    nodes = required(file, content, "wishes", list)
    if len(nodes) != 10:
        complain(file, content, f"there are {len(nodes)} wishes", "the Young Safeguarders wrote ten", "wishes")
    wishes = [Wish(required(file, n, "id"), required(file, n, "wish"), required(file, n, "asks"),
                   tuple(str(a) for a in required(file, n, "about", list))) for n in nodes]
    try:
        return Wishes(wishes, shared_encoder())
    except EncoderUnavailable:
        return Wishes(wishes, None)
