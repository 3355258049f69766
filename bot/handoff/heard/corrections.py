"""What somebody wants to have changed, added or taken out. Plain lists, no model."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional, Tuple

from bot.handoff.heard.letters import plain, tidy

_CHANGE = re.compile(r"^(?:(?:sorry|actually|no|oh|wait|please|can i|could i|can you|could you|can we|i want to|i need to|i'd like to|let me|"
                     r"i would like to|"
                     r"and|also|just|yes|ok|but)[, ]+)*(?:please )?(?:change|correct|edit|fix|update|amend|alter|"
                     r"redo)\b(?P<what>.*?)(?:\b(?:to|for)\b:? (?P<value>.+))?$", re.S)
_NOT_THIS = re.compile(r"(?:it'?s|it is|should be|i meant|meant|is|spelt|its) (?P<new>[^,.;]{1,60}?),? not (?P<old>[^,.;]{1,60})[.! ]*$")
_THIS_FOR = re.compile(r"\bnot (?P<old>[^,.;]{1,60}?),? (?:it'?s|it is|its|but|should be) (?P<new>[^,.;]{1,60})[.! ]*$")
_FORGOT = (r"(?:(?:oh|sorry|wait|actually|and|also|but|no|yes|ok|okay|please)[,. ]+)*"
           r"(?:(?:i )?(?:also )?(?:forgot|meant|should have|wanted|want|need|would like|'d like) to (?:say|mention|add|tell you|tell)|"
           r"i should have (?:said|mentioned)|i (?:didn'?t|did not) (?:say|mention)|(?:can|could|may) (?:i|you) (?:please )?(?:just )?add|"
           r"(?:please )?add|(?:just )?one (?:more|other) thing)")
_ADDS = re.compile(rf"^(?:{_FORGOT})\b[,: ]*(?P<what>.*)$", re.S)
_ADDS_AT_THE_END = re.compile(r"^(?:oh )?(?:also|and|plus)\b[,: ]*(?P<what>.*)$", re.S)
_SOMETHING = re.compile(r"^(?:(?:something|a (?:bit|thing|detail)|more|one more thing|another thing|some(?: more)?(?: details?)?|to (?:it|that|this))"
                        r"(?: else| more| first)?)?[.!? ]*$")
_REMOVES = re.compile(
    r"^(?:(?:sorry|actually|no|oh|wait|please|can you|could you|can i|i want to|and|also|yes|ok|but)[, ]+)*(?:please )?"
    r"(?:(?:delete|remove|leave out|take (?:out|off|away)|cross out|get rid of|drop) (?P<what>.+?)|take (?P<what2>.+?) (?:out|off|away))"
    r"(?: again| please| too| from (?:it|this|that|there))?[.!? ]*$")
_WRONG = re.compile(r"^(?:all |quite |totally )?(?:wrong|incorrect|not (?:quite )?(?:right|correct)|(?:spelt|spelled) (?:wrong(?:ly)?|"
                    r"incorrectly)|misspel(?:t|led)|a mistake|different)[.! ]*$")


@dataclass(frozen=True)
class Correction:
    """Something said earlier is to be replaced."""

    old: str
    new: str


def is_wrong(text: str) -> bool:
    """What was named is not right, and they do not say what is."""
    return bool(_WRONG.match(tidy(text)))


def added(text: str, at_the_end: bool) -> Optional[str]:
    """What they want to add to their account ("I forgot to say that …"); "" if they did not say what, None if they add nothing.

    ``at_the_end``: the answers stand to be checked, so that "also …" adds something too.
    """
    words = plain(text)
    match = _ADDS.match(words.lower()) or (_ADDS_AT_THE_END.match(words.lower()) if at_the_end else None)
    return None if match is None else "" if _SOMETHING.match(match["what"]) else words


def removed(text: str) -> Optional[str]:
    """What they want to have taken out ("remove my name"), or None."""
    match = _REMOVES.match(tidy(text))
    return (match["what"] or match["what2"]) if match and len(text.split()) <= 10 else None


def change_asked(text: str) -> Optional[Tuple[str, Optional[str]]]:
    """What they want to change and, if they said, to what (in their own letters)."""
    words = plain(text)
    match = _CHANGE.search(words.lower())
    if not match or len(words.split()) > 30:
        return None
    value = words[match.start("value"):].strip(" .?!") if match.group("value") else None
    return match.group("what").strip(), value


def correction(text: str) -> Optional[Correction]:
    """"It's Falworth, not Falsworth": the new and the old, in their own letters."""
    words = plain(text)
    if len(words.split()) > 25:
        return None
    for pattern in (_NOT_THIS, _THIS_FOR):
        match = pattern.search(words.lower())
        if match:
            return Correction(words[match.start("old"):match.end("old")].strip(), words[match.start("new"):match.end("new")].strip())
    return None
