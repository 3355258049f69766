"""Patterns that stand in guidance files, and the lists of words that they share: read, checked, and made whole."""
from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Pattern

from bot.guidance_files import complain, required

_LIST = re.compile(r"<(\w+)>")
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")


def patterns_under(file: Path, node: Any, part: str) -> List[str]:
    """The patterns that stand under ``part``: at least one, in small letters as messages are when they are compared. Raises ``GuidanceError``."""
    patterns = required(file, node, part, list)
    if not patterns or not all(isinstance(pattern, str) and pattern for pattern in patterns):
        complain(file, node, f'"{part}" is empty, or has a pattern that YAML does not read as words',
                 "write a pattern behind each dash, in single quotes if a colon and a space stand in it", part)
    for pattern in patterns:
        if _CAPITAL.search(pattern):
            complain(file, node, f"the pattern {pattern} has a capital letter, which no message has when it is compared", "write small letters", part)
    return list(patterns)


def never_nothing(file: Path, node: Any, pattern: Pattern[str], part: str) -> Pattern[str]:
    """The pattern, or complain that it fits every message."""
    if pattern.search(""):
        complain(file, node, "a pattern fits every message", "look for an empty side of a |, or a pattern of nothing but optional parts", part)
    return pattern


def checked_lists(file: Path, lists: Any) -> Dict[str, str]:
    """``whole_lists`` of lists that are written as patterns are. Raises ``GuidanceError``."""
    for name in lists:
        patterns_under(file, lists, name)
    return whole_lists(file, lists)


def each_is_used(file: Path, lists: Any, patterns: Iterable[str]) -> None:
    """Complain of a list that neither another list nor one of the ``patterns`` uses."""
    used = set(lists_used([*patterns, *(pattern for name in lists for pattern in lists[name])]))
    for name in lists:
        if name not in used:
            complain(file, lists, f'no rule uses the list "{name}"', f"delete it, or write <{name}> in a pattern", name)


def any_of_patterns(file: Path, content: Any, what: str, patterns: Iterable[str], part: str) -> Pattern[str]:
    """One pattern for any of several, or complain that ``what``, which stands under ``part``, has one that cannot be read."""
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    except re.error as error:
        complain(file, content, f"{what} has a pattern that cannot be read ({error})", "correct its brackets", part)


def whole_lists(file: Path, lists: Mapping[str, Iterable[str]]) -> Dict[str, str]:
    """By name, one pattern for any of a list's. A list may use those above it. Raises ``GuidanceError`` as ``whole_patterns`` does."""
    whole: Dict[str, str] = {}
    for name, patterns in lists.items():
        whole[str(name)] = any_of_patterns(file, lists, f'the list "{name}"', whole_patterns(file, lists, name, patterns, whole), name).pattern
    return whole


def whole_patterns(file: Path, node: Any, part: str, patterns: Iterable[str], lists: Mapping[str, str]) -> List[str]:
    """The patterns, which stand under ``part``, with the list for each <name>, or complain that there is no such list."""
    patterns = list(patterns)
    for name in lists_used(patterns):
        if name not in lists:
            complain(file, node, f"there is no list <{name}>",
                     f'add "{name}:" under lists, above any list that uses it' + (f", or choose from {', '.join(lists)}" if lists else ""), part)
    return [_LIST.sub(lambda found: f"(?:{lists[found[1]]})", pattern) for pattern in patterns]


def lists_used(patterns: Iterable[str]) -> List[str]:
    """The names of the lists that patterns use."""
    return [name for pattern in patterns for name in _LIST.findall(pattern)]
