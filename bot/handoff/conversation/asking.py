"""What is asked next, and what was told already and so is not."""
from __future__ import annotations

import datetime as dt
from typing import Tuple

from bot.handoff import changes
from bot.handoff.changes import Draft
from bot.handoff.conversation.turn import Say, Turn
from bot.handoff.plan import AT_ONCE, is_required, missing, next_asked, path_of, plan, question_of, words_key
from bot.handoff.questions import CHECK, Answer, Path, State
from bot.handoff.told import use

SAID_AFTER = {**AT_ONCE, ("who", "me"): "contact_child_first", ("more_children", "yes"): "contact_next_child"}


def skip_the_rest(draft: Draft, today: dt.date) -> Turn:
    """Go to the end: whatever may be left out is left out."""
    while True:
        asked = next((a for a in plan(draft["answers"]) if a.key not in draft["answers"] and not is_required(a.key, draft["answers"])), None)
        if asked is None:
            return go_on(draft, today)
        more = asked.question.id == "more_children"
        draft["answers"][asked.key] = {**given("no"), "value": "no"} if more else {"state": State.SKIPPED.value}


def go_on(draft: Draft, today: dt.date, *first: Say) -> Turn:
    """The next question, or what is still required, or the check; first what is to be said before it."""
    answers = draft["answers"]
    read_back: Tuple[Say, ...] = ()
    if "who" in answers and ("told" in draft or "told_worry" in draft):
        filled = _use_told(draft, today)
        if filled:
            read_back = (("contact_told_read_back", {"answers": filled}),)
    asked = next_asked(answers)
    if asked is not None:
        draft["asking"] = asked.key
        return Turn(draft, first + read_back + (ask(draft, asked.key),))
    lacking = [key for key in missing(answers) if key not in draft.get("pressed", [])]
    if lacking:     # asked for once more, and then left to them
        draft["pressed"] = draft.get("pressed", []) + lacking
        answers.pop(lacking[0], None)
        draft["asking"] = lacking[0]
        return Turn(draft, first + read_back + ((f"need_{question_of(lacking[0]).id}", {}),))
    draft["asking"] = CHECK
    return Turn(draft, first + read_back + (ask(draft, CHECK),))


def _use_told(draft: Draft, today: dt.date) -> Tuple[str, ...]:
    filled: Tuple[str, ...] = ()
    worry = draft.pop("told_worry", None)
    if worry:
        draft["answers"]["worry"] = given(worry)
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


def carry_on(draft: Draft, today: dt.date, *first: Say) -> Turn:
    """After a change: back to the open question, or to the new summary."""
    if draft["asking"] in ("danger", "who"):
        return Turn(draft, first + (ask(draft, draft["asking"]),))
    return go_on(draft, today, *first)


def ask(draft: Draft, key: str) -> Say:
    """The open question in the words that fit what is known."""
    if key == CHECK:
        return ("contact_summary", {})
    if key == "birth" and draft.get("unborn"):
        return ("ask_birth_unborn", {})
    return (words_key("ask", key, draft["answers"]), {})


def given(text: str) -> Answer:
    """An answer as it was said."""
    return {"state": State.GIVEN.value, "said": text.strip()}
