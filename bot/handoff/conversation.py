"""Taking a contact, one question at a time. Pure: from the draft and what was heard to the next draft and what to say."""
from __future__ import annotations

import copy
import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Dict, List, Optional, Tuple

from bot.handoff import heard as h
from bot.handoff.birth import InTheFuture, read_birth
from bot.handoff.questions import BY_ID, CHECK, Answers, Kind, Path, Question, State, is_required, named_in, next_question, path_of

Draft = Dict[str, Any]
Say = Tuple[str, Dict[str, str]]
ENOUGH_TO_KEEP = 8  # words: a first message this long about a worry is used as the worry and read back


class Outcome(str, Enum):
    """What the turn came to."""

    ASKING = "asking"
    SIDE_QUESTION = "side_question"  # somebody else answers; then the question is asked again
    DANGER = "danger"
    SEND = "send"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Heard:
    """A message. ``after_alarm``: the reply before it was the emergency number. ``side``: it is a question we can answer."""

    text: str
    after_alarm: bool = False
    side: bool = False


@dataclass(frozen=True)
class Turn:
    """The next draft (None: forget it), what to say, and what it came to."""

    draft: Optional[Draft]
    says: Tuple[Say, ...] = field(default=())
    outcome: Outcome = Outcome.ASKING


def begin(first_words: str = "", is_worry: bool = False) -> Turn:
    """Start a contact: what it is, who reads it and when, then the gate. A worry already told is not asked again."""
    draft: Draft = {"id": str(uuid.uuid4()), "answers": {}, "asking": "danger", "paused": False}
    if is_worry and len(first_words.split()) >= ENOUGH_TO_KEEP:
        draft["answers"]["worry"] = _given(first_words)
    return Turn(draft, (("contact_begin", {}), _ask(draft, "danger")))


def ask_again(draft: Draft) -> Turn:
    """The open question once more, after a side question was answered."""
    if draft.get("paused"):
        return Turn(draft, (("contact_paused", {}),))
    return Turn(draft, (("contact_back_to_it", {}), _ask(draft, draft["asking"])))


