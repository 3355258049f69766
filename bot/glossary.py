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
# "what does trajectory mean", "what is a ...", "they keep saying trajectory, what is that": the word stands right beside the asking, so that
# "what does it mean if my social worker leaves" asks for no word.
_BEFORE = (r"(?:what (?:does|do|did|is|are|was)|what'?s|whats|wots|define|meaning of|explain)"
           r"(?:\W+(?:an?|the|word|words|term|by|it|they|he|she|mean|means|meant))*\W+")
_BEHIND = (r"\W*(?:(?:even|actually|really|exactly|please|pls|then|mean|means|meaning|stand for|"
           r"in (?:plain|normal|simple|easy) (?:english|words))\W*)*$")
_NAMED_FIRST = (r"\W+(?:mean(?:s|ing)?\W*$|and )?(?:(?:but|so|pls|please|er|um)\W+)*"
                r"(?:i (?:dont|don't|do not|have no idea|haven'?t a clue)\b.{0,20})?"
                r"\W*what (?:does|do|is|s|'s)? ?(?:that|it|this)(?: even| actually| really)?(?: mean| please| then)?\W*$")
_MAY_ASK = re.compile(r"\bwh?[ao]ts?\b|\bdefine\b|\bexplain\b|\bmean", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A word, what it means, and a pattern for the ways it is written."""

    word: str
    means: str
    pattern: Pattern[str]
    asked: Pattern[str]
    only_asked: bool = False


class Glossary:
    """Finds terms in a text."""

    def __init__(self, terms: List[Term]) -> None:
        self.terms: Tuple[Term, ...] = tuple(terms)

    def asked_for(self, text: str) -> Optional[Term]:
        """The term that a question asks about: the longest that stands in it."""
        folded = fold(text)
        found = [(len(m.group()), t) for t in self.terms for m in [t.pattern.search(folded)] if m]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def asked_plainly(self, text: str) -> Optional[Term]:
        """The term whose meaning a text asks for, and asks for nothing else; the longest. None if there is none."""
        folded = fold(text)
        if not _MAY_ASK.search(folded):
            return None
        return max((t for t in self.terms if t.pattern.search(folded) and t.asked.search(folded)), key=lambda t: len(t.word), default=None)

    def standing_in(self, text: str, most: int = 4) -> List[Term]:
        """The terms that stand in a text, in its order, the first few; none that is told only if it is asked for."""
        folded = fold(text)
        found = sorted((m.start(), n) for n, t in enumerate(self.terms) if not t.only_asked for m in [t.pattern.search(folded)] if m)
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
        named = r"(?<!\w)(?:" + "|".join(re.escape(s) for s in sorted(spelt, key=len, reverse=True)) + r")(?!\w)"
        asked = re.compile(rf"\b{_BEFORE}{named}{_BEHIND}|{named}{_NAMED_FIRST}")
        terms.append(Term(str(word), required(file, node, "means"), re.compile(named), asked, bool(node.get("only_asked"))))
    return Glossary(terms)
