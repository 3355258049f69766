"""Show a contact to a person: the same headings and rows for the check, the desk, the exported form and the HTML form."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, List, Mapping, Tuple

from bot.handoff.plan import key_for
from bot.handoff.questions import BY_ID, QUESTIONS, Answer, Group, Kind, State

Say = Callable[[str], str]


@dataclass(frozen=True)
class Row:
    """One answer: the key under which it is changed, its label and its text, ready to be shown (escape it)."""

    key: str
    label: str
    text: str
    state: State


@dataclass(frozen=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: Tuple[Row, ...]


def first_things(content: Mapping[str, Any], say: Say) -> Tuple[str, ...]:
    """What must be seen before anything else, in words."""
    return tuple(say(f"first_{flag}") for flag in content.get("first", ()))


def sections(content: Mapping[str, Any], say: Say) -> Tuple[Section, ...]:
    """The headings of a payload with the rows that it has. ``say`` gives the words of a wording key."""
    out: List[Section] = []
    for group in Group:
        if group is Group.CHILD:
            out += _of_children(content.get("children", []), say)
            continue
        ids = [q.id for q in QUESTIONS if q.group is group and q.id in content["answers"]]
        if ids:
            out.append(Section(say(f"label_group_{group.value}"), tuple(_row(i, i, content["answers"][i], say) for i in ids)))
    return tuple(out)


def _of_children(children: List[Mapping[str, Answer]], say: Say) -> List[Section]:
    out = []
    for number, child in enumerate(children, 1):
        title = say("label_group_child") + (f" {number}" if len(children) > 1 else "")
        ids = [q.id for q in QUESTIONS if q.group is Group.CHILD and q.id in child]
        out.append(Section(title, tuple(_row(i, key_for(i, number), child[i], say) for i in ids)))
    return out


def _row(question_id: str, key: str, answer: Answer, say: Say) -> Row:
    return Row(key, say(f"label_{question_id}"), answer_text(question_id, answer, say), State(answer["state"]))


def answer_text(question_id: str, answer: Answer, say: Say) -> str:
    """One answer in words: as the person said it; a choice in our words, with theirs if they said more."""
    if answer.get("anonymous"):
        return say("answer_anonymous")
    if answer["state"] != State.GIVEN.value:
        return say(f"answer_{answer['state']}")
    said = str(answer.get("said", ""))
    if BY_ID[question_id].kind is Kind.CHOICE and answer.get("value"):
        ours = say(f"choice_{question_id}_{answer['value']}")
        more = len(said.split()) > 3 and said.lower().strip(" .!") != ours.lower()
        return f"{ours} (\"{said}\")" if more else ours
    if answer.get("shown") and answer.get("kind") == "exact":
        return str(answer["shown"])
    if answer.get("shown"):
        return f"{said} ({answer['shown']})"
    return said
