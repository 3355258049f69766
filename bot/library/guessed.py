"""Whether the guidance may answer what nothing else was sure of."""
from __future__ import annotations

from bot.library.answers import Answer, NotHeld
from bot.library.asked import is_asked
from bot.library.shared import shared_library
from bot.of_somebody import speaks_of_somebody

LIKELY = 0.45  # how sure the guidance must be where nothing else answers


def guidance_knows(text: str) -> bool:
    """True if the guidance answers, or is asked for what it names and does not hold. A report's words answer nobody's own story."""
    if speaks_of_somebody(text):
        return False
    found = shared_library().answer(text, LIKELY)
    return isinstance(found, Answer) or (isinstance(found, NotHeld) and is_asked(text))