def take(draft: Draft, said: Heard, today: dt.date) -> Turn:
    """Read one message."""
    draft = copy.deepcopy(draft)
    text = said.text.strip()
    if h.is_stop(text):
        return Turn(None, (("contact_stopped", {}),), Outcome.STOPPED)
    if said.after_alarm or draft.get("paused"):
        return _after_alarm(draft, text, said)
    for read in (_corrected, _changed, _navigated):
        turn = read(draft, text, today)
        if turn is not None:
            return turn
    if said.side and h.is_question(text) and not _is_answer_all_the_same(draft, text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    if draft["asking"] == CHECK:
        if h.is_send(text):
            return Turn(draft, (), Outcome.SEND)
        return Turn(draft, (("contact_not_sent_yet", {}),))
    return _answered(draft, BY_ID[draft["asking"]], text, today)


def contact_id(draft: Draft) -> str:
    """The same id for the same answers of the same draft, so that saying "send it" twice sends it once."""
    return str(uuid.uuid5(uuid.UUID(draft["id"]), json.dumps(draft["answers"], sort_keys=True)))


def summary(answers: Answers) -> List[Tuple[str, str]]:
    """Pairs of label key and answer, in the order asked, as the person gave them."""
    shown = []
    for key in BY_ID:
        if key in answers and key != "danger":
            answer = answers[key]
            if key == "who":
                shown.append(("label_who", f"value:who_{answer['value']}"))
                continue
            shown.append((f"label_{key}", str(answer.get("shown") or answer.get("said") or f"state:{answer['state']}")))
    return shown


def _after_alarm(draft: Draft, text: str, said: Heard) -> Turn:
    if h.is_carry_on(text) or (draft.get("paused") and h.is_yes(text)):
        draft["paused"] = False
        if draft["asking"] == "danger":
            draft["answers"]["danger"] = {"state": State.GIVEN.value, "value": "no"}
            return _go_on(draft, ("contact_resumed", {}))
        return Turn(draft, (("contact_resumed", {}), _ask(draft, draft["asking"])))
    if draft.get("paused") and said.side and h.is_question(text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    draft["paused"] = True
    return Turn(draft, (("contact_paused", {}),))


def _corrected(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    fix = h.correction(text)
    if fix is not None:
        changed = [key for key, answer in draft["answers"].items() if _replace(answer, fix.old, fix.new)]
        if changed:
            return _carry_on(draft, ("contact_changed", {"words": fix.new}))
    age = h.age_corrected(text)
    if age is not None and "birth" in draft["answers"]:
        draft["answers"]["birth"] = _birth(age, today)
        return _carry_on(draft, ("contact_changed", {"words": age}))
    return None


def _changed(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    wanted = h.change_asked(text)
    if wanted is None:
        return None
    if draft["asking"] not in (CHECK, "who", "danger") and BY_ID[draft["asking"]].id == "worry" and len(text.split()) > 8:
        return None  # a story may well say that something changed
    what, value = wanted
    question = named_in(what, draft["answers"])
    if question is None:
        return Turn(draft, (("contact_change_which", {}),)) if draft["asking"] == CHECK else None
    if value:
        draft["answers"][question.id] = _read(question, value, today)
        return _carry_on(draft, ("contact_changed", {"words": value}))
    draft["answers"].pop(question.id, None)
    draft["asking"] = question.id
    return Turn(draft, (_ask(draft, question.id),))


def _navigated(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    if h.is_check(text):
        return Turn(draft, (("contact_summary", {}),) + (() if draft["asking"] == CHECK else (_ask(draft, draft["asking"]),)))
    if h.is_why(text) and draft["asking"] != CHECK:
        return Turn(draft, ((f"why_{draft['asking']}", {}), _ask(draft, draft["asking"])))
    if h.is_back(text):
        asked = [key for key in BY_ID if key in draft["answers"]]
        if asked:
            draft["answers"].pop(asked[-1])
            draft["asking"] = asked[-1]
        return Turn(draft, (_ask(draft, draft["asking"]),))
    if h.is_carry_on(text):
        return Turn(draft, (_ask(draft, draft["asking"]),))
    return None


def _answered(draft: Draft, question: Question, text: str, today: dt.date) -> Turn:
    if question.kind is Kind.CHOICE:
        return _chosen(draft, question, text)
    skipped, unknown = h.is_skip(text), h.is_unknown(text)
    if (skipped or unknown or not text) and is_required(question, draft["answers"]):
        return Turn(draft, ((f"need_{question.id}", {}),))
    if skipped or unknown:
        draft["answers"][question.id] = {"state": (State.SKIPPED if skipped else State.UNKNOWN).value}
        return _go_on(draft)
    if question.id == "you" and h.is_anonymous(text):
        if is_required(question, draft["answers"]):
            return Turn(draft, (("need_you", {}),))
        draft["answers"]["you"] = {"state": State.SKIPPED.value, "anonymous": True}
        return _go_on(draft, ("contact_anonymous", {}))
    try:
        draft["answers"][question.id] = _read(question, text, today)
    except InTheFuture:
        return Turn(draft, (("birth_in_future", {}),))
    answer = draft["answers"][question.id]
    if answer.get("date"):
        return _go_on(draft, ("birth_read_back", {"date_in_words": answer["shown"]}))
    return _go_on(draft)


_CHOICES = {
    "who": (("me", re.compile(r"\b(me|myself|about me|i'?m the (child|kid)|my own life|i am (the|a) (child|kid|young person)|mine)\b")),
            ("job", re.compile(r"\b(job|work|teacher|nurse|professional|gp|doctor|police|officer|worker|midwife|dsl|school|nursery|"
                               r"practitioner|visitor|volunteer)\b|^(y|ye|yes|yeah|yep|yup|aye|it is|i do)\b")),
            ("public", re.compile(r"\b(public|neighbour|no|nah|nope|family|friend|parent|nan|grand\w+|aunt\w*|uncle|not|mum|dad|just me)\b"))),
    "danger": (("unsure", re.compile(r"\b(not sure|don'?t know|dont know|dunno|unsure|maybe|might|idk)\b")),
               ("no", re.compile(r"^(n|no|nah|nope|not)\b|\bnot (right )?now\b|\bsafe\b|\bnot in danger\b|\bnot urgent\b")),
               ("yes", re.compile(r"^(y|ye|yes|yeah|yep|yup|yh|aye)\b|\bin danger\b"))),
    "family_knows": (("unsafe", re.compile(r"\bunsafe|not safe|scared|afraid|danger|wouldn'?t be safe\b")),
                     ("yes", re.compile(r"^(y|ye|yes|yeah|yep|yup|yh|aye)\b|\b(they|she|he) knows?\b|\bagreed\b|\bconsent(ed)?\b")),
                     ("no", re.compile(r"^(n|no|nah|nope|not|don'?t know|dunno|not yet)\b|\bnot\b"))),
}


def _chosen(draft: Draft, question: Question, text: str) -> Turn:
    words = h.tidy(text)
    if not question.required and (h.is_skip(text) or h.is_unknown(text)):
        draft["answers"][question.id] = {"state": (State.SKIPPED if h.is_skip(text) else State.UNKNOWN).value}
        return _go_on(draft)
    value = next((name for name, pattern in _CHOICES[question.id] if pattern.search(words)), None)
    if value is None and not question.required:
        draft["answers"][question.id] = _given(text)
        return _go_on(draft)
    if value is None:
        return Turn(draft, ((f"need_{question.id}", {}),))
    if question.id == "danger" and value == "yes":
        draft["paused"] = True
        return Turn(draft, (("utter_danger_now", {}),), Outcome.DANGER)
    draft["answers"][question.id] = {"state": State.GIVEN.value, "value": value, "said": text.strip()}
    return _go_on(draft, ("contact_unsure_danger", {})) if question.id == "danger" and value == "unsure" else _go_on(draft)


def _go_on(draft: Draft, *first: Say) -> Turn:
    question = next_question(draft["answers"])
    if question is None:
        draft["asking"] = CHECK
        return Turn(draft, first + (("contact_summary", {}),))
    read_back: Tuple[Say, ...] = ()
    if draft["asking"] in ("who",) and "worry" in draft["answers"]:
        read_back = (("contact_worry_read_back", {"words": draft["answers"]["worry"]["said"]}),)
    draft["asking"] = question.id
    return Turn(draft, first + read_back + (_ask(draft, question.id),))


def _carry_on(draft: Draft, *first: Say) -> Turn:
    """After a change: back to the open question, or to the new summary."""
    if draft["asking"] == CHECK:
        return Turn(draft, first + (("contact_summary", {}),))
    return _go_on(draft, *first)


def _ask(draft: Draft, key: str) -> Say:
    if key == CHECK:
        return ("contact_summary", {})
    path = path_of(draft["answers"])
    if path is Path.CHILD and key in ("worry", "child", "where"):
        return (f"ask_{key}_child", {})
    if path is Path.PRACTITIONER and key in ("worry", "you", "reach", "family_knows"):
        return (f"ask_{key}_practitioner", {})
    return (f"ask_{key}", {})


def _given(text: str) -> Dict[str, Any]:
    return {"state": State.GIVEN.value, "said": text.strip()}


def _read(question: Question, text: str, today: dt.date) -> Dict[str, Any]:
    return _birth(text, today) if question.kind is Kind.BIRTH else _given(text)


def _birth(text: str, today: dt.date) -> Dict[str, Any]:
    birth = read_birth(text, today)
    answer = {**_given(text), "kind": birth.kind}
    if birth.date:
        answer.update(date=birth.date.isoformat(), shown=birth.in_words)
    return answer


def _replace(answer: Dict[str, Any], old: str, new: str) -> bool:
    said = answer.get("said")
    if not said or not re.search(rf"(?<!\w){re.escape(old)}(?!\w)", said, re.I):
        return False
    answer["said"] = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, said, flags=re.I)
    return True


def _is_answer_all_the_same(draft: Draft, text: str) -> bool:
    """A worry often ends in a question ("she had bruises. is that normal?"): a long one is the answer."""
    return draft["asking"] == "worry" and len(text.split()) > 18
