"""The contact as it is kept and delivered, and its published JSON Schema. Both are made from the questions."""
from __future__ import annotations

import re
from enum import Enum
from typing import Any, Dict, List, Pattern, Tuple

from bot.handoff.plan import path_of, plan
from bot.handoff.questions import MOST_CHILDREN, QUESTIONS, SCHEMA_VERSION, Answer, Answers, Group, Kind, Path, Question, State

SCHEMA_ID = f"urn:plymouth-front-door:contact:{SCHEMA_VERSION}"
# The gate is not kept, and that there is another child is seen from the child itself.
_NOT_KEPT = ("danger", "more_children")


class First(str, Enum):
    """What a person at the desk must see before anything else; ``first_<value>`` names it."""

    DO_NOT_CONTACT = "do_not_contact"
    NO_MESSAGES = "no_messages"
    UNSAFE_IF_KNOWN = "unsafe_if_known"
    NOT_SAFE_TONIGHT = "not_safe_tonight"
    URGENT = "urgent"
    INTERPRETER = "interpreter"
    DEAF = "deaf"
    TEXT_ONLY = "text_only"
    STAFF_RISK = "staff_risk"


_SAID: Tuple[Tuple[First, Pattern[str]], ...] = (
    (First.DO_NOT_CONTACT, re.compile(r"\b(don'?t|do not|dont|never|please don'?t) (ever )?(ring|call|phone|contact|text|visit|come to) (me|"
                                      r"us|my|the house|here)\b|"
                                      r"\bnot safe (for you )?to (ring|call|phone|contact|text|reach)\b|\bunsafe to (ring|call|phone|contact)\b")),
    (First.NO_MESSAGES, re.compile(r"\b(don'?t|do not|dont|not safe to|never) leave (a |any )?(message|voicemail)s?\b|\bno (messages|"
                                   r"voicemails?)\b")),
    (First.INTERPRETER, re.compile(r"\binterpret(er|ing)\b|\btranslator\b|\b(doesn'?t|don'?t|does not|do not|can'?t|cannot) speak (much |any |"
                                   r"good )?english\b|"
                                   r"\b(little|no) english\b|\bbsl\b")),
    (First.DEAF, re.compile(r"\b(i'?m|i am|she'?s|he'?s|is|are|mum is|dad is) (profoundly |completely )?(deaf|hard of hearing)\b|\bbsl\b|"
                            r"\bsign language\b|\brelay uk\b")),
    (First.TEXT_ONLY, re.compile(r"\b(text|texts|e-?mail) only\b|\bonly (by )?(text|e-?mail)\b|\bcan'?t (talk|speak) on the phone\b|\bjust text\b")),
)
_NOTHING_SAID = re.compile(r"^(no(ne|t that i know( of)?|thing)?|nah|nope|n/a|not really|no(ne)? known|no risks?)[.! ]*$")


def payload(answers: Answers) -> Dict[str, Any]:
    """The contact as it is kept and delivered: every question that applies and was asked, with its state; what comes first, first."""
    kept: Answers = {}
    children: List[Answers] = []
    for asked in plan(answers):
        answer = answers.get(asked.key)
        if answer is None or asked.question.id in _NOT_KEPT:
            continue
        if not asked.child:
            kept[asked.key] = answer
            continue
        while len(children) < asked.child:
            children.append({})
        children[asked.child - 1][asked.question.id] = answer
    path = path_of(answers)
    return {"schema": SCHEMA_VERSION, "path": path.value, "first": [f.value for f in _first(kept, children)],
            "answers": kept, "children": children}


