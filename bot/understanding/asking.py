"""The sentence of a longer message that asks: where the whole is hard to place, what it is about stands there. Pure."""
from __future__ import annotations

import re
from typing import List, Optional

from bot.understanding.leaning import asks

FEWEST_WORDS, MOST_WORDS = 4, 30  # of the sentence: fewer say too little, more are the whole story again
MOST_SENTENCES = 12               # of the message
_ENDS = re.compile(r"(?<=[.?!])\s+|\n+")


def asking_sentence(text: str) -> Optional[str]:
    """The last sentence with a question mark, or else the last that begins as a question does; None if there is one sentence or none asks."""
    said = [s.strip() for s in _ENDS.split(text) if s.strip()]
    if not 2 <= len(said) <= MOST_SENTENCES:
        return None
    fitting: List[str] = [s for s in said if FEWEST_WORDS <= len(s.split()) <= MOST_WORDS]
    marked = [s for s in fitting if s.endswith("?")]
    found = marked or [s for s in fitting if asks(s)]
    return found[-1] if found else None
