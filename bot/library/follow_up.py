"""A short question that leans on the answer before it ("and who chairs it?", "what about Portsmouth?", "more")."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Optional, Tuple

from bot.library.asked import is_asked
from bot.library.documents import AREAS
from bot.library.words import keywords

_MOST_WORDS = 14
_SHORT = re.compile(r"^(?:(?:and|so|but|ok)[ ,]+)?(?:who|what|when|where|why|how|which)\b", re.IGNORECASE)
_FEW_WORDS = 4
_POLITE = (r"^(?:(?:and|ok|okay|yes|please|can (?:i|you)|could you|i want to|i'd like to|show me|tell me|read me|give me|see|open|"
                   r"say|hear|get|have|a bit|"
           r"any|some|the)[ ,]*)*")
_MORE = re.compile(_POLITE + r"(?:more|the rest|go on|read on|everything|whole (?:thing|section|list|answer)|full (?:section|list|"
                   r"answer|text)|what else)"
                   r"(?: (?:please|(?:about|on) (?:it|that|this)|details?|does it say|is there|of it))*[.!? ]*$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:(?:and|ok|okay|so|but|right|thanks|cheers)[ ,]+)*(?:what|how) about (?:in |for |at |"
                   r"from )?(?P<what>.+?)[?.! ]*$", re.IGNORECASE)
_AND = re.compile(r"^(?:and|so|but)[ ,]+(?:in |for |at |from )?(?P<what>[^\s?.!]+(?: [^\s?.!]+){0,3})[?.! ]*$", re.IGNORECASE)
_LEANS = re.compile(r"^(?:and|so|but|ok so)\b|\b(?:it|its|it's|that|they|them|their|this|those|these|he|she|his|her|there|then|the same|"
                    r"the (?:[a-z]+ )?(?:group|plan|hub|report|review|service|board|audit|course|project|programme|bid|strategy|figure|number|"
                   r"training|money|meeting)s?)\b",
                    re.IGNORECASE)
_AREA = re.compile(rf"\b(?:in |for |about )?(?:{'|'.join(AREAS)})(?:'s)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Before:
    """What was asked, the place of the section that answered, its heading, its document's title and the items of its list (empty if
    none was held)."""

    question: str
    place: str = ""
    heading: str = ""
    title: str = ""
    items: Tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """What is really asked. ``whole``: they want the whole of the section before; ``sure``: the words mean nothing alone;
    ``elsewhere``: the same of another city, which must fit better than a likeness of words. ``short``: so few words that only the same
    document can answer. ``item``: a name out of the list just given."""

    question: str
    whole: bool = False
    sure: bool = False
    elsewhere: bool = False
    short: bool = False
    item: bool = False


def _names(plain: str) -> List[str]:
    """The names in a short question ("why Ernesettle?"): they say what is meant without the heading before."""
    return re.findall(r"(?<= )[A-Z][a-z]{3,}", plain)


def wants_more(text: str) -> bool:
    """Whether somebody asks for the rest of an answer."""
    return _MORE.match(" ".join(text.replace("’", "'").split())) is not None


def follow_up(text: str, before: Before) -> Optional[FollowUp]:
    """Return the full question, or None if the words stand on their own."""
    plain = " ".join(text.replace("’", "'").split())
    if wants_more(plain):
        return FollowUp(before.question, whole=True, sure=True) if before.place else None
    if before.place and plain.strip(" ?.!").lower() in {item.strip(" .").lower() for item in before.items}:
        return FollowUp(f"What does {plain.strip(' ?.!')} mean?", sure=True, item=True)
    if len(plain.split()) > _MOST_WORDS:
        return None
    about = _ABOUT.match(plain) or (None if is_asked(re.sub(r"^(?:and|so|but)[ ,]+", "", plain)) and not plain.endswith("?") else _AND.match(plain))
    if about and not re.match(r"(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|can)\b", about["what"], re.IGNORECASE):
        what = about["what"].strip()
        area = next((a for a in AREAS if a.lower() == what.lower()), None)
        if area:
            return FollowUp(f"{_AREA.sub('', before.question).strip(' ?.')} in {area}?", sure=True, elsewhere=True)
        spoken_of = before.title or before.question.strip(" ?.")
        return FollowUp(f"What about {what} ({spoken_of})?", sure=True)
    if before.place and is_asked(plain) and _LEANS.search(plain):
        return FollowUp(f"{plain.strip(' ?.')} ({before.heading})?")
    if before.place and len(plain.split()) <= _FEW_WORDS and _SHORT.match(plain) and len(keywords(plain)) == 1:
        return FollowUp(plain if len(keywords(plain)) == len(_names(plain)) else f"{plain.strip(' ?.')} ({before.heading})?", short=True)
    return None
