"""Words that settle what a message is about where the classifier can only weigh: rules (guidance/settled_words.yml), our lines, other places."""
from __future__ import annotations

import re
from typing import Optional

from bot.live_words import live_words
from bot.places import load_places
from bot.safety.fold import fold
from bot.understanding.settled_words import care, load_settled_words
from bot.understanding.traits import intents_that_are

_NUMBER_WANTED = re.compile(r"\b(?:what'?s|what is|whats|got|need|have you|give me)\b.{0,40}\b(?:number|helpline)\b|"
                            r"\bwhen (?:is|are|does)\b.{0,30}\bopen\b|\bwh(?:at|o) (?:is|are)\b|\bwhats\b|\bwhat'?s\b")
# somebody asks whose a number is ("whats 01752 ... for"), and not what it costs, when it answers or why nobody picked up
_WHAT_IS_IT = re.compile(r"^\W*(?:(?:hi|hello|hey|so|um|ok|pls|please)\W+)*(?:is|was|what'?s?|what’s|who'?s?|who’s|whose|which)\b", re.IGNORECASE)
_MORE_THAN_WHAT = re.compile(r"\b(?:rang|ringing|rung|called|tried|trying|answer\w*|engaged|opens?|hours|"
                             r"free|costs?|charge\w*|bill|shows?|text)\b", re.IGNORECASE)


def settled(text: str, heard: str) -> Optional[str]:
    """The intent that the words settle, or None if ``heard`` stands."""
    folded = fold(text)
    if heard in intents_that_are("child_elsewhere") and load_places().named_in(text):    # whoever names another place is told whose it is
        return "ask_other_place"
    if heard not in care():
        lines = live_words().directory
        if lines.typed_in(text) and _WHAT_IS_IT.search(text) and not _MORE_THAN_WHAT.search(text):
            return "ask_is_number_right"
        if lines.asked_barely(text) or (heard in intents_that_are("number_missed") and lines.named_in(text) and _NUMBER_WANTED.search(folded)):
            return "ask_number"
    return next((rule.means for rule in load_settled_words() if rule.settles(heard) and rule.words.search(folded)), None)
