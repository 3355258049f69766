"""Which other place a message is about, so that nobody is given Plymouth's number as theirs."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterable, List, Optional, Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required
from bot.safety.fold import fold

FILE = Path("guidance/places.yml")
SHORT = 6  # words: in a message as short as this a bare name is meant as the place
_IN = r"\b(?:in|near|for|at|about|around|outside|to|over in|up in|down in|cover|covers|covering|of|is|we are in|we're in|lives|live) (?:the )?"
_NOT_MEANT = (r"(?! ?(?:street|road|st\b|rd\b|avenue|ave\b|way|place|close|terrace|hill|police|hospital|university|argyle|and cornwall police|"
              r"county show|cream|pasty|pasties|city centre|report|learning))")
_TAKEN = (r"\b(?:holiday|going|go|fly|flies|flying|flight|flown|taken?|taking|takes|sent|send|sending|travel\w*|trips?|tickets?|wedding|"
          r"visit|visiting|off)"
          r"(?: (?:out|back|over|him|her|them|me|us|away|home|off|family|relatives|soon|next week|a))* to (?:the )?")
_NOT_HERE = r"\b(?:not|dont|do not|doesnt|does not|isnt|arent|outside|out of|left|leaving|leave|moved? (?:away )?from|used to|near|except|beyond)\b"
_CHILD = (r"\b(?:child(?:ren)?|kids?|lads?|boys?|girls?|bab(?:y|ies)|he|she|they|family|nephews?|nieces?|cousins?|grand\w+|pupils?|students?|"
          r"(?:step)?sons?|(?:step)?daughters?|teenagers?)\b")
_FROM = r"(?:moved (?:here |down |up |over )?from|come from|came from|used to live in|used to be in|back from|born in|originally from) (?:the )?"


@dataclass(frozen=True)
class Place:
    """A place that another council looks after, and that council."""

    name: str
    looked_after_by: str


class Places:
    """Finds a place in what people type."""

    def __init__(self, home: List[str], elsewhere: Dict[str, str]) -> None:
        names = "|".join(map(re.escape, map(str.lower, home)))
        self._home = re.compile(rf"\b(?:{names})\b")
        self._child_here = re.compile(rf"{_CHILD}(?: \w+){{0,3}} (?:lives?|living|stays?|is|are|in|at) (?:here )?(?:in |at )?(?:{names})\b")
        self._elsewhere: Tuple[Tuple[Place, Pattern[str]], ...] = tuple(
            (Place(name, council), re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)" + _NOT_MEANT)) for name, council in elsewhere.items())

    def named_in(self, text: str) -> Optional[Place]:
        """The other place that the message is about, or None (also if it names Plymouth too)."""
        folded = fold(text)
        if self._home.search(folded):
            return None
        for place, pattern in self._elsewhere:
            found = pattern.search(folded)
            if not found:
                continue
            before = folded[:found.start()]
            if re.search(rf"(?:{_FROM}|{_TAKEN})$", before):   # where somebody was, or is to be taken: the child is here
                continue
            if len(folded.split()) <= SHORT or re.search(_IN + "$", before):
                return place
        return None

    def home_named_in(self, text: str) -> bool:
        """True if the message names Plymouth or a part of it."""
        return bool(self._home.search(fold(text)))

    def is_here(self, text: str) -> bool:
        """True if the message is about Plymouth: the child lives here, or no other place is named and nobody is said to be outside."""
        folded = fold(text)
        if not self._home.search(folded) or re.search(_NOT_HERE, folded.replace("'", "")):
            return False
        return self._child_here.search(folded) is not None or not any(pattern.search(folded) for _, pattern in self._elsewhere)

    def last_named(self, messages: Iterable[str]) -> Optional[Place]:
        """The other place that the conversation is about now: the last one named, unless Plymouth was named after it."""
        place: Optional[Place] = None
        for text in messages:
            place = None if self.home_named_in(text) else self.named_in(text) or place
        return place


@functools.lru_cache(maxsize=1)
def load_places(file: Path = FILE) -> Places:
    """Read the places. Raises ``GuidanceError`` for a place that stands twice."""
    content = read_yaml(file)
    elsewhere: Dict[str, str] = {}
    for council, names in required(file, content, "councils", dict).items():
        for name in names:
            if str(name) in elsewhere:
                complain(file, content["councils"], f'"{name}" stands twice', "keep it under one council", council)
            elsewhere[str(name)] = str(council)
    return Places([str(n) for n in required(file, content, "home", list)], elsewhere)
