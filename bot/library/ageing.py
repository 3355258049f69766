"""Facts that age: what they look like in an answer, and the words that say so. Read from guidance/ageing.yml."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/ageing.yml")


@dataclass(frozen=True)
class Ageing:
    """A kind of fact that changes with time. ``says`` goes under an answer that holds one."""

    id: str
    looks_like: Tuple[Pattern[str], ...]
    says: str

    def is_in(self, words: str) -> bool:
        """Whether an answer holds such a fact."""
        return any(pattern.search(words) for pattern in self.looks_like)


def load_ageing(file: Path = FILE) -> Tuple[Ageing, ...]:
    """Read the kinds. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    found = []
    for key in content or {}:
        node = required(file, content, key, dict, "looks_like and says")
        patterns = []
        for n, pattern in enumerate(required(file, node, "looks_like", list, "patterns")):
            try:
                patterns.append(re.compile(str(pattern)))
            except re.error as error:
                complain(file, node["looks_like"], f'"{pattern}" is not a pattern ({error})', "close its brackets or put \\ before its marks", n)
        found.append(Ageing(str(key), tuple(patterns), str(required(file, node, "says", str, "what to say")).strip()))
    return tuple(found)
