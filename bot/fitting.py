"""Words that fit the person: for their audience, and never Plymouth's number as another place's."""
from __future__ import annotations

import datetime as dt
from typing import List, Sequence

from bot.audience import audience_of
from bot.places import load_places
from bot.words import Message, Words


def fitted(words: Words, key: str, said: Sequence[str], now: dt.datetime, **given: str) -> List[Message]:
    """Say a key to the person who ``said`` these messages (oldest first). Raises ``KeyError`` for an unknown key."""
    audience = audience_of(said)
    elsewhere = words.entries[key].elsewhere
    place = load_places().last_named(said) if elsewhere else None
    if elsewhere and place is not None:
        return words.say(elsewhere, now, audience, place=place.name, looked_after_by=place.looked_after_by, **given)
    return words.say(key, now, audience, **given)
