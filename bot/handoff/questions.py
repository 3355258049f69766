"""What a contact asks: the one schema. Conversation, HTML form, summary, desk, exported form and payload are made from it.

Data alone. What is asked of whom is in plan.py, how an answer is read in reading.py, and the words of each question in
guidance/wording/contact.yml: ``ask_<id>``, ``why_<id>``, ``label_<id>``, ``need_<id>`` and ``choice_<id>_<value>``;
``ask_<id>_<path>`` where a path has words of its own.
Sources: the annual report 2021-22, "Concerns about a child or young person" (the child's name and date of birth, the
parent's address and contact details, why the child is at risk); the rest is what published referral forms share.
"""
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Dict, Mapping, Tuple

SCHEMA_VERSION = 2
CHECK = "check"
MOST_CHILDREN = 8
Answer = Dict[str, Any]
Answers = Dict[str, Answer]


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
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


class State(str, Enum):
    """Unknown is not blank, and neither is skipped nor "does not apply"."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not_applicable"


class Group(str, Enum):
    """The headings of a contact, in order; ``label_group_<value>`` names them. CHILD is repeated for each child."""

    GATE = "gate"
    WORRY = "worry"
    CHILD = "child"
    CARER = "carer"
    OTHERS = "others"
    YOU = "you"
    FAMILY = "family"
    SAFETY = "safety"


@dataclass(frozen=True)
class Question:
    """One question.

    ``fields`` are the words people use to name it ("change the address"). ``required`` lists the paths that must answer it.
    ``own_words`` lists the paths that are asked in words of their own. ``long``: the HTML form gives it several lines.
    """

    id: str
    group: Group
    kind: Kind = Kind.TEXT
    paths: Tuple[Path, ...] = tuple(Path)
    required: Tuple[Path, ...] = ()
    own_words: Tuple[Path, ...] = ()
    fields: Tuple[str, ...] = ()
    choices: Tuple[str, ...] = ()
    long: bool = False


_P, _W, _C = (Path.PUBLIC,), (Path.PRACTITIONER,), (Path.CHILD,)
_ALL, _ADULT = tuple(Path), (Path.PUBLIC, Path.PRACTITIONER)
_BOTH = (Path.PRACTITIONER, Path.CHILD)
_YES_NO = ("yes", "no")
WHY_NO_CONSENT = ("raises_risk", "police", "fabricated_illness", "familial_sexual_abuse", "not_reached", "refused", "not_yet", "other")
QUESTIONS: Tuple[Question, ...] = (
    Question("danger", Group.GATE, Kind.CHOICE, required=_ALL, choices=("yes", "no", "unsure")),
    Question("who", Group.GATE, Kind.CHOICE, required=_ALL, choices=("job", "public", "me"), fields=("who i am", "who is telling")),
    Question("urgent", Group.GATE, Kind.CHOICE, _W, choices=_YES_NO, fields=("how urgent", "urgency")),
    Question("worry", Group.WORRY, required=_ALL, own_words=_BOTH, long=True,
             fields=("worry", "concern", "what happened", "story", "account", "details")),
    Question("done", Group.WORRY, paths=_W, long=True, fields=("what we did", "done already", "what the family says")),
    Question("strengths", Group.WORRY, paths=_W, long=True, fields=("strengths", "going well", "what would help")),
    Question("safe_tonight", Group.SAFETY, Kind.CHOICE, _C, choices=("yes", "no", "unsure"), fields=("safe tonight",)),
    Question("trusted", Group.OTHERS, paths=_C, fields=("grown-up", "grown up", "trusted adult")),
    Question("child", Group.CHILD, own_words=_BOTH,
             fields=("child's name", "childs name", "child name", "kid's name", "surname", "first name", "child", "her name",
                     "his name", "their name", "name", "description", "baby's name")),
    Question("birth", Group.CHILD, Kind.BIRTH, own_words=_BOTH,
             fields=("date of birth", "dob", "birthday", "age", "birth", "due date", "how old")),
    Question("address", Group.CHILD, Kind.ADDRESS, own_words=_C,
             fields=("address", "street", "where", "house", "postcode", "post code", "flat", "road")),
    Question("school", Group.CHILD, paths=_ADULT, fields=("child's school", "school", "nursery", "college")),
    Question("child_needs", Group.CHILD, paths=_W, fields=("gender", "first language", "language", "interpreter", "disability")),
    Question("more_children", Group.CHILD, Kind.CHOICE, _ADULT, choices=_YES_NO),
    Question("parents", Group.CARER, paths=_ADULT,
             fields=("parent", "parents", "mum's name", "dad's name", "carer", "mum", "dad", "parent's phone", "parent's address")),
    Question("responsibility", Group.CARER, Kind.CHOICE, _W, choices=_YES_NO, fields=("parental responsibility", "responsibility")),
    Question("others", Group.OTHERS, paths=_ADULT, own_words=_W,
             fields=("other children", "siblings", "brothers and sisters", "other agencies", "agencies")),
    Question("you", Group.YOU, paths=_ADULT, required=_W, own_words=_W, fields=("my name", "your name", "my surname", "my first name")),
    Question("relationship", Group.YOU, paths=_P, fields=("relationship", "how i know")),
    Question("role", Group.YOU, paths=_W, required=_W, fields=("role", "job title", "my job", "job")),
    Question("agency", Group.YOU, paths=_W, required=_W, fields=("agency", "organisation", "employer", "where i work", "workplace")),
    Question("phone", Group.YOU, Kind.PHONE, _ADULT, own_words=_W,
             fields=("phone number", "phone", "number", "telephone", "mobile", "landline", "contact details")),
    Question("email", Group.YOU, Kind.EMAIL, _ADULT, own_words=_W, fields=("email", "e-mail", "email address", "e-mail address")),
    Question("safe_contact", Group.YOU, Kind.CHOICE, _P, choices=("yes", "no_message", "no"),
             fields=("safe to ring", "safe to contact", "best time", "leave a message")),
    Question("share_name", Group.YOU, Kind.CHOICE, _P, choices=_YES_NO, fields=("share my name", "sharing my name")),
    Question("needs", Group.YOU, fields=("interpreter", "needs")),      # volunteered: never asked by the conversation
    Question("safe_to_reach", Group.YOU, paths=_C, fields=("how to reach me", "phone", "number", "email")),
    Question("family_knows", Group.FAMILY, Kind.CHOICE, _P, choices=("yes", "no", "unsafe"), fields=("family knows", "parents know")),
    Question("told", Group.FAMILY, Kind.CHOICE, _W, choices=_YES_NO, fields=("parents told", "talked with the parents")),
    Question("consent", Group.FAMILY, Kind.CHOICE, _W, choices=("yes", "no", "not_yet"), fields=("consent", "agreement")),
    Question("consent_by", Group.FAMILY, paths=_W, fields=("who agreed", "consent detail", "who consented")),
    Question("no_consent_why", Group.FAMILY, Kind.CHOICE, _W, choices=WHY_NO_CONSENT, fields=("reason for no consent", "reason")),
    Question("unsafe", Group.SAFETY, paths=_P, fields=("unsafe", "what would be unsafe")),
    Question("staff_risk", Group.SAFETY, paths=_W, fields=("risk to staff", "risk to visiting staff", "visiting")),
    Question("must_not_know", Group.SAFETY, paths=_C, fields=("must not know", "secret from")),
)
BY_ID: Mapping[str, Question] = {q.id: q for q in QUESTIONS}
PER_CHILD = ("child", "birth", "address", "school", "child_needs")
# Each child needs one of these, so that the right child can be found.
IDENTIFY = ("child", "address", "school")
