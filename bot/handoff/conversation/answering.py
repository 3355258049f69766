"""The answer to the question that was asked."""
from __future__ import annotations

import datetime as dt
from typing import Optional

from bot.handoff import changes
from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.conversation.account import asks_for_more, is_a_part, is_a_piece, next_piece
from bot.handoff.conversation.asking import SAID_AFTER, ask, given, go_on
from bot.handoff.conversation.turn import Outcome, Turn
from bot.handoff.plan import child_of, question_of
from bot.handoff.questions import CHECK, Answer, Answers, Kind, State
from bot.handoff.reading import Problem, Read, read_answer
from bot.handoff.told import how_many


def without_words(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """A picture or a mark alone: a thumb answers what is asked for a choice; else words are asked for, once."""
    asking = draft["asking"]
    if h.has_words(text) or asking == CHECK:
        return None
    words = h.in_words(text)
    if words is not None and (question_of(asking).kind is Kind.CHOICE or h.is_unknown(words)):
        turn = answered(draft, asking, words, today)
        if "said" in draft["answers"].get(asking, {}):
            draft["answers"][asking]["said"] = text
        return turn
    if draft.get("refused") == h.tidy(text):
        return None
    draft["refused"] = h.tidy(text)
    return Turn(draft, (("contact_only_signs", {}), ask(draft, asking)))


def answered(draft: Draft, key: str, text: str, today: dt.date) -> Turn:
    """Read the answer to this question, and go on."""
    answers, question = draft["answers"], question_of(key)
    if draft.get("more_of") == key:
        return next_piece(draft, key, text, today)
    same = _same_as_first(answers, key, text)
    if same is not None:
        answers[key] = same
        return go_on(draft, today)
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
    first = SAID_AFTER.get((question.id, str(value)))
    if question.id == "more_children" and value == "yes":
        draft["expected"] = max(how_many(text) or 0, child_of(key) + 1)
        changes.expect(draft)
    if question.id == "worry" and (is_a_piece(text) or is_a_part(text)):
        draft["more_of"] = key
        return Turn(draft, (asks_for_more(text),))
    remarks = tuple((name, dict(filled)) for name, filled in reading.remarks)
    return go_on(draft, today, *(((first, {}),) if first else ()), *remarks)


def _due(draft: Draft, text: str, today: dt.date) -> Turn:
    """The answer to "when is the baby due?" of somebody who said that it is not born yet."""
    reading = read_answer("birth", text, draft["answers"], today, insist=True)
    if isinstance(reading, Read) and reading.answer.get("kind") in ("exact", "unborn"):
        answer, remarks = reading.answer, reading.remarks
    else:
        known = isinstance(reading, Read) and reading.answer["state"] == State.GIVEN.value
        due = read_answer("birth", f"not born yet, due {text}", draft["answers"], today, insist=True)
        assert isinstance(due, Read)
        answer, remarks = ({**due.answer, "said": text}, due.remarks) if known else ({**given("not born yet"), "kind": "unborn"}, ())
    draft["answers"]["birth"] = answer
    return go_on(draft, today, *((name, dict(filled)) for name, filled in remarks))


def _same_as_first(answers: Answers, key: str, text: str) -> Optional[Answer]:
    """"The same" for a later child: its own words are kept, with what they stand for."""
    question = question_of(key)
    first = answers.get(question.id, {})
    if child_of(key) == 1 or question.kind is Kind.BIRTH or question.id == "child" or not h.is_same(text) or "said" not in first:
        return None
    return {**given(text), "shown": first["said"]}


def is_answer_all_the_same(draft: Draft, text: str) -> bool:
    """A worry often ends in a question ("she had bruises. is that normal?"): a long one is the answer."""
    asking = draft["asking"]
    if asking == "you" and h.is_anonymous(text):
        return True
    return asking != CHECK and question_of(asking).long and len(text.split()) > 18
