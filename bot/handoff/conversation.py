"""Taking a contact, one question at a time. Pure: from the draft and what was heard to the next draft and what to say."""
from __future__ import annotations

import copy
import datetime as dt
import uuid
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Dict, Optional, Tuple

from bot.handoff import changes
from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.payload import says_how_to_reach
from bot.handoff.plan import AT_ONCE, child_of, is_required, missing, next_asked, path_of, plan, question_of, words_key
from bot.handoff.questions import CHECK, Answer, Answers, Kind, Path, State
from bot.handoff.reading import Problem, Read, read_answer
from bot.handoff.told import how_many, is_account, told_in, use

Say = Tuple[str, Dict[str, Any]]


class Outcome(str, Enum):
    """What the turn came to."""

    ASKING = "asking"
    SIDE_QUESTION = "side_question"  # somebody else answers; then the question is asked again
    DANGER = "danger"
    SEND = "send"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Heard:
    """A message. ``after_alarm``: the reply before it was the emergency number. ``side``: it is a question we can answer.

    ``simpler``: it asks for the question once more, or in easier words.
    """

    text: str
    after_alarm: bool = False
    side: bool = False
    simpler: bool = False


@dataclass(frozen=True)
class Turn:
    """The next draft (None: forget it), what to say, and what it came to.

    What to say are wording keys with what fills them; ``answers`` lists keys of answers to be shown in words.
    """

    draft: Optional[Draft]
    says: Tuple[Say, ...] = field(default=())
    outcome: Outcome = Outcome.ASKING


def begin(first_words: str = "", is_worry: bool = False, before: str = "") -> Turn:
    """Start a contact: what it is, who reads it and when, then the gate.

    What was told already, here or just ``before``, is kept for its place; ``first_words`` are the worry itself if they tell one.
    """
    all_words = f"{before}\n{first_words}".strip()
    draft: Draft = {"id": str(uuid.uuid4()), "answers": {}, "asking": "danger", "paused": False, "told": _told(all_words),
                    "expected": how_many(all_words) or 1}
    if is_worry and is_account(first_words):
        draft["told_worry"] = first_words.strip()
    return Turn(draft, (("contact_begin", {}), _ask(draft, "danger")))


