"""Words that fit the person: for their audience, in the style they asked for, and never Plymouth's number as another place's."""
from __future__ import annotations

import dataclasses
import datetime as dt
from typing import List, Optional, Sequence

from bot.audience import CHILDREN, GROWN_UP, Audience, audience_of
from bot.openings import load_openings
from bot.places import load_places
from bot.safety.net import load_net
from bot.shorter import shortened
from bot.steps import URGENT_KEYS, urgent_words
from bot.style import Style, style_of
from bot.understanding.traits import intents_that_are
from bot.words import Entry, Message, Words

TELLING = "utter_child_telling"
CARE = frozenset(f"utter_{name}" for name in intents_that_are("care_scripts"))  # nothing is cut from these


def fitted(words: Words, key: str, said: Sequence[str], now: dt.datetime, key_before: str = "", *,
           unsure: bool = False, **given: str) -> List[Message]:
    """Say a key to the person who ``said`` these messages (oldest first). Raises ``KeyError`` for an unknown key.

    ``key_before``: what the reply before said; the same words are not said twice in a row at full length.
    ``unsure``: the message may not be what it was heard as, so nothing is claimed of the person.
    """
    if key in URGENT_KEYS:
        return urgent_words(words, key, said[-1] if said else "", now)
    audience = audience_of(said)
    entry = words.entries[key]
    place = load_places().last_named(said) if entry.elsewhere else None
    if entry.elsewhere and place is not None:
        key, given = entry.elsewhere, {"place": place.name, "looked_after_by": place.looked_after_by, **given}
    messages = words.say(key, now, audience, **given)
    if unsure and words.entries[key].unsure:
        texts = [words.fill(text, now, **given) for text in words.entries[key].unsure]
        last = words.say(key, now, **given)[-1]   # what is said then is the same to everybody
        return opened(words, key, said, now, [Message(text) for text in texts[:-1]] + [dataclasses.replace(last, text=texts[-1])])
    again = key == key_before and key not in CARE and audience_of(said[:-1]) == audience  # "im a teacher" gets a teacher's words, whole
    style = style_of(said) or (Style.SHORTER if again else None)
    if style is None or words.entries[key].opens_with_999:
        return opened(words, key, said, now, messages)
    texts = _in_style(words, words.entries[key], messages, style, audience, now, given)
    return [Message(text) for text in texts[:-1]] + [_styled(messages[-1], texts[-1], style)] if texts else opened(words, key, said, now, messages)


def opened(words: Words, key: str, said: Sequence[str], now: dt.datetime, messages: List[Message]) -> List[Message]:
    """The messages behind an opening that meets what the last of ``said`` fears or asks, if one is written for it.

    Where the net hears harm, or what may be danger, the reply's own first words come before it; where it hears danger plainly, it is not said.
    """
    opening = load_openings().find(said[-1], key) if said else None
    if opening is None or key == TELLING and audience_of(said) in GROWN_UP:  # what stands before a child's words is said to a child
        return messages
    found = load_net().check(said[-1]).findings
    if found.certain:
        return messages
    heard = 1 if found.first is not None else 0
    rest = without_offer(messages) if load_openings().drops_the_offer(opening) else messages
    return rest[:heard] + words.say(opening, now)[:1] + rest[heard:]


def without_offer(messages: List[Message]) -> List[Message]:
    """The messages without the last, if that offers to write things down, and without the button that says yes to it."""
    if len(messages) < 2 or not messages[-1].custom.get("offers"):
        return messages
    custom = {name: value for name, value in messages[-1].custom.items() if name != "offers"}
    return [*messages[:-2], dataclasses.replace(messages[-2], buttons=messages[-1].buttons[1:], custom=custom)]


def _in_style(words: Words, entry: Entry, messages: List[Message], style: Style, audience: Optional[Audience], now: dt.datetime,
              given: "dict[str, str]") -> List[str]:
    written = getattr(entry, style.value)
    if style is Style.SIMPLER and not written and audience not in CHILDREN:
        written = entry.for_audience.get(Audience.CHILD, ()) if audience is None else ()
    if written:
        return [words.fill(text, now, **given) for text in written]
    if style is Style.SHORTER and entry.key not in CARE:
        return shortened([m.text for m in messages], words.directory["emergency"].phone or "")
    return []


def _styled(last: Message, text: str, style: Style) -> Message:
    return dataclasses.replace(last, text=text, custom={**last.custom, "aside": style.value})
