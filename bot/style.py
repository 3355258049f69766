"""How a person wants to be answered, heard in the message that asks: shorter, or in easier words. Plain patterns. Pure."""
from __future__ import annotations

import re
from enum import Enum
from typing import Optional, Sequence

from bot.safety.fold import fold


class Style(str, Enum):
    """The name of the part of a wording entry that fits the wish."""

    SHORTER = "shorter"
    SIMPLER = "simpler"


_FEW = r"(?:a|one|two|three|four|five|a few|a couple of|\d{1,2})"
_SHORTER = re.compile(
    rf"\b(?:in|under|max(?:imum)?|less than|no more than) {_FEW} (?:\w+ )?(?:lines?|sentences?|words|bullets?|points)\b|"
    r"\b(?:in )?one (?:line|sentence)\b|"
    r"\bshort (?:answer|version|one|please|pls|plz)\b|\b(?:make|keep|say) (?:it|that|this) (?:short|brief|quick)\b|"
    r"\b(?:quick|brief|short) (?:answer|summary|version)\b|"
    r"\bbriefly\b|\bin (?:short|brief|a nutshell)\b|\btl ?dr\b|\bbullet ?points?\b|"
    r"\b(?:dont|don'?t|no|without the|skip the) (?:waffle|essay|lecture|ramble|speech|long answer)|"
    r"\b(?:just|only) (?:\w+ ){0,3}(?:number|basics|gist|main points?|short version)\b|\bnumber only\b|\b(?:short|quick|brief) please\b")
_SIMPLER = re.compile(
    r"\blike (?:i'?m|im|i am|she'?s|he'?s|they'?re|you would to) "
    r"(?:a )?(?:five|six|seven|eight|nine|ten|\d{1,2}|kid|child|toddler)\b|\beli ?5\b|"
    r"\bin (?:plain|simple|easy|normal|everyday|child'?s?|kids?'?) (?:english|words?|language|terms|speak)\b|"
    r"\b(?:plain|simple|easy) (?:english|words) (?:please|pls|plz)\b|"
    r"\b(?:use|with) (?:simple|easy|small|plain) words\b|"
    r"\bsimple english\b|\b(?:without|no) (?:the )?(?:jargon|big words|long words)\b|"
    r"\bso (?:that )?(?:a|my) (?:child|kid|\d{1,2} ?(?:year|yr) ?old|son|daughter) (?:can|could|would|will) (?:understand|get|read)\b|"
    r"\bhow (?:would|do) you (?:say|explain|put) (?:it|that|this) to a (?:child|kid|\d)")
# said once, this holds for the rest of the conversation
_LITTLE_ENGLISH = re.compile(r"\b(?:my )?english (?:is |it is )?(?:not|isnt|isn'?t|very |so |only )* ?"
                             r"(?:small|bad|little|poor|basic|weak|good|great|perfect|strong)\b|"
                             r"\b(?:little|small|bad|poor|not (?:much|good)) english\b")
_GOOD_ENGLISH = re.compile(r"\benglish (?:is )?(?:very |quite |pretty )?(?:good|great|perfect|strong)\b")


def style_of(said: Sequence[str]) -> Optional[Style]:
    """The wish in the last of these messages (oldest first), or None. Who has little English wants easier words throughout."""
    if not said:
        return None
    latest = fold(said[-1])
    if _SHORTER.search(latest):
        return Style.SHORTER
    if _SIMPLER.search(latest) or any(_has_little_english(fold(text)) for text in said):
        return Style.SIMPLER
    return None


def _has_little_english(folded: str) -> bool:
    return _LITTLE_ENGLISH.search(folded) is not None and (
        _GOOD_ENGLISH.search(folded) is None or re.search(r"\b(?:not|isn'?t|isnt)\b", folded) is not None)
