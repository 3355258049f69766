"""At the check: a clear yes sends, and nothing else does. Plain lists, no model."""
from __future__ import annotations

import re

from bot.handoff.heard.letters import tidy
from bot.handoff.heard.wishes import is_question

_ASKS_TO_SEND = re.compile(r"^(?:please )?(?:can|could|will|would) (?:you|u) (?:please |just )?(?:send|submit)(?: it| this| that)?"
                           r"(?: now| off| please)*[.!? ]*$")
# At the check nothing but a clear yes sends: a message of these words alone, with one of the first. "Yes, but …" has another word in it.
_SENDS = frozenset(re.split(" ", "y ye yes yeah yea yep yup yh yhh ok okay k sure correct right aye course definitely absolutely send submit perfect "
                                 "good fine happy ahead that's thats"))
_WITH_IT = frozenset(re.split(" ", "it this that them now off away on go please thanks thank you cheers ta i i'm im am a is are it's its all as to "
                                   "the of my looks look great lovely brilliant everything with and just so want would like i'd well then gateway "
                                   "team let's lets form contact report"))
_MOST_WORDS_OF_A_YES = 12
_THANKS = re.compile(r"[,. ]+(?:and )?(?:many )?(?:thanks|thank you|cheers|ta)(?: (?:so|very) much| a lot)?"
                     r"(?: for (?:all )?(?:your|the) (?:help|time)| for everything)?[.! ]*$")
HOLDS_BACK = re.compile(r"\b(don'?t|do not|dont|not) (send|submit)|\bnot yet\b|\bwait\b|\bhang on\b")


def is_send(text: str) -> bool:
    """At the check: send it. A clear yes only."""
    words = tidy(text)
    if _ASKS_TO_SEND.match(words):
        return True
    if HOLDS_BACK.search(words) or is_question(text):
        return False
    said = re.findall(r"[^\W_]+(?:'[^\W_]+)?", _THANKS.sub("", words))
    return 0 < len(said) <= _MOST_WORDS_OF_A_YES and set(said) <= _SENDS | _WITH_IT and bool(set(said) & _SENDS)
