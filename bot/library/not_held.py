"""What people ask for that the documents do not hold, read from guidance/not_held.yml."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Optional, Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/not_held.yml")


@dataclass(frozen=True)
class Topic:
    """Something that we do not hold, how people ask for it and what we say."""

    id: str
    asked_as: Tuple[str, ...]
    says: str
    after_year: Optional[int] = None
    places: Tuple[str, ...] = ()

    def named_in(self, words: str) -> List[str]:
        """The topic's places that the words name."""
        if not self.places or not self._any_place.search(words):
            return []
        return [place for place in self.places if re.search(rf"\b{re.escape(place)}\b", words, re.IGNORECASE)]

    @functools.cached_property
    def _any_place(self) -> Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(re.escape(place) for place in self.places)})\b", re.IGNORECASE)


def load_not_held(file: Path = FILE) -> Tuple[Topic, ...]:
    """Read the topics. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    return tuple(_topic(file, content, key) for key in content or {})


def _topic(file: Path, content: Any, key: str) -> Topic:
    node = required(file, content, key, dict, "asked_as and says")
    asked = tuple(str(phrase) for phrase in required(file, node, "asked_as", list, "how people ask for it"))
    if not asked:
        complain(file, node, f"{key} has no way of asking", "write at least one", "asked_as")
    says = str(required(file, node, "says", str, "that we do not hold it, and where it would be found")).strip()
    if re.search(r"\d", says):
        complain(file, node, f"{key} gives a figure", "say only that we do not hold it, and where it would be found", "says")
    year = node.get("after_year")
    if year is not None and not isinstance(year, int):
        complain(file, node, f"after_year of {key} is not a year", "write after_year: 2022", "after_year")
    return Topic(key, asked, says, year, tuple(str(place) for place in node.get("places", ())))
