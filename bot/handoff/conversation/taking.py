"""Taking a contact, one question at a time. Pure: from the draft and what was heard to the next draft and what to say."""
from __future__ import annotations

import copy
import datetime as dt
import uuid
from typing import Dict

from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.conversation.account import added, more_of_it
from bot.handoff.conversation.answering import answered, is_answer_all_the_same, without_words
from bot.handoff.conversation.asking import ask
from bot.handoff.conversation.navigating import navigated
from bot.handoff.conversation.turn import Heard, Outcome, Turn
from bot.handoff.conversation.unasked import changed, volunteered
from bot.handoff.payload import says_how_to_reach
from bot.handoff.questions import CHECK
from bot.handoff.told import how_many, is_account, told_in


def begin(first_words: str = "", is_worry: bool = False, before: str = "") -> Turn:
    """Start a contact: what it is, who reads it and when, then the gate.

    What was told already, here or just ``before``, is kept for its place; ``first_words`` are the worry itself if they tell one.
    """
    all_words = f"{before}\n{first_words}".strip()
    draft: Draft = {"id": str(uuid.uuid4()), "answers": {}, "asking": "danger", "paused": False, "told": _told(all_words),
                    "expected": how_many(all_words) or 1}
    if is_worry and is_account(first_words):
        draft["told_worry"] = first_words.strip()
    return Turn(draft, (("contact_begin", {}), ask(draft, "danger")))


def _told(first_words: str) -> Dict[str, str]:
    told = told_in(first_words)
    if says_how_to_reach(first_words):
        told["needs"] = first_words
    return told


def ask_again(draft: Draft) -> Turn:
    """The open question once more, after a side question was answered."""
    if draft.get("paused"):
        return Turn(draft, (("contact_paused", {}),))
    return Turn(draft, (("contact_back_to_it", {}), ask(draft, draft["asking"])))


def take(draft: Draft, said: Heard, today: dt.date) -> Turn:
    """Read one message."""
    draft = copy.deepcopy(draft)
    text = said.text.strip()
    if h.is_stop(text):
        return Turn(None, (("contact_stopped", {}),), Outcome.STOPPED)
    if said.after_alarm or draft.get("paused"):
        return _after_alarm(draft, text, said)
    if said.simpler and draft["asking"] != CHECK:
        key, given = ask(draft, draft["asking"])
        return Turn(draft, ((key, {**given, "simpler": True}),))
    for read in (more_of_it, added, volunteered, changed, navigated, without_words):
        turn = read(draft, text, today)
        if turn is not None:
            return turn
    if (said.side and h.is_question(text) or h.asks_first(text)) and not is_answer_all_the_same(draft, text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    if draft["asking"] == CHECK:
        if h.is_send(text):
            return Turn(draft, (), Outcome.SEND)
        return Turn(draft, (("contact_not_sent_yet", {}),))
    return answered(draft, draft["asking"], text, today)


def _after_alarm(draft: Draft, text: str, said: Heard) -> Turn:
    if h.is_carry_on(text) or (draft.get("paused") and h.is_yes(text)):
        draft["paused"] = False
        return Turn(draft, (("contact_resumed", {}), ask(draft, draft["asking"])))  # the gate too: only they can say that the danger is over
    if draft.get("paused") and said.side and h.is_question(text):
        return Turn(draft, (), Outcome.SIDE_QUESTION)
    draft["paused"] = True
    return Turn(draft, (("contact_paused", {}),))