def _first(kept: Answers, children: List[Answers]) -> List[First]:
    found = {flag for answers in [kept, *children] for answer in answers.values() for flag, pattern in _SAID
             if pattern.search(str(answer.get("said", "")).replace("’", "'").lower())}
    chosen = {key: answer.get("value") for key, answer in kept.items()}
    for flag, is_so in ((First.DO_NOT_CONTACT, chosen.get("safe_contact") == "no"), (First.NO_MESSAGES, chosen.get("safe_contact") == "no_message"),
                        (First.UNSAFE_IF_KNOWN, chosen.get("family_knows") == "unsafe" or _says(kept, "unsafe") or _says(kept, "must_not_know")),
                        (First.NOT_SAFE_TONIGHT, chosen.get("safe_tonight") in ("no", "unsure")), (First.URGENT, chosen.get("urgent") == "yes"),
                        (First.STAFF_RISK, _says(kept, "staff_risk"))):
        if is_so:
            found.add(flag)
    return [flag for flag in First if flag in found]


def _says(answers: Answers, key: str) -> bool:
    said = str(answers.get(key, {}).get("said", "")).strip().lower()
    return bool(said) and not _NOTHING_SAID.match(said)


_OF_ME = re.compile(r"\b(i'?m|i am|we are) (profoundly |completely )?(deaf|hard of hearing)\b|\b(i|we) (need|use|want|would need) (an? |the "
                    r")?(bsl |sign language )?"
                    r"(interpreter|translator|relay uk|bsl|sign language)\b|\b(don'?t|do not|dont|never) (ever )?(ring|call|phone|text|contact) me\b|"
                    r"^(please )?(text|texts|e-?mail) only\b|\bonly (text|e-?mail) me\b|\bi can'?t (talk|speak) on the phone\b|\bi (can'?t|"
                    r"don'?t) speak (much |good )?english\b|"
                    r"\bnot safe (for you )?to (ring|call|phone|contact|text) me\b")


def says_how_to_reach(text: str) -> bool:
    """True if somebody says of themself what must be known before getting in touch, such as "I'm deaf, text only"."""
    return bool(_OF_ME.search(text.replace("’", "'").lower()))


def json_schema() -> Dict[str, Any]:
    """The JSON Schema (2020-12) of ``payload``, made from the questions. Published as docs/contact.schema.json."""
    kept = [q for q in QUESTIONS if q.id not in _NOT_KEPT]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID,
        "title": "A contact of the Plymouth front door", "type": "object", "additionalProperties": False,
        "required": ["schema", "path", "first", "answers", "children"],
        "properties": {
            "schema": {"const": SCHEMA_VERSION},
            "path": {"enum": [p.value for p in Path], "description": "who is telling: the public, a practitioner, or the child"},
            "first": {"type": "array", "uniqueItems": True, "items": {"enum": [f.value for f in First]},
                      "description": "what a reader must know before anything else"},
            "answers": _object([q for q in kept if q.group is not Group.CHILD]),
            "children": {"type": "array", "maxItems": MOST_CHILDREN, "items": _object([q for q in kept if q.group is Group.CHILD])}}}


def _object(questions: List[Question]) -> Dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {q.id: _answer_schema(q) for q in questions}}


def _answer_schema(question: Question) -> Dict[str, Any]:
    properties: Answer = {"state": {"enum": [s.value for s in State]},
                          "said": {"type": "string", "description": "as the person typed it"}}
    if question.kind is Kind.CHOICE:
        properties["value"] = {"enum": list(question.choices), "description": "absent if their words are none of these"}
    if question.kind is Kind.BIRTH:
        properties.update({"kind": {"enum": ["exact", "age", "school_year", "unborn", "said"]},
                           "date": {"type": "string", "format": "date", "description": "of birth, or when an unborn child is due"},
                           "years": {"type": "integer", "minimum": 0}, "shown": {"type": "string", "description": "the date in words"}})
    if question.id == "you":
        properties["anonymous"] = {"const": True}
    return {"type": "object", "additionalProperties": False, "required": ["state"], "properties": properties,
            "if": {"properties": {"state": {"const": State.GIVEN.value}}}, "then": {"required": ["said"]}}
