"""What a contact says, as headings and rows: made from the schema's questions, and nothing that arrived is left out."""
from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from bot.handoff.parcel import Parcel
from bot.handoff.questions import BY_ID, State
from bot.handoff.view import Row, Say, Section, sections

_STATES = {state.value for state in State}
_SHOWN_ELSEWHERE = ("schema", "path", "first", "answers", "children")


def shown(parcel: Parcel, say: Say) -> Tuple[Section, ...]:
    """Everything in a contact, in the order of the questions; what no question knows comes last, under its own name."""
    content = parcel.contact
    found: List[Section] = []
    if is_readable(content):
        found = list(sections(content, say))
    rest = tuple(Row("", name, text, State.GIVEN) for name, text in _flat(_unknown(content) if found else content))
    return (*found, Section("Also sent", rest)) if rest else tuple(found)


def is_readable(content: Mapping[str, Any]) -> bool:
    """True if the schema's own headings can show it: answers as the questions give them."""
    answers, children = content.get("answers"), content.get("children", [])
    groups = [answers, *(children if isinstance(children, list) else [None])]
    return all(isinstance(group, dict) and all(isinstance(a, dict) and a.get("state") in _STATES for a in group.values()) for group in groups)


def is_all_known(content: Mapping[str, Any]) -> bool:
    """True if the schema's own headings show everything in it."""
    return is_readable(content) and not _flat(_unknown(content))


def _unknown(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the schema's questions do not show: from a newer or another front door, and to be read all the same."""
    rest: Dict[str, Any] = {key: value for key, value in content.items() if key not in _SHOWN_ELSEWHERE}
    rest["answers"] = {key: answer.get("said") for key, answer in content["answers"].items() if key not in BY_ID}
    rest["children"] = [{key: answer.get("said") for key, answer in child.items() if key not in BY_ID} for child in content.get("children", [])]
    return rest


def _flat(value: Any, name: str = "") -> List[Tuple[str, str]]:
    """Every text and number inside, with the way to it."""
    if isinstance(value, Mapping):
        return [pair for key, inner in value.items() for pair in _flat(inner, f"{name} {key}".strip())]
    if isinstance(value, list):
        return [pair for number, inner in enumerate(value, 1) for pair in _flat(inner, f"{name} {number}".strip())]
    return [(name.replace("_", " "), str(value))]
