"""What each intent is like, beyond its own reply: one table, ``guidance/intents.yml``, for all the parts that need to know."""
from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Dict, FrozenSet, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/intents.yml")
FAMILIES = "much_the_same"  # a list of lists
IN_THE_GUIDANCE = "same_as_own_words"  # intents, each with a list of sections
NOT_UNDERSTOOD = "nlu_fallback"


def in_order(trait: str) -> Tuple[str, ...]:
    """The intents that stand under a heading of the table, as they stand there. Raises ``GuidanceError``, ``KeyError``."""
    return _table()[trait]


@functools.cache
def intents_that_are(trait: str) -> FrozenSet[str]:
    """The intents that stand under a heading of the table. Raises ``GuidanceError``, ``KeyError``."""
    return frozenset(in_order(trait))


def families(file: Path = FILE) -> Tuple[FrozenSet[str], ...]:
    """Groups of intents so near one another that one reply is enough. Raises ``GuidanceError``."""
    return tuple(frozenset(map(str, family)) for family in read_yaml(file)[FAMILIES])


@functools.lru_cache(maxsize=1)
def same_as_own_words() -> Dict[str, FrozenSet[str]]:
    """By intent the sections of the guidance that say no more than its own words. Raises ``GuidanceError``."""
    table = required(FILE, read_yaml(FILE), IN_THE_GUIDANCE, dict)
    return {str(name): frozenset(map(str, required(FILE, table, name, list))) for name in table}


@functools.lru_cache(maxsize=1)
def _table() -> Dict[str, Tuple[str, ...]]:
    return load_traits(FILE)


@functools.lru_cache(maxsize=1)
def domain_intents() -> FrozenSet[str]:
    """Every intent of domain.yml. Raises ``GuidanceError``."""
    return frozenset(map(str, read_yaml(Path("domain.yml"))["intents"]))


def load_traits(file: Path) -> Dict[str, Tuple[str, ...]]:
    """Read the table. Raises ``GuidanceError`` naming file, line and mend for what is no intent of domain.yml or stands twice."""
    content = read_yaml(file)
    known = domain_intents() | {NOT_UNDERSTOOD}
    for family in content[FAMILIES]:
        checked(file, content, FAMILIES, family, known)
    checked(file, content, IN_THE_GUIDANCE, content[IN_THE_GUIDANCE], known)
    return {str(trait): checked(file, content, trait, names, known) for trait, names in content.items() if trait not in (FAMILIES, IN_THE_GUIDANCE)}


def checked(file: Path, content: Any, trait: str, names: Any, known: FrozenSet[str]) -> Tuple[str, ...]:
    """The names that stand under a heading. Raises ``GuidanceError`` for one that is not known or stands twice."""
    found = tuple(map(str, names))
    for name in found:
        if name not in known:
            complain(file, content, f'"{name}" under "{trait}" is no intent', "choose one that stands in domain.yml", trait)
        if found.count(name) > 1:
            complain(file, content, f'"{name}" stands twice under "{trait}"', "delete one of them", trait)
    return found
