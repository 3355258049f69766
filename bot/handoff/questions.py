"""The questions of a contact, in order, for the three paths. One schema: conversation, summary and payload use it.

The words of each question are in guidance/wording/contact.yml under ``ask_<id>`` and ``label_<id>``.
Source: the annual report 2021-22, "Concerns about a child or young person" (child's name and date of birth,
parent's address and contact details, why the child is at risk), for the public path's essentials.
"""
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Dict, Mapping, Optional, Tuple

SCHEMA_VERSION = 1


class Path(str, Enum):
    """Whose contact it is."""

    PUBLIC = "public"
    PRACTITIONER = "practitioner"
    CHILD = "child"


class Kind(str, Enum):
    """How an answer is read."""

    TEXT = "text"
    CHOICE = "choice"
    BIRTH = "birth"


class State(str, Enum):
    """Unknown is not blank, and neither is skipped."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Question:
    """One question. ``fields`` are the words people use to name it ("change the address")."""

    id: str
    kind: Kind = Kind.TEXT
    required: bool = False
    paths: Tuple[Path, ...] = tuple(Path)
    fields: Tuple[str, ...] = ()
    choices: Tuple[str, ...] = ()


_P, _W, _C = Path.PUBLIC, Path.PRACTITIONER, Path.CHILD
QUESTIONS: Tuple[Question, ...] = (
    Question("danger", Kind.CHOICE, True, choices=("yes", "no", "unsure")),
    Question("who", Kind.CHOICE, True, choices=("job", "public", "me"), fields=("job",)),
    Question("worry", Kind.TEXT, True, fields=("worry", "concern", "what happened", "story", "account", "details")),
    Question("done", paths=(_W,), fields=("what we did", "done already")),
    Question("safe_tonight", paths=(_C,), fields=("safe tonight",)),
    Question("trusted", paths=(_C,), fields=("grown-up", "grown up", "trusted adult")),
    Question("child", fields=("child's name", "childs name", "child name", "kid's name", "surname", "first name", "child", "her name",
                              "his name", "their name", "description")),
    Question("birth", Kind.BIRTH, paths=(_P, _W), fields=("date of birth", "dob", "birthday", "age", "birth", "due date")),
    Question("age", paths=(_C,), fields=("age",)),
    Question("where", fields=("address", "school", "street", "where", "house", "postcode")),
    Question("parents", paths=(_P, _W), fields=("parent", "parents", "mum's name", "dad's name", "carer", "mum", "dad")),
    Question("you", paths=(_P, _W), fields=("my name", "your name", "name")),
    Question("relationship", paths=(_P,), fields=("relationship", "how i know")),
    Question("role", paths=(_W,), required=True, fields=("role", "agency", "job title", "organisation", "school i work at")),
    Question("reach", paths=(_P, _W), fields=("phone number", "phone", "number", "email", "e-mail", "contact details", "telephone", "mobile")),
    Question("safe_to_reach", paths=(_C,), fields=("phone", "number", "how to reach me", "email")),
    Question("family_knows", Kind.CHOICE, paths=(_P, _W), choices=("yes", "no", "unsafe"), fields=("family knows", "consent", "parents know")),
    Question("must_not_know", paths=(_C,), fields=("must not know", "secret from")),
)
BY_ID: Mapping[str, Question] = {q.id: q for q in QUESTIONS}
CHECK = "check"
Answers = Dict[str, Dict[str, Any]]


def path_of(answers: Answers) -> Path:
    """The path that the answers so far lead along."""
    return {"job": Path.PRACTITIONER, "me": Path.CHILD}.get(str(answers.get("who", {}).get("value")), Path.PUBLIC)


def applies(question: Question, answers: Answers) -> bool:
    """True if the question is asked on this path; somebody who stays anonymous is not asked how to be reached."""
    if path_of(answers) not in question.paths:
        return False
    return not (question.id == "reach" and answers.get("you", {}).get("anonymous"))


def is_required(question: Question, answers: Answers) -> bool:
    """A professional gives a name and a way to be reached; everybody else may skip them."""
    return question.required or (path_of(answers) is Path.PRACTITIONER and question.id in ("you", "reach"))


def next_question(answers: Answers) -> Optional[Question]:
    """The first question that applies and has no answer yet, or None when it is time to check."""
    return next((q for q in QUESTIONS if q.id not in answers and applies(q, answers)), None)


def named_in(words: str, answers: Answers) -> Optional[Question]:
    """The question that somebody names ("change the address"); the longest name wins."""
    found = [(len(f), q) for q in QUESTIONS if applies(q, answers) for f in q.fields if f in words]
    return max(found, key=lambda item: item[0])[1] if found else None


def payload(answers: Answers) -> Dict[str, Any]:
    """The contact as it is kept and delivered: every question that applies, with its state. The gate is not kept."""
    out: Answers = {}
    for question in QUESTIONS:
        if question.id != "danger" and question.id in answers and applies(question, answers):
            out[question.id] = answers[question.id]
    return {"schema": SCHEMA_VERSION, "path": path_of(answers).value, "answers": out}
