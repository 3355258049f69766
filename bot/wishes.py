"""The Ten Wishes, quoted exactly from guidance/ten_wishes.yml, and which one somebody means."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy as np

from bot.guidance_files import complain, read_yaml, required
from bot.ordinals import LAST, ORDINALS
from bot.safety.fold import fold
from bot.safety.net import load_net
from bot.understanding.encoder import Encoder, EncoderUnavailable
from bot.understanding.readings import encoders
from bot.understanding.vectors import WISHES, Vectors, vectors_of

FILE = Path("guidance/ten_wishes.yml")
NEAR_ENOUGH = 0.35       # somebody asks for a wish: of 120 such messages (tests/talk/which_wish.tsv) 106 are right, 3 get another wish
CLEARLY_NEAR = 0.45      # a wish is touched in passing: of everyday messages one in twenty comes as near
KEYWORD, AT_MOST = 0.05, 3   # for each of its words that stands in the text
NEAR_BY_WORDS = 0.05     # without the encoders
MOST_AT_ONCE = 3
_ASKS_FOR_ONE = re.compile(r"^.*?\b(?:(?:which|what|one|ones|wish|wishes|rule|any|something|anything)\b"
                           r"(?:'?s| is| are| was| of the ten| of them| for workers| in there)?)"
                           r"(?: (?:one|ones|wish|wishes|is|are|of them|of the ten))*"
                           r" (?:about|on|for when|for|where|when|that|which|to do with|regarding|covering|covers?|says?|means?|mentions?)\b"
                           r"(?: (?:that|when|about|is|are|says?|covers?|means?|how|them|they|professionals|workers|should)\b)*", re.IGNORECASE)
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
    like: Tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """What people look for and none of the ten speaks of. ``nearest``: the id of the wish that comes nearest, or empty."""

    id: str
    matter: str
    nearest: str
    like: Tuple[str, ...]


class Wishes:
    """All ten, in the order printed; ``title`` and ``source`` as printed with them."""

    def __init__(self, wishes: Sequence[Wish], title: str, source: str, matters: Sequence[Matter]) -> None:
        self.all = tuple(wishes)
        self.not_among = tuple(matters)
        self.title, self.source = title, source

    @functools.cached_property
    def _readings(self) -> Tuple[Tuple[Encoder, Vectors], ...]:
        """Each encoder with its vectors of every sentence; empty without the encoders. A page that only lists the wishes never asks for them."""
        try:
            found = encoders()
        except EncoderUnavailable:
            return ()
        standard = [_standard(text) for texts in self._told() for text in texts]
        return tuple((encoder, vectors_of(standard, encoder, kept_as=f"{WISHES}-{n}")) for n, encoder in enumerate(found))

    def _told(self) -> List[Tuple[str, ...]]:
        return [(w.wish, w.asks, w.child, w.say, *w.about, *w.like) for w in self.all] + [m.like for m in self.not_among]

    def prepare(self) -> None:
        """Read what is else read when somebody first asks for a wish."""
        _ = self._readings

    def nearest(self, text: str, least: float = CLEARLY_NEAR) -> Optional[Wish]:
        """The wish that the text is about, by its words and its meaning; None rather than a guess."""
        found = self.which(text, least)
        return found if isinstance(found, Wish) else None

    def which(self, text: str, least: float = NEAR_ENOUGH) -> Union[Wish, Matter, None]:
        """The wish that the text asks for, or what none of the ten speaks of, if that is nearer; None rather than a guess."""
        folded = fold(text)
        scores = np.array([KEYWORD * min(AT_MOST, sum(_stands_in(a, folded) for a in w.about)) for w in self.all] + [0.0] * len(self.not_among))
        if self._readings:
            scores = scores + self._likeness(text)
        best = int(scores.argmax())
        if scores[best] < (least if self._readings else NEAR_BY_WORDS):
            return None
        return self.all[best] if best < len(self.all) else self.not_among[best - len(self.all)]

    def _likeness(self, text: str) -> np.ndarray:
        """How like the two nearest of each one's sentences are to the text, and to what it asks for, as each encoder reads it: the mean."""
        asked = [_standard(text), _standard(_asked_for(text))]
        ends = np.cumsum([len(texts) for texts in self._told()])[:-1]
        likes = [vectors @ encoder.encode(one) for encoder, vectors in self._readings for one in asked]
        return np.mean([[np.sort(of_one)[-2:].mean() for of_one in np.split(like, ends)] for like in likes], axis=0)

    def several(self, text: str) -> Tuple[Wish, ...]:
        """The wishes that a text asks for where it joins several ("the one about time and the one about respect"); empty if it asks for one."""
        parts = [part for part in _AND.split(text) if part.strip()]
        if not 1 < len(parts) <= MOST_AT_ONCE + 1 or not _ABOUT.search(text):
            return ()
        found = tuple(dict.fromkeys(w for w in (self.nearest(part, NEAR_ENOUGH) for part in parts) if w))
        return found[:MOST_AT_ONCE] if len(found) > 1 else ()

    def named(self, wish_id: str) -> Optional[Wish]:
        """The wish with an id, or None."""
        return next((w for w in self.all if w.id == wish_id), None)

    def at(self, place: int) -> Optional[Wish]:
        """The wish printed at a place (1 to 10; ``LAST`` is the last), or None."""
        if place == LAST:
            return self.all[-1]
        return self.all[place - 1] if 1 <= place <= len(self.all) else None

    def place_of(self, wish: Wish) -> str:
        """Where it is printed: "second"."""
        return ORDINALS[self.all.index(wish)]


def _asked_for(text: str) -> str:
    """What the wish that somebody asks for is about: "is there one that says don't be late" is about "don't be late"."""
    rest = _ASKS_FOR_ONE.sub("", text, count=1).strip(" ?.!")
    return rest if len(rest.split()) > 1 else text


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
    matters = [_matter(file, node, wishes) for node in required(file, content, "not_among", list)]
    title = str(required(file, content, "printed_title"))
    source = f"{required(file, content, 'source')}, “{required(file, content, 'heading')}”"
    return Wishes(wishes, title, source, matters)


def _wish(file: Path, node: Any) -> Wish:
    text = {name: str(required(file, node, name)) for name in ("id", "wish", "short", "asks", "child", "carer", "say")}
    return Wish(**text, about=tuple(fold(str(a)) for a in required(file, node, "about", list)), like=_like(file, node))


def _matter(file: Path, node: Any, wishes: Sequence[Wish]) -> Matter:
    nearest = str(node.get("nearest", ""))
    if nearest and nearest not in {w.id for w in wishes}:
        complain(file, node, f'"{nearest}" is no wish', f"choose from {', '.join(w.id for w in wishes)}, or leave it out", "nearest")
    return Matter(str(required(file, node, "id")), str(required(file, node, "matter")), nearest, _like(file, node))


def _like(file: Path, node: Any) -> Tuple[str, ...]:
    return tuple(str(text) for text in required(file, node, "like", list))


@functools.lru_cache(maxsize=1)
def shared_wishes() -> Wishes:
    """The process's Ten Wishes. Raises ``GuidanceError`` unless there are exactly ten whole ones."""
    wishes = load_wishes()
    wishes.prepare()
    return wishes
