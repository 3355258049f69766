"""Hard words and what they mean, from guidance/glossary.yml."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required
from bot.safety.fold import fold

FILE = Path("guidance/glossary.yml")


@dataclass(frozen=True)
class Term:
    """A word, what it means, and a pattern for the ways it is written."""

    word: str
    means: str
    pattern: Pattern[str]


class Glossary:
    """Finds terms in a text."""

    def __init__(self, terms: List[Term]) -> None:
        self.terms: Tuple[Term, ...] = tuple(terms)

    def asked_for(self, text: str) -> Optional[Term]:
        """The term that a question asks about: the longest that stands in it."""
        folded = fold(text)
        found = [(len(m.group()), t) for t in self.terms for m in [t.pattern.search(folded)] if m]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def standing_in(self, text: str, most: int = 4) -> List[Term]:
        """The terms that stand in a text, in its order, the first few."""
        folded = fold(text)
        found = sorted((m.start(), n) for n, t in enumerate(self.terms) for m in [t.pattern.search(folded)] if m)
        return [self.terms[n] for _, n in found[:most]]


@functools.lru_cache(maxsize=1)
def load_glossary(file: Path = FILE) -> Glossary:
    """Read the glossary. Raises ``GuidanceError`` for an entry without a meaning."""
    content = read_yaml(file)
    terms = []
    for word, node in content.items():
        if not isinstance(node, dict):
            complain(file, content, f'"{word}" has no meaning', 'write {means: "…"}', word)
        spelt = [fold(str(w)) for w in [word, *node.get("also", [])]]
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(s) for s in sorted(spelt, key=len, reverse=True)) + r")(?!\w)")
        terms.append(Term(str(word), required(file, node, "means"), pattern))
    return Glossary(terms)
