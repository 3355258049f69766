"""What is said without being asked: more children, no name, deaf, a change of an answer."""
from __future__ import annotations

import datetime as dt
from typing import Optional, Tuple

from bot.handoff import changes
from bot.handoff import heard as h
from bot.handoff.changes import Draft
from bot.handoff.conversation.asking import ask, carry_on, given, go_on
from bot.handoff.conversation.turn import Say, Turn
from bot.handoff.payload import says_how_to_reach
from bot.handoff.plan import path_of, question_of
from bot.handoff.questions import CHECK, Path, State
from bot.handoff.reading import Problem, Read


def volunteered(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """Said without being asked: there are more children, "can I stay anonymous", "I'm deaf"."""
    asking = draft["asking"]
    long_answer = asking not in (CHECK, "danger", "who") and question_of(asking).long  # "two of them hit him" is the account itself
    if asking != "more_children" and not long_answer and path_of(draft["answers"]) is not Path.CHILD and changes.more_children(draft, text):
        return carry_on(draft, today, ("contact_more_noted", {}))
    if len(text.split()) > changes.LONG or asking == "danger":
        return None
    if asking != "you" and h.asks_to_be_anonymous(text):
        path = path_of(draft["answers"])
        if asking != "who" and path is not Path.PUBLIC:
            why = "contact_anonymous_not_at_work" if path is Path.PRACTITIONER else "contact_name_not_needed"
            return Turn(draft, ((why, {}), ask(draft, asking)))
        if asking == "who":
            draft["told"]["you"] = "anonymous"
        else:
            draft["answers"]["you"] = {"state": State.SKIPPED.value, "anonymous": True}
        return carry_on(draft, today, ("contact_anonymous", {}))
    if asking not in _ABOUT_REACHING and says_how_to_reach(text):
        before = draft["answers"].get("needs", {}).get("said")
        draft["answers"]["needs"] = given(f"{before}\n{text}" if before else text)
        return Turn(draft, (("contact_noted", {}), ask(draft, asking)))
    return None


_ABOUT_REACHING = frozenset({"phone", "email", "safe_contact", "needs", "safe_to_reach", CHECK})


def changed(draft: Draft, text: str, today: dt.date) -> Optional[Turn]:
    """A change of what was answered ("change the address"); None if it is no change."""
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
    return go_on(draft, today, *_says_changed(changed), *remarks)


def _says_changed(keys: Tuple[str, ...]) -> Tuple[Say, ...]:
    return (("contact_changed", {"answers": keys}),) if keys else ()