def _told(first_words: str) -> Dict[str, str]:
    told = told_in(first_words)
    if says_how_to_reach(first_words):
        told["needs"] = first_words
    return told


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
        return _after_alarm(draft, text, said, today)
    if said.simpler and draft["asking"] != CHECK:
        key, given = _ask(draft, draft["asking"])
        return Turn(draft, ((key, {**given, "simpler": True}),))
    for read in (_more_of_it, _added, _volunteered, _changed, _navigated, _without_words):
        turn = read(draft, text, today)
        if turn is not None:
            return turn
    if (said.side and h.is_question(text) or h.asks_first(text)) and not _is_answer_all_the_same(draft, text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    if draft["asking"] == CHECK:
        if h.is_send(text):
            return Turn(draft, (), Outcome.SEND)
        return Turn(draft, (("contact_not_sent_yet", {}),))
    return _answered(draft, draft["asking"], text, today)


def _after_alarm(draft: Draft, text: str, said: Heard, today: dt.date) -> Turn:
    if h.is_carry_on(text) or (draft.get("paused") and h.is_yes(text)):
        draft["paused"] = False
        if draft["asking"] == "danger":
            return Turn(draft, (("contact_resumed", {}), _ask(draft, "danger")))  # only they can say that the danger is over
        return Turn(draft, (("contact_resumed", {}), _ask(draft, draft["asking"])))
    if draft.get("paused") and said.side and h.is_question(text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    draft["paused"] = True
    return Turn(draft, (("contact_paused", {}),))


def _volunteered(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """Said without being asked: there are more children, "can I stay anonymous", "I'm deaf"."""
    asking = draft["asking"]
    long_answer = asking not in (CHECK, "danger", "who") and question_of(asking).long  # "two of them hit him" is the account itself
    if asking != "more_children" and not long_answer and path_of(draft["answers"]) is not Path.CHILD and changes.more_children(draft, text):
        return _carry_on(draft, today, ("contact_more_noted", {}))
    if len(text.split()) > changes.LONG or asking == "danger":
        return None
    if asking != "you" and h.asks_to_be_anonymous(text):
        path = path_of(draft["answers"])
        if asking != "who" and path is not Path.PUBLIC:
            why = "contact_anonymous_not_at_work" if path is Path.PRACTITIONER else "contact_name_not_needed"
            return Turn(draft, ((why, {}), _ask(draft, asking)))
        if asking == "who":
            draft["told"]["you"] = "anonymous"
        else:
            draft["answers"]["you"] = {"state": State.SKIPPED.value, "anonymous": True}
        return _carry_on(draft, today, ("contact_anonymous", {}))
    if asking not in _ABOUT_REACHING and says_how_to_reach(text):
        before = draft["answers"].get("needs", {}).get("said")
        draft["answers"]["needs"] = _given(f"{before}\n{text}" if before else text)
        return Turn(draft, (("contact_noted", {}), _ask(draft, asking)))
    return None


_ABOUT_REACHING = frozenset({"phone", "email", "safe_contact", "needs", "safe_to_reach", CHECK})


def _changed(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    if draft["asking"] in ("danger", "who"):
        return None
    wanted = changes.changes_in(draft, text)
    if not wanted:
        asked = h.change_asked(text)
        return Turn(draft, (("contact_change_which", {}),)) if asked is not None and draft["asking"] == CHECK else None
    changed: Tuple[str, ...] = ()
    remarks: Tuple[Say, ...] = ()
    for change in wanted:
        reading = changes.apply(draft, change, today) if change.text is not None else None
        if isinstance(reading, Read):
            changed += (change.key,)
            remarks += tuple((key, dict(given)) for key, given in reading.remarks)
            continue
        draft["answers"].pop(change.key, None)      # it is asked again
        if isinstance(reading, Problem):
            draft.update(asking=change.key, refused=h.tidy(change.text or ""))
            return Turn(draft, (*_says_changed(changed), *remarks, (reading.key, {})))
    return _go_on(draft, today, *_says_changed(changed), *remarks)


def _says_changed(keys: Tuple[str, ...]) -> Tuple[Say, ...]:
    return (("contact_changed", {"answers": keys}),) if keys else ()


def _navigated(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    asking = draft["asking"]
    if h.is_wait(text) and asking != CHECK:
        return Turn(draft, (("contact_wait", {}), _ask(draft, asking)))
    if h.is_check(text):
        return Turn(draft, (("contact_summary", {}),) if asking == CHECK else (("contact_so_far", {}), _ask(draft, asking)))
    if h.is_why(text) and asking != CHECK:
        return Turn(draft, ((words_key("why", asking, draft["answers"]), {}), _ask(draft, asking)))
    if h.is_back(text):
        keys = [a.key for a in plan(draft["answers"])]
        before = [key for key in keys[:keys.index(asking) if asking in keys else len(keys)] if key in draft["answers"]]
        if before:
            draft["answers"].pop(before[-1])
            draft["asking"] = before[-1]
            draft.pop("more_of", None)
        return Turn(draft, (_ask(draft, draft["asking"]),))
    if h.is_carry_on(text):
        return Turn(draft, (_ask(draft, asking),))
    if h.is_the_rest(text) and asking not in ("danger", "who", "worry", CHECK):
        return _skip_the_rest(draft, today)
    return None


def _more_of_it(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """The next piece of an account that comes in pieces: word by word, or a long one in parts."""
    key = draft.get("more_of")
    if key is None or key != draft["asking"] or h.is_back(text) or h.is_why(text) or h.is_check(text) or h.is_question(text):
        return None
    if h.is_done(text) or h.is_the_rest(text):
        draft.pop("more_of")
        return _go_on(draft, today)
    if h.is_yes_alone(text) or h.is_wait(text):
        return Turn(draft, (_pieces(text),))
    return _next_piece(draft, key, text, today)


def _next_piece(draft: Draft, key: str, text: str, today: dt.date) -> Turn:
    whole = draft["answers"][key]["said"] + (" " if _is_a_piece(text) else "\n") + text
    reading = read_answer(key, whole, draft["answers"], today)
    if isinstance(reading, Problem):
        return Turn(draft, ((reading.key, {}),))
    draft["answers"][key] = reading.answer
    if _is_a_piece(text) or _is_a_part(text):
        return Turn(draft, (_pieces(text),))
    draft.pop("more_of")
    return _go_on(draft, today)


def _added(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """Something to add to the account, told when it was over: "I forgot to say that …"."""
    asking, worry = draft["asking"], draft["answers"].get("worry", {}).get("said")
    what = h.added(text, asking == CHECK) if worry and asking != "worry" else None
    if what is None:
        return None
    if not what:
        draft.update(asking="worry", more_of="worry")
        return Turn(draft, (("contact_add_what", {}),))
    reading = read_answer("worry", f"{worry}\n{what}", draft["answers"], today)
    if isinstance(reading, Problem):
        return Turn(draft, ((reading.key, {}), _ask(draft, asking)))
    draft["answers"]["worry"] = reading.answer
    return _go_on(draft, today, ("contact_added", {}))


_FEW_WORDS, _MANY_LETTERS = 2, 3_000    # an account of so few words, or so many letters, often has more to come


def _is_a_piece(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS


def _is_a_part(text: str) -> bool:
    return len(text) >= _MANY_LETTERS


def _pieces(text: str) -> Say:
    return ("contact_next_part" if _is_a_part(text) else "contact_go_on", {})


def _without_words(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """A picture or a mark alone: a thumb answers what is asked for a choice; else words are asked for, once."""
    asking = draft["asking"]
    if h.has_words(text) or asking == CHECK:
        return None
    words = h.in_words(text)
    if words is not None and (question_of(asking).kind is Kind.CHOICE or h.is_unknown(words)):
        turn = _answered(draft, asking, words, today)
        if "said" in draft["answers"].get(asking, {}):
            draft["answers"][asking]["said"] = text
        return turn
    if draft.get("refused") == h.tidy(text):
        return None
    draft["refused"] = h.tidy(text)
    return Turn(draft, (("contact_only_signs", {}), _ask(draft, asking)))


def _skip_the_rest(draft: Draft, today: dt.date) -> Turn:
    """Go to the end: whatever may be left out is left out."""
    while True:
        asked = next((a for a in plan(draft["answers"]) if a.key not in draft["answers"] and not is_required(a.key, draft["answers"])), None)
        if asked is None:
            return _go_on(draft, today)
        more = asked.question.id == "more_children"
        draft["answers"][asked.key] = {**_given("no"), "value": "no"} if more else {"state": State.SKIPPED.value}


def _answered(draft: Draft, key: str, text: str, today: dt.date) -> Turn:
    answers, question = draft["answers"], question_of(key)
    if draft.get("more_of") == key:
        return _next_piece(draft, key, text, today)
    same = _same_as_first(answers, key, text)
    if same is not None:
        answers[key] = same
        return _go_on(draft, today)
    if key == "birth" and draft.pop("unborn", False):
        return _due(draft, text, today)
    reading = read_answer(key, text, answers, today, insist=draft.get("refused") == h.tidy(text))
    if isinstance(reading, Problem):
        draft["refused"] = h.tidy(text)
        return Turn(draft, ((reading.key, {}),))
    draft.pop("refused", None)
    answers[key] = reading.answer
    value = reading.answer.get("value")
    if (question.id, value) == ("danger", "yes"):
        answers.pop("danger")
        draft["paused"] = True
        return Turn(draft, (("utter_danger_now", {}),), Outcome.DANGER)
    first = _AFTER.get((question.id, str(value)))
    if question.id == "more_children" and value == "yes":
        draft["expected"] = max(how_many(text) or 0, child_of(key) + 1)
        changes.expect(draft)
    if question.id == "worry" and (_is_a_piece(text) or _is_a_part(text)):
        draft["more_of"] = key
        return Turn(draft, (_pieces(text),))
    remarks = tuple((name, dict(filled)) for name, filled in reading.remarks)
    return _go_on(draft, today, *(((first, {}),) if first else ()), *remarks)


def _due(draft: Draft, text: str, today: dt.date) -> Turn:
    """The answer to "when is the baby due?" of somebody who said that it is not born yet."""
    reading = read_answer("birth", text, draft["answers"], today, insist=True)
    if isinstance(reading, Read) and reading.answer.get("kind") in ("exact", "unborn"):
        answer, remarks = reading.answer, reading.remarks
    else:
        known = isinstance(reading, Read) and reading.answer["state"] == State.GIVEN.value
        due = read_answer("birth", f"not born yet, due {text}", draft["answers"], today, insist=True)
        assert isinstance(due, Read)
        answer, remarks = ({**due.answer, "said": text}, due.remarks) if known else ({**_given("not born yet"), "kind": "unborn"}, ())
    draft["answers"]["birth"] = answer
    return _go_on(draft, today, *((name, dict(filled)) for name, filled in remarks))


_AFTER = {**AT_ONCE, ("who", "me"): "contact_child_first", ("more_children", "yes"): "contact_next_child"}


def _go_on(draft: Draft, today: dt.date, *first: Say) -> Turn:
    answers = draft["answers"]
    read_back: Tuple[Say, ...] = ()
    if "who" in answers and ("told" in draft or "told_worry" in draft):
        filled = _use_told(draft, today)
        if filled:
            read_back = (("contact_told_read_back", {"answers": filled}),)
    asked = next_asked(answers)
    if asked is not None:
        draft["asking"] = asked.key
        return Turn(draft, first + read_back + (_ask(draft, asked.key),))
    lacking = [key for key in missing(answers) if key not in draft.get("pressed", [])]
    if lacking:     # asked for once more, and then left to them
        draft["pressed"] = draft.get("pressed", []) + lacking
        answers.pop(lacking[0], None)
        draft["asking"] = lacking[0]
        return Turn(draft, first + read_back + ((f"need_{question_of(lacking[0]).id}", {}),))
    draft["asking"] = CHECK
    return Turn(draft, first + read_back + (_ask(draft, CHECK),))


def _use_told(draft: Draft, today: dt.date) -> Tuple[str, ...]:
    filled: Tuple[str, ...] = ()
    worry = draft.pop("told_worry", None)
    if worry:
        draft["answers"]["worry"] = _given(worry)
        filled = ("worry",)
    told = draft.pop("told", {})
    if path_of(draft["answers"]) is not Path.CHILD:
        changes.expect(draft)
    if draft.get("expected", 1) > 1:    # which of them it was said of is not sure
        told = {key: text for key, text in told.items() if key not in ("birth", "child")}
    if told.get("birth") == "not born yet":     # when the baby is due is still to be asked
        del told["birth"]
        draft["unborn"] = path_of(draft["answers"]) is not Path.CHILD
    return filled + use(told, draft["answers"], today)


def _carry_on(draft: Draft, today: dt.date, *first: Say) -> Turn:
    """After a change: back to the open question, or to the new summary."""
    if draft["asking"] in ("danger", "who"):
        return Turn(draft, first + (_ask(draft, draft["asking"]),))
    return _go_on(draft, today, *first)


def _ask(draft: Draft, key: str) -> Say:
    if key == CHECK:
        return ("contact_summary", {})
    if key == "birth" and draft.get("unborn"):
        return ("ask_birth_unborn", {})
    return (words_key("ask", key, draft["answers"]), {})


def _given(text: str) -> Answer:
    return {"state": State.GIVEN.value, "said": text.strip()}


def _same_as_first(answers: Answers, key: str, text: str) -> Optional[Answer]:
    """"The same" for a later child: its own words are kept, with what they stand for."""
    question = question_of(key)
    first = answers.get(question.id, {})
    if child_of(key) == 1 or question.kind is Kind.BIRTH or question.id == "child" or not h.is_same(text) or "said" not in first:
        return None
    return {**_given(text), "shown": first["said"]}


def _is_answer_all_the_same(draft: Draft, text: str) -> bool:
    """A worry often ends in a question ("she had bruises. is that normal?"): a long one is the answer."""
    asking = draft["asking"]
    if asking == "you" and h.is_anonymous(text):
        return True
    return asking != CHECK and question_of(asking).long and len(text.split()) > 18


