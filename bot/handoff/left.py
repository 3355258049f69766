"""Where people leave a contact without a word: counted by the question that stood open. Who it was, and what was answered, is not looked at."""
from __future__ import annotations

import collections
import datetime as dt
from typing import Any, Iterable, Mapping, Tuple

from bot.handoff.form_file import draft_in
from bot.handoff.receiving import counted
from bot.handoff.tally import Counted

_MOST_OPEN = 10_000


def count_left(states: Iterable[Mapping[str, Any]], now: dt.datetime) -> None:
    """Count the drafts in conversations that are forgotten. One that was sent or stopped holds none."""
    for draft in map(draft_in, states):
        if draft:
            counted(Counted.LEFT, str(draft.get("asking", "")).partition(":")[0], now)


class OpenForms:
    """The plain forms that stand open in somebody's browser, in memory: a form's random id, the question and when it was shown.

    The server holds no answers of a form; without this it could not tell that somebody went.
    """

    def __init__(self, idle: dt.timedelta) -> None:
        self._idle = idle
        self._open: "collections.OrderedDict[str, Tuple[str, dt.datetime]]" = collections.OrderedDict()

    def shows(self, form: str, question: str, now: dt.datetime) -> None:
        """A page was shown; ``question`` is the first on it."""
        self._open.pop(form, None)
        self._open[form] = (question, now)
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)

    def ends(self, form: str) -> None:
        """The form was sent or stopped."""
        self._open.pop(form, None)

    def count_left(self, now: dt.datetime) -> None:
        """Count those of whom nothing was heard for too long."""
        while self._open:
            form, (question, shown) = next(iter(self._open.items()))    # the one that has been silent longest
            if now - shown < self._idle:
                return
            del self._open[form]
            counted(Counted.LEFT, question, now)
