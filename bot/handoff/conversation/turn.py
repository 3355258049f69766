"""One turn of taking a contact: what was heard, and what it came to."""
from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Dict, Optional, Tuple

from bot.handoff.changes import Draft

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
