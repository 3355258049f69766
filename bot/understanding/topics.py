"""Two topics in one message: which is answered first, and which afterwards. Pure."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, List, Optional, Tuple

from bot.understanding.traits import families, in_order, intents_that_are

# Gravest first. What is not named in the table is never answered as a second topic.
CARE, ASKED = in_order("care"), in_order("asked")
ORDINARY = ("plain_", "work_")  # what is asked, not told
PLAIN = "plain_"  # everyday questions with a reply each: the least grave, answered beside anything but a worry
_GRAVITY = {name: n for n, name in enumerate(CARE + ASKED)}
_SAME = families()
_SMALL = intents_that_are("small_beside_care")
_NEVER_SECOND = intents_that_are("never_second")
BESIDE_CARE = intents_that_are("beside_care") | _SMALL
MOST_WORDS = 60
MOST_PARTS = 4
FEWEST_WORDS = 3
OF_A_PLACE = ("ask_other_place", "worry_about_child")  # the first one's words are the second's, for the place that was named
SURE = 0.5
SURE_OF_CARE = 0.7
SURE_OF_SECOND = 0.5
SURE_OF_SMALL = 0.3   # bins beside a worry: among so many intents a part of a message is seldom surer
_LIGHT = intents_that_are("gives_way_to_a_topic")
_ASKS = (r"(?:what(?:'?s)?|wh?ats|how(?:'?s)?|who'?s|can|could|do|does|is|are|who|where|when|which|will|should|i need|tell me|give me|also|"
         r"i want|im worried|i'm worried|i am worried|i think)\b")
_BETWEEN = re.compile(rf"(?<=[.?!])\s+|\n+|;|,?\s+(?:and|plus|but|also|btw|by the way)(?:,? (?:also|btw|then))?,?\s+(?={_ASKS})|,\s+also,?\s+|"
                      rf"\s+also\s+(?={_ASKS})", re.I)
_REQUEST = re.compile(rf"\?\s*$|^\W*(?:and |also |plus |oh |btw |by the way )*{_ASKS}", re.I)


@dataclass(frozen=True)
class Topic:
    """What a part of a message is about, how sure that is (0 to 1), and the part."""

    name: str
    sure: float
    text: str


def parts(text: str) -> List[str]:
    """The parts of a short message that may each be a topic; empty if it is one topic or a long account."""
    if len(text.split()) > MOST_WORDS:
        return []
    found = [p.strip(" ,;") for p in _BETWEEN.split(text) if p and len(p.split()) >= FEWEST_WORDS]
    return found if 2 <= len(found) <= MOST_PARTS else []


def two_topics(whole: str, text: str, classify: Callable[[str], Tuple[str, float]]) -> "Tuple[Optional[str], Optional[Topic]]":
    """(the topic to answer first if it is another than ``whole``, the topic to answer afterwards or None)."""
    if not _is_topic(whole) and whole not in _LIGHT:
        return None, None  # "that poor boy on the news": the whole says more than its parts
    heard = [Topic(*classify(part), part) for part in parts(text)]
    topics = sorted((t for t in heard if t.sure >= SURE and _is_topic(t.name)), key=lambda t: _gravity(t.name))
    if not topics:
        return None, None
    gravest = topics[0].name
    graver = gravest in CARE and topics[0].sure >= SURE_OF_CARE and _gravity(gravest) < _gravity(whole) and (whole, gravest) != OF_A_PLACE
    first = gravest if graver or (whole in _LIGHT and _is_asked(gravest)) else whole
    if not _is_topic(first):
        return None, None
    second = next((t for t in topics if (t.name in BESIDE_CARE if first in CARE else _is_asked(t.name)) and _may_be_second(t)
                   and t.name != first and not _much_the_same(first, t.name)), None)
    return (first if first != whole else None), second


def _may_be_second(topic: Topic) -> bool:
    if topic.name in _SMALL:
        return topic.sure >= SURE_OF_SMALL and topic.name not in _NEVER_SECOND
    return topic.sure >= SURE_OF_SECOND and topic.name not in _NEVER_SECOND and _REQUEST.search(topic.text) is not None


def _is_asked(name: str) -> bool:
    return name in ASKED or name.startswith(PLAIN)


def _is_topic(name: str) -> bool:
    return name in CARE or _is_asked(name)


def _gravity(name: str) -> int:
    return _GRAVITY.get(name, len(_GRAVITY))


def _much_the_same(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _SAME)
