"""The Ten Wishes, quoted exactly from guidance/ten_wishes.yml, and which one somebody means."""
from __future__ import annotations

import functools
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
NEAR_ENOUGH = 0.55       # below it, what people name is as often no wish at all ("the one about keeping the same worker")
NEAR_BY_WORDS = 0.25     # without the encoder
KEYWORD = 0.25
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(ORDINALS)}|last|next)(?: (?:one|wish|point|bullet|thing))?\b|\b(?P<nth>\d{{1,2}})(?:st|nd|rd|th)\b|"
                      rf"\b(?:wish|number|nos?\.?|num|nr|point) ?(?P<digits>\d{{1,2}})\b|\b(?:wish|number) (?P<named>{'|'.join(_NUMBERS)})\b|"
                      r"\bthe (?P<edge>top|bottom) (?:one)?")
_LAST = -1
MOST_AT_ONCE = 3
_AND = re.compile(r"\s*(?:,|;|/|&|\+|\band\b|\bn\b|\bplus\b|\bor\b)\s*", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:ones?|wish(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """One wish: its words; in few; what it asks of a worker, means to a child and to a carer; words for when it is broken; words that point to it."""

    id: str
    wish: str
    short: str
    asks: str
    child: str
    carer: str
    say: str
    about: Tuple[str, ...]


class Wishes:
    """All ten, in the order printed; ``title`` and ``source`` as printed with them."""

    def __init__(self, wishes: List[Wish], encoder: Optional[Encoder], title: str = "", source: str = "") -> None:
        self.all = tuple(wishes)
        self.title, self.source = title, source
        self._encoder = encoder
        self._vectors = [encoder.encode_all([_standard(t) for t in (w.wish, w.asks, w.child, w.say, *w.about)]) for w in wishes] if encoder else []

    def nearest(self, text: str) -> Optional[Wish]:
        """The wish that the text is about, by its words and its meaning; None rather than a guess."""
        folded = fold(text)
        scores = np.array([KEYWORD * min(3, sum(_stands_in(a, folded) for a in w.about)) for w in self.all])
        if self._encoder is not None:
            vector = self._encoder.encode(_standard(text))
            scores = scores + np.array([float(np.max(v @ vector)) for v in self._vectors])
        best = int(scores.argmax())
        return self.all[best] if scores[best] >= (NEAR_ENOUGH if self._encoder else NEAR_BY_WORDS) else None

    def each_nearest(self, text: str) -> Tuple[Wish, ...]:
        """The wishes that a text is about where it joins several ("the one about time and the one about respect"); of a plain one, the nearest."""
        parts = [part for part in _AND.split(text) if part.strip()]
        several = tuple(dict.fromkeys(w for w in map(self.nearest, parts) if w)) if 1 < len(parts) <= MOST_AT_ONCE + 1 and _ABOUT.search(text) else ()
        if len(several) > 1:
            return several[:MOST_AT_ONCE]
        wish = self.nearest(text)
        return (wish,) if wish else ()

    def named(self, wish_id: str) -> Optional[Wish]:
        """The wish with an id, or None."""
        return next((w for w in self.all if w.id == wish_id), None)

    def at(self, place: int) -> Optional[Wish]:
        """The wish printed at a place (1 to 10; -1 is the last), or None."""
        if place == _LAST:
            return self.all[-1]
        return self.all[place - 1] if 1 <= place <= len(self.all) else None

    def place_of(self, wish: Wish) -> str:
        """Where it is printed: "second"."""
        return ORDINALS[self.all.index(wish)]


def ordinal_in(text: str) -> Optional[int]:
    """The place in a list that a text names ("the second one", "number 3"): from 1, -1 for the last; None if it names none."""
    return next(iter(ordinals_in(text)), None)


def ordinals_in(text: str) -> Tuple[int, ...]:
    """Every place in a list that a text names ("no 4 and no 6"), in the order said, each once."""
    places = (_place(found) for found in _ORDINAL.finditer(" ".join(text.lower().split())))  # unfolded: "4th" would be read as letters
    return tuple(dict.fromkeys(place for place in places if place is not None))


def _place(found: "re.Match[str]") -> Optional[int]:
    word, edge = found.group("word"), found.group("edge")
    if word == "last" or edge == "bottom":
        return _LAST
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    if edge == "top":
        return 1
    if found.group("named"):
        return _NUMBERS.index(found.group("named")) + 1
    digits = found.group("nth") or found.group("digits")
    return int(digits) if digits else None


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
    wishes = [_wish(file, node) for node in nodes]
    title = str(required(file, content, "printed_title"))
    source = f"{required(file, content, 'source')}, “{required(file, content, 'heading')}”"
    try:
        return Wishes(wishes, shared_encoder(), title, source)
    except EncoderUnavailable:
        return Wishes(wishes, None, title, source)


def _wish(file: Path, node: Any) -> Wish:
    text = {name: str(required(file, node, name)) for name in ("id", "wish", "short", "asks", "child", "carer", "say")}
    return Wish(**text, about=tuple(fold(str(a)) for a in required(file, node, "about", list)))


@functools.lru_cache(maxsize=1)
def shared_wishes() -> Wishes:
    """The process's Ten Wishes. Raises ``GuidanceError`` unless there are exactly ten whole ones."""
    return load_wishes()
