"""The words that we do not say and what we say instead, from guidance/words/plain.yml."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, FrozenSet, List, Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/words/plain.yml")


@dataclass(frozen=True)
class Swap:
    """A word in all its written forms, and what to say instead. ``at_work``: people who work with children may read it."""

    kind: str
    pattern: Pattern[str]
    say: str
    at_work: bool


@dataclass(frozen=True)
class Plain:
    """What ``plain.yml`` says."""

    swaps: Tuple[Swap, ...]
    short_forms: FrozenSet[str]
    short_forms_at_work: FrozenSet[str]
    not_passive: FrozenSet[str]
    irregular: FrozenSet[str]


@functools.lru_cache(maxsize=4)
def load_plain(file: Path = FILE) -> Plain:
    """Read the lists. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    swaps: List[Swap] = []
    for kind in ("hard", "banned", "blame"):
        for node in required(file, content, kind, list):
            swaps.append(_swap(file, kind, node))
    lists = [frozenset(str(w) for w in required(file, content, name, list))
             for name in ("short_forms", "short_forms_at_work", "not_passive", "irregular")]
    return Plain(tuple(swaps), *lists)


def _swap(file: Path, kind: str, node: Any) -> Swap:
    words = [str(w) for w in required(file, node, "word", list, "the word in its forms")]
    say = required(file, node, "say", what="what we say instead")
    unknown = set(node) - {"word", "say", "work"}
    if unknown:
        complain(file, node, f'"{words[0]}" has a part "{min(unknown)}"', "correct its name", min(unknown))
    spelt = "|".join(re.escape(w) if w.isupper() else f"(?i:{re.escape(w)})" for w in sorted(words, key=len, reverse=True))
    return Swap(kind, re.compile(rf"(?<![\w-])(?:{spelt})(?![\w-])"), say, bool(node.get("work", False)))
