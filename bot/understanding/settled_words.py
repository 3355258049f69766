"""The rules of words that settle what a message is about: ``guidance/settled_words.yml``, read and checked."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Dict, FrozenSet, List, Pattern, Tuple

from bot.guidance_files import any_of_patterns, complain, read_yaml, required
from bot.safety.findings import URGENT
from bot.understanding.traits import checked, domain_intents, intents_that_are

FILE = Path("guidance/settled_words.yml")
_PARTS = ("why", "words", "taken_for", "means")
_ANYTHING_BUT, _ANYTHING_BUT_CARE = "anything but", "anything but care"
_LIST = re.compile(r"<(\w+)>")
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")


@dataclass(frozen=True)
class Rule:
    """If the words stand in a message that was taken for one of ``taken_for``, it is ``means``."""

    words: Pattern[str]
    taken_for: FrozenSet[str]
    means: str


@functools.cache
def care() -> FrozenSet[str]:
    """What "anything but care" leaves out; what is said of our words stays said of them."""
    return intents_that_are("care_scripts") | URGENT | {"leave_comment"}


@functools.lru_cache(maxsize=1)
def load_settled_words(file: Path = FILE) -> Tuple[Rule, ...]:
    """The rules in their order. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    if not isinstance(content, dict):
        complain(file, None, "there are no lists and no rules", "restore the file from version control")
    _only(file, content, ("lists", "rules"))
    words, nodes = required(file, content, "lists", dict), required(file, content, "rules", list)
    lists = {str(name): any_of_patterns(file, words, f'the list "{name}"', _patterns(file, words, name), name).pattern for name in words}
    if not nodes:
        complain(file, content, "there is no rule", "write one, or restore the file from version control", "rules")
    rules = tuple(_rule(file, nodes, number, lists) for number in range(len(nodes)))
    used = {name for node in nodes for pattern in node["words"] for name in _LIST.findall(pattern)}
    for name in words:
        if _LIST.search(" ".join(words[name])):
            complain(file, words, f'the list "{name}" uses another list', "write its words out", name)
        if name not in used:
            complain(file, words, f'no rule uses the list "{name}"', f"delete it, or write <{name}> in a pattern", name)
    return rules


def _rule(file: Path, nodes: Any, number: int, lists: Dict[str, str]) -> Rule:
    node = nodes[number]
    if not isinstance(node, dict):
        complain(file, nodes, "this is no rule", f"begin it with {', '.join(_PARTS)}, each with a colon", number)
    _only(file, node, _PARTS)
    required(file, node, "why")
    patterns = _patterns(file, node, "words")
    for name in _LIST.findall(" ".join(patterns)):
        if name not in lists:
            complain(file, node, f"there is no list <{name}>", f'add "{name}:" under lists, or choose from {", ".join(lists)}', "words")
    whole = [_LIST.sub(lambda found: f"(?:{lists[found[1]]})", pattern) for pattern in patterns]
    means, = checked(file, node, "means", [required(file, node, "means")], domain_intents())
    found = any_of_patterns(file, node, "this rule", whole, "words")
    if found.search(""):
        complain(file, node, "a pattern fits every message", "look for an empty side of a |, or a pattern of nothing but optional parts", "words")
    return Rule(found, _taken_for(file, node), means)


def _taken_for(file: Path, node: Any) -> FrozenSet[str]:
    said = node.get("taken_for")
    if said == _ANYTHING_BUT_CARE:
        return domain_intents() - care()
    if isinstance(said, dict):
        _only(file, said, (_ANYTHING_BUT,))
        return domain_intents() - _intents(file, said, _ANYTHING_BUT) - URGENT
    named = _intents(file, node, "taken_for")
    if named & URGENT:
        complain(file, node, "words may not settle danger away", f"delete {' and '.join(sorted(named & URGENT))}", "taken_for")
    return named


def _intents(file: Path, node: Any, part: str) -> FrozenSet[str]:
    names = required(file, node, part, list, f'intents, or "{_ANYTHING_BUT_CARE}"')
    if not names:
        complain(file, node, f'"{part}" is empty', "write an intent of domain.yml, or delete the rule", part)
    return frozenset(checked(file, node, part, names, domain_intents()))


def _patterns(file: Path, node: Any, part: str) -> List[str]:
    patterns = required(file, node, part, list)
    if not patterns or not all(isinstance(pattern, str) and pattern for pattern in patterns):
        complain(file, node, f'"{part}" is empty, or has a pattern that YAML does not read as words',
                 "write a pattern behind each dash, in single quotes if a colon and a space stand in it", part)
    for pattern in patterns:
        if _CAPITAL.search(pattern):
            complain(file, node, f"the pattern {pattern} has a capital letter, which no message has when it is compared", "write small letters", part)
    return list(patterns)


def _only(file: Path, node: Any, parts: Collection[str]) -> None:
    for part in node:
        if part not in parts:
            complain(file, node, f'"{part}" does not belong here', f"delete it, or choose from {', '.join(parts)}", part)
