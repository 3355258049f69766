"""What to do until help comes, where an urgent reply can say the one thing that fits (guidance/steps.yml). Pure."""
from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Mapping, Optional, Pattern, Tuple

from bot.guidance_files import ROOT, complain, read_yaml, required
from bot.guidance_patterns import any_of_patterns, checked_lists, each_is_used, never_nothing, patterns_under, whole_patterns
from bot.safety.fold import fold
from bot.words import Message, Words

FILE = ROOT / "guidance" / "steps.yml"
REPLIES = ("danger_now", "suicide_now_me", "suicide_now_other")
URGENT_KEYS = frozenset(f"utter_{name}" for name in REPLIES)


@dataclass(frozen=True)
class Step:
    """What a message says, and the wording key of the step that fits it in these urgent replies."""

    replies: Tuple[str, ...]
    heard: Pattern[str]
    says: str


@functools.lru_cache(maxsize=1)
def load_steps(file: Path = FILE) -> Tuple[Step, ...]:
    """Read the steps, in their order. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    lists = checked_lists(file, content.get("lists", {}))
    nodes = required(file, content, "steps", list)
    steps = tuple(_step(file, node, lists) for node in nodes)
    each_is_used(file, content.get("lists", {}), [pattern for node in nodes for pattern in node["hears"]])
    return steps


def _step(file: Path, node: Any, lists: Mapping[str, str]) -> Step:
    if set(node) != {"in", "hears", "says"}:
        complain(file, node, "this step is not whole", 'write "in:", "hears:" and "says:", and nothing else', next(iter(node)))
    unknown = [name for name in node["in"] if name not in REPLIES]
    if unknown or not node["in"]:
        complain(file, node, f'"in" has "{unknown[0] if unknown else ""}"', f"choose from {', '.join(REPLIES)}", "in")
    whole = whole_patterns(file, node, "hears", patterns_under(file, node, "hears"), lists)
    heard = never_nothing(file, node, any_of_patterns(file, node, "this step", whole, "hears"), "hears")
    return Step(tuple(f"utter_{name}" for name in node["in"]), heard, str(node["says"]))


def step_for(text: str, key: str) -> Optional[str]:
    """The wording key of the step that fits a message in an urgent reply; None where its own general words fit better."""
    folded = fold(text)
    return next((step.says for step in load_steps() if key in step.replies and step.heard.search(folded)), None)


def urgent_words(words: Words, key: str, text: str, now: dt.datetime) -> List[Message]:
    """An urgent reply to a message: its second message, what to do meanwhile, is the step that fits, if there is one."""
    messages = words.say(key, now)
    step = step_for(text, key)
    if step is None or step not in words.entries:   # a name that is wrong (a test finds it) must not break an urgent reply
        return messages
    return [messages[0], *words.say(step, now), *messages[2:]]
