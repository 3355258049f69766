"""The rules of words that settle what a message is about: ``guidance/settled_words.yml``, read and checked."""
from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, FrozenSet, Pattern, Tuple

from bot.guidance_files import complain, only, read_parts, required
from bot.guidance_patterns import any_of_patterns, checked_lists, each_is_used, never_nothing, patterns_under, whole_patterns
from bot.safety.findings import URGENT
from bot.understanding.traits import checked, domain_intents, intents_that_are

FILE = Path("guidance/settled_words.yml")
_PARTS = ("why", "words", "taken_for", "means")
_ANYTHING_BUT, _ANYTHING_BUT_CARE = "anything but", "anything but care"


@dataclass(frozen=True)
class Rule:
    """If the words stand in a message that was taken for one of ``taken_for``, it is ``means``. ``alone``: whatever it was taken for."""

    words: Pattern[str]
    taken_for: FrozenSet[str]
    means: str
    alone: bool

    def settles(self, heard: str) -> bool:
        """Whether the words count for what was heard: words that settle alone also confirm what is only just likeliest."""
        return heard in self.taken_for or (self.alone and heard == self.means)


@functools.cache
def care() -> FrozenSet[str]:
    """What "anything but care" leaves out; what is said of our words stays said of them."""
    return intents_that_are("care_scripts") | URGENT | {"leave_comment"}


@functools.lru_cache(maxsize=1)
def load_settled_words(file: Path = FILE) -> Tuple[Rule, ...]:
    """The rules in their order. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_parts(file, ("lists", "rules"), "lists and no rules")
    words, nodes = required(file, content, "lists", dict), required(file, content, "rules", list)
    lists = checked_lists(file, words)
    if not nodes:
        complain(file, content, "there is no rule", "write one, or restore the file from version control", "rules")
    rules = tuple(_rule(file, nodes, number, lists) for number in range(len(nodes)))
    each_is_used(file, words, [pattern for node in nodes for pattern in node["words"]])
    return rules


def _rule(file: Path, nodes: Any, number: int, lists: Dict[str, str]) -> Rule:
    node = nodes[number]
    if not isinstance(node, dict):
        complain(file, nodes, "this is no rule", f"begin it with {', '.join(_PARTS)}, each with a colon", number)
    only(file, node, _PARTS)
    required(file, node, "why")
    whole = whole_patterns(file, node, "words", patterns_under(file, node, "words"), lists)
    means, = checked(file, node, "means", [required(file, node, "means")], domain_intents())
    found = never_nothing(file, node, any_of_patterns(file, node, "this rule", whole, "words"), "words")
    alone = not isinstance(node.get("taken_for"), list)
    return Rule(found, _taken_for(file, node), means, alone)


def _taken_for(file: Path, node: Any) -> FrozenSet[str]:
    said = node.get("taken_for")
    if said == _ANYTHING_BUT_CARE:
        return domain_intents() - care()
    if isinstance(said, dict):
        only(file, said, (_ANYTHING_BUT,))
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
