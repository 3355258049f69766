"""Which questions are asked, in which order, given the answers so far. Pure.

An answer is kept under the question's id; from the second child on under ``<id>:<number>`` ("birth:2").
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, Optional, Tuple

from bot.handoff.questions import BY_ID, IDENTIFY, MOST_CHILDREN, PER_CHILD, QUESTIONS, Answers, Group, Path, Question, State


@dataclass(frozen=True)
class Asked:
    """A question in its place. ``child`` counts from 1; it is 0 for what is not about one child."""

    key: str
    question: Question
    child: int = 0


def key_for(question_id: str, child: int = 1) -> str:
    """The key under which an answer about the given child is kept."""
    return f"{question_id}:{child}" if child > 1 else question_id


def question_of(key: str) -> Question:
    """The question of a key such as "birth:2". Raises ``KeyError`` for a key that is none."""
    return BY_ID[key.partition(":")[0]]


def child_of(key: str) -> int:
    """The number of the child that a key is about."""
    return int(key.partition(":")[2] or 1)


def value_of(answers: Answers, key: str) -> Optional[str]:
    """The value of a choice, or None."""
    value = answers.get(key, {}).get("value")
    return str(value) if value is not None else None


def path_of(answers: Answers) -> Path:
    """The path that the answers so far lead along."""
    return {"job": Path.PRACTITIONER, "me": Path.CHILD}.get(value_of(answers, "who") or "", Path.PUBLIC)


def children_in(answers: Answers) -> int:
    """How many children the contact is about, as far as it is known."""
    count = 1
    while count < MOST_CHILDREN and value_of(answers, key_for("more_children", count)) == "yes":
        count += 1
    return count


def given(answers: Answers, key: str) -> bool:
    """True if there is an answer that says something."""
    return answers.get(key, {}).get("state") == State.GIVEN.value


# When a question is asked at all, beyond its path.
_ONLY_IF: Mapping[str, Callable[[Answers], bool]] = {
    "phone": lambda a: not a.get("you", {}).get("anonymous"),
    "email": lambda a: not a.get("you", {}).get("anonymous"),
    "safe_contact": lambda a: given(a, "phone") or given(a, "email"),
    "share_name": lambda a: given(a, "you"),
    "unsafe": lambda a: value_of(a, "family_knows") != "yes",
    "consent": lambda a: value_of(a, "told") != "no",
    "consent_by": lambda a: value_of(a, "told") != "no" and value_of(a, "consent") == "yes",
    "no_consent_why": lambda a: value_of(a, "told") == "no" or value_of(a, "consent") in ("no", "not_yet"),
    "needs": lambda a: "needs" in a,
    "responsibility": lambda a: given(a, "parents"),
}


def plan(answers: Answers) -> Tuple[Asked, ...]:
    """Every question of this contact, in order: the answered ones and those still to come."""
    path = path_of(answers)
    asked: List[Asked] = []
    for question in QUESTIONS:
        only_if = _ONLY_IF.get(question.id)
        if path not in question.paths or (only_if is not None and not only_if(answers)):
            continue
        if question.group is not Group.CHILD:
            asked.append(Asked(question.id, question))
        elif question.id == "child":        # the first of each child's questions brings all of them
            asked += _about_children(answers, path)
    return tuple(asked)


def _about_children(answers: Answers, path: Path) -> List[Asked]:
    asked = []
    for child in range(1, children_in(answers) + 1):
        ids = PER_CHILD + (("more_children",) if child < MOST_CHILDREN else ())
        asked += [Asked(key_for(i, child), BY_ID[i], child) for i in ids if path in BY_ID[i].paths]
    return asked


def next_asked(answers: Answers) -> Optional[Asked]:
    """The first question without an answer, or None when it is time to check."""
    return next((a for a in plan(answers) if a.key not in answers), None)


def longest(answers: Answers) -> str:
    """The key of the answer with the most words in it. Raises ``ValueError`` if there are no answers."""
    return max(answers, key=lambda key: len(answers[key].get("said", "")))


def is_required(key: str, answers: Answers) -> bool:
    """True if the contact cannot be sent without this answer.

    A practitioner can be reached: the phone number or the e-mail is needed, whichever is asked last.
    """
    question, path = question_of(key), path_of(answers)
    if path in question.required:
        return True
    return path is Path.PRACTITIONER and question.id == "email" and not given(answers, "phone")


def missing(answers: Answers) -> Tuple[str, ...]:
    """The keys that stand in the way of sending: required ones without an answer, and a child that nobody could find.

    The last is reported as the child's ``child`` key; its words are ``need_child``.
    """
    asked = plan(answers)
    out = [a.key for a in asked if is_required(a.key, answers) and not given(answers, a.key)]
    if path_of(answers) is not Path.CHILD:
        for child in range(1, children_in(answers) + 1):
            if not any(given(answers, key_for(i, child)) for i in IDENTIFY):
                out.append(key_for("child", child))
    return tuple(out)


# Choices whose answer is met with words at once, in the conversation and in the form.
AT_ONCE = {("danger", "unsure"): "contact_unsure_danger", ("urgent", "yes"): "contact_urgent",
           ("safe_tonight", "no"): "contact_not_safe_tonight", ("safe_tonight", "unsure"): "contact_not_safe_tonight"}


def words_key(kind: str, key: str, answers: Answers) -> str:
    """The wording key of a question: ``kind`` is "ask", "why", "need" or "label". Later children and paths have their own."""
    question, path = question_of(key), path_of(answers)
    if kind == "ask" and question.id == "child" and child_of(key) > 1:
        return "ask_child_next"
    if kind == "ask" and path in question.own_words:
        return f"ask_{question.id}_{path.value}"
    return f"{kind}_{question.id}"


def named_in(words: str, answers: Answers, last_child: int = 1) -> Optional[str]:
    """The key of the question that somebody names ("change the address"); the longest name wins.

    Of several children it is ``last_child``'s, unless the words say which ("the second child's age").
    """
    child = last_child
    for number, names in enumerate(_WHICH, 1):
        which = next((name for name in names if f" {name} " in f" {words} "), None)
        if which is not None:
            child, words = number, words.replace(which, " ")
            break
    found: Dict[str, int] = {}
    for asked in plan(answers):
        if asked.child and asked.child != min(child, children_in(answers)):
            continue
        for name in asked.question.fields:
            if name in words:
                found[asked.key] = max(found.get(asked.key, 0), len(name))
    return max(found, key=lambda key: found[key]) if found else None


_WHICH = (("first child's", "first child", "first one's", "oldest"), ("second child's", "second child", "second one's", "second", "other one's"),
          ("third child's", "third child", "third"), ("fourth child's", "fourth child", "fourth"))
