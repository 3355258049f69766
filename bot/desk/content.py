"""What a contact says, as headings and rows: made from the schema's questions, and nothing that arrived is left out."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, List, Mapping, Tuple

from bot.handoff.parcel import Parcel

Say = Callable[[str], str]


@dataclass(frozen=True)
class Row:
    """A question's label and its answer, as the person gave it. Escape both."""

    label: str
    text: str
    given: bool


@dataclass(frozen=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: Tuple[Row, ...]


def shown(parcel: Parcel, say: Say) -> Tuple[Section, ...]:
    """Everything in a contact, in the order of the questions; what no question knows comes last, under its own name."""
    content = parcel.contact
    answers = content.get("answers")
    known = answers if isinstance(answers, dict) else {}
    found = [Section(say("label_group_contact"), tuple(_row(key, answer, say) for key, answer in known.items()))]
    children = content.get("children")
    for number, child in enumerate(children if isinstance(children, list) else [], 1):
        found.append(Section(f"Child {number}", tuple(_row(key, answer, say) for key, answer in child.items())))
    other = {key: value for key, value in content.items() if key not in ("schema", "path", "first", "answers", "children")}
    found.append(Section("Also sent", tuple(Row(key, text, True) for key, text in _flat(other))))
    return tuple(section for section in found if section.rows)


def _row(key: str, answer: Any, say: Say) -> Row:
    if not isinstance(answer, dict):
        return Row(say(f"label_{key}"), "\n".join(text for _, text in _flat({key: answer})), True)
    if answer.get("state") in ("unknown", "skipped"):
        return Row(say(f"label_{key}"), say(f"answer_{answer['state']}"), False)
    said = str(answer.get("said") or answer.get("shown") or answer.get("value") or "")
    more = f" ({answer['shown']})" if answer.get("shown") and answer["shown"] != said else ""
    return Row(say(f"label_{key}"), said + more, True)


def _flat(value: Any, name: str = "") -> List[Tuple[str, str]]:
    """Every text and number inside, with the way to it."""
    if isinstance(value, Mapping):
        return [pair for key, inner in value.items() for pair in _flat(inner, f"{name} {key}".strip())]
    if isinstance(value, list):
        return [pair for number, inner in enumerate(value, 1) for pair in _flat(inner, f"{name} {number}".strip())]
    return [(name.replace("_", " "), str(value))]
