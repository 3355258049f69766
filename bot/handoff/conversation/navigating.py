"""Finding the way among the questions: wait, read it back, why, back, carry on, skip the rest."""
from __future__ import annotations

import datetime as dt
from typing import Optional

from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.conversation.asking import ask, skip_the_rest
from bot.handoff.conversation.turn import Turn
from bot.handoff.plan import plan, words_key
from bot.handoff.questions import CHECK


def navigated(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """Do what they want of the questions; None if it is something else."""
    asking = draft["asking"]
    if h.is_wait(text) and asking != CHECK:
        return Turn(draft, (("contact_wait", {}), ask(draft, asking)))
    if h.is_check(text):
        return Turn(draft, (("contact_summary", {}),) if asking == CHECK else (("contact_so_far", {}), ask(draft, asking)))
    if h.is_why(text) and asking != CHECK:
        return Turn(draft, ((words_key("why", asking, draft["answers"]), {}), ask(draft, asking)))
    if h.is_back(text):
        keys = [a.key for a in plan(draft["answers"])]
        before = [key for key in keys[:keys.index(asking) if asking in keys else len(keys)] if key in draft["answers"]]
        if before:
            draft["answers"].pop(before[-1])
            draft["asking"] = before[-1]
            draft.pop("more_of", None)
        return Turn(draft, (ask(draft, draft["asking"]),))
    if h.is_carry_on(text):
        return Turn(draft, (ask(draft, asking),))
    if h.is_the_rest(text) and asking not in ("danger", "who", "worry", CHECK):
        return skip_the_rest(draft, today)
    return None
