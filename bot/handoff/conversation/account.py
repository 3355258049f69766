"""An account that comes in pieces: word by word, in long parts, or with something that was forgotten."""
from __future__ import annotations

import datetime as dt
from typing import Optional

from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.conversation.asking import ask, go_on
from bot.handoff.conversation.turn import Say, Turn
from bot.handoff.questions import CHECK
from bot.handoff.reading import Problem, read_answer


def more_of_it(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """The next piece of an account that comes in pieces: word by word, or a long one in parts."""
    key = draft.get("more_of")
    if key is None or key != draft["asking"] or h.is_back(text) or h.is_why(text) or h.is_check(text) or h.is_question(text):
        return None
    if h.is_done(text) or h.is_the_rest(text):
        draft.pop("more_of")
        return go_on(draft, today)
    if h.is_yes_alone(text) or h.is_wait(text):
        return Turn(draft, (asks_for_more(text),))
    return next_piece(draft, key, text, today)


def next_piece(draft: Draft, key: str, text: str, today: dt.date) -> Turn:
    """Add a piece to the answer, and ask whether there is more."""
    whole = draft["answers"][key]["said"] + (" " if is_a_piece(text) else "\n") + text
    reading = read_answer(key, whole, draft["answers"], today)
    if isinstance(reading, Problem):
        return Turn(draft, ((reading.key, {}),))
    draft["answers"][key] = reading.answer
    if is_a_piece(text) or is_a_part(text):
        return Turn(draft, (asks_for_more(text),))
    draft.pop("more_of")
    return go_on(draft, today)


def added(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
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
        return Turn(draft, ((reading.key, {}), ask(draft, asking)))
    draft["answers"]["worry"] = reading.answer
    return go_on(draft, today, ("contact_added", {}))


_FEW_WORDS, _MANY_LETTERS = 2, 3_000    # an account of so few words, or so many letters, often has more to come


def is_a_piece(text: str) -> bool:
    """A word or two: there is often more to come."""
    return len(text.split()) <= _FEW_WORDS


def is_a_part(text: str) -> bool:
    """So long that there is often more to come."""
    return len(text) >= _MANY_LETTERS


def asks_for_more(text: str) -> Say:
    """What is said to somebody who may have more to tell."""
    return ("contact_next_part" if is_a_part(text) else "contact_go_on", {})
