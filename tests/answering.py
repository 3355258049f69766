"""Fill in a contact of the real service: each question is answered by what it asks, whatever their order."""
from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping

from tests.handoff.taking import PUBLIC

START = "can you write down a worry about a child for me? it is not urgent"
_PATHS = re.compile(r"_(practitioner|child)$")


def asked(messages: List[Dict[str, Any]]) -> str:
    """The id of the question that a reply ends with, or "check", or ""."""
    key = (messages[-1].get("custom") or {}).get("key", "")
    if key == "contact_summary":
        return "check"
    name = key.partition("ask_")[2] or key.partition("need_")[2]
    return {"child_child": "child", "child_next": "child", "more_children": "more_children"}.get(name, _PATHS.sub("", name))


def fill_in(chat, session: str, answers: Mapping[str, str] = PUBLIC, until: str = "check") -> str:
    """Begin a contact and answer until ``until`` is asked. Returns what was said last."""
    said = chat.say(START, session)
    for _ in range(40):
        if asked(said) == until:
            return "\n".join(m["text"] for m in said)
        if asked(said) == "" and (said[-1].get("custom") or {}).get("key") in ("contact_next_part", "contact_go_on"):
            said = chat.say("that is all", session)
            continue
        assert asked(said) in answers, f"asked {asked(said)!r}: {said}"
        said = chat.say(answers[asked(said)], session)
    raise AssertionError(f"{until} was never asked")
