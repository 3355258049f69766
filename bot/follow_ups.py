"""A short second question that leans on the reply before it ("and at weekends?", "what if she says no?"). Pure.

What it can mean after which reply stands in ``guidance/follow_ups.yml``.
"""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Dict, FrozenSet, Iterable, List, Mapping, Optional, Pattern, Tuple

from bot.audience import Audience, heard_in
from bot.guidance_files import ROOT, complain, read_yaml
from bot.guidance_patterns import any_of_patterns, checked_lists, each_is_used, whole_patterns
from bot.safety.fold import fold

FILE = ROOT / "guidance" / "follow_ups.yml"
MOST_WORDS = 12
_WHAT_IF_I_AM = re.compile(r"^(?:(?:and|but|ok|okay|so|oh) )*(?:(?:what (?:if|about if)|even if|if|does (?:that|it) (?:count|change|matter|apply) "
                           r"(?:if|when)|same if|what about when) )?(?:i'?m|im|i am|i work|we are|we'?re|you'?re|ur|u r|for|as)\b")


@dataclass(frozen=True)
class FollowUp:
    """``says``: a wording key; ``means``: an intent whose own action answers. One of them is set."""

    says: str = ""
    means: str = ""


@dataclass(frozen=True)
class _Rule:
    after: Tuple[str, ...]
    words: Pattern[str]
    unless: Optional[Pattern[str]]
    then: FollowUp

    def fits(self, folded: str) -> bool:
        """Whether folded words ask what this rule answers."""
        return self.words.search(folded) is not None and not (self.unless and self.unless.search(folded))


class FollowUps:
    """Finds what a short question means after a reply."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self._rules = tuple(rules)
        self._after = functools.lru_cache(maxsize=512)(self._that_may_follow)  # only keys and places: nothing that was typed

    def keys(self) -> List[str]:
        """Every wording key that can be said."""
        return [r.then.says for r in self._rules if r.then.says]

    def intents(self) -> List[str]:
        """Every intent that can be meant."""
        return [r.then.means for r in self._rules if r.then.means]

    def after(self) -> List[str]:
        """Every reply that something is known to follow."""
        return sorted({key for r in self._rules for key in r.after})

    def find(self, text: str, said_before: Collection[str]) -> Optional[FollowUp]:
        """What ``text`` means after replies with these keys (or places of the guidance), or None if it stands alone."""
        folded = fold(text)
        if len(folded.split()) > MOST_WORDS:
            return None
        return next((r.then for r in self._after(frozenset(said_before)) if r.fits(folded)), None)

    def _that_may_follow(self, said_before: FrozenSet[str]) -> Tuple[_Rule, ...]:
        return tuple(r for r in self._rules if any(_fits(key, said) for key in r.after for said in said_before))


def said_for_somebody_else(text: str, fitted_for: Collection[Audience]) -> bool:
    """"What if I'm a teacher?": who is writing has only now become known, and the reply has other words for them."""
    folded = fold(text)
    if not fitted_for or len(folded.split()) > MOST_WORDS or not _WHAT_IF_I_AM.search(folded):
        return False
    said, who = heard_in(text)
    return said and who in fitted_for


def _fits(key: str, said: str) -> bool:
    return said.startswith(key[:-1]) if key.endswith("*") else key == said


@functools.lru_cache(maxsize=1)
def load_follow_ups(file: Path = FILE) -> FollowUps:
    """Read the follow-ups. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    families: Dict[str, List[str]] = {str(name): [str(k) for k in keys] for name, keys in content["families"].items()}
    words = content.get("lists", {})
    lists = checked_lists(file, words)
    rules = [_rule(file, content, number, node, families, lists) for number, node in enumerate(content["follow_ups"], 1)]
    each_is_used(file, words, (pattern for node in content["follow_ups"] for pattern in [*node["asks"], *node.get("unless", [])]))
    return FollowUps(rules)


def _rule(file: Path, content: Any, number: int, node: Any, families: Dict[str, List[str]], lists: Mapping[str, str]) -> _Rule:
    if set(node) - {"unless"} not in ({"after", "asks", "says"}, {"after", "asks", "means"}):
        complain(file, content, f"follow-up {number} is not whole", 'write "after:", "asks:" and one of "says:" and "means:"', "follow_ups")
    unknown = [name for name in node["after"] if name not in families]
    if unknown:
        complain(file, content, f'follow-up {number} comes after "{unknown[0]}"', f"choose from {', '.join(families)}", "follow_ups")

    def whole(part: str) -> Pattern[str]:
        return any_of_patterns(file, content, f"follow-up {number}", whole_patterns(file, content, "follow_ups", node[part], lists), "follow_ups")
    after = tuple(key for name in node["after"] for key in families[name])
    return _Rule(after, whole("asks"), whole("unless") if "unless" in node else None, FollowUp(str(node.get("says", "")), str(node.get("means", ""))))
