"""Whether a message leans on what was said before it, asks something, or puts us right. Plain patterns. Pure."""
from __future__ import annotations

import re

from bot.safety.fold import fold

MOST_WORDS = 16
FEW_WORDS = 5
MOST_BEFORE = 30  # words of the message before: its end is nearest
_BEGINS = re.compile(r"^(?:yes|yeah|yep|ok|okay|oh|hmm|right|well|no|nope|not|and|but|so|or|then|also|even|though|because|cos|actually|only|just|"
                     r"what if|what about|"
                     r"how about|either|both|still|than|that'?s|thats|its|it'?s|which|suppose|sorry|like)\b")
_POINTS = re.compile(r"\b(?:it|its|it's|that|that's|thats|this|they|they'll|they're|theyll|them|their|theirs|he|hes|he's|him|his|she|"
                     r"shes|she's|her|hers|there|"
                     r"those|these|ones?|mine|either|both|too|tho|though|instead|then)\b")
_CORRECTS = re.compile(r"^(?:no|nope|not|actually|sorry|oh)\b|\bi (?:mean|meant|didn'?t mean|dont mean|don'?t mean|was asking)\b|"
                       r"\bit'?s (?:just|only|not|the)\b|\bmean$")
_ASKS = re.compile(r"\?|^(?:(?:and|but|so|ok|okay|oh|right|well|then|also|yes|yeah|even|no|thanks|thank you|thankyou|ty|ta|cheers|cool|great|fine|"
                   r"i ask)[, ]+)*"
                   r"(?:what|whats|who|whos|when|where|why|how|hows|which|"
                   r"can|could|do|does|did|is|are|am|"
                   r"will|would|wont|won'?t|should|shall|may|if|even if|suppose|says who|got|any|isn'?t|doesn'?t|or)\b")
_REQUESTS = re.compile(r"\b(?:help|please|pls|plz|tell me|show me|give me|send me|i need|i want|i'?d like|looking for|number|address|link)\b")
_SENTENCES = re.compile(r"[.!;\n]+ *")


_DENIES = re.compile(r"\b(?:not|isn'?t|ain'?t|aren'?t|never|nobody(?:'?s)?|no one(?:'?s)?) (?:\w+ing |been )?"
                     r"(?:bullied|bullying|hurt|hurting|abused|abusing|hit|hitting)\b")


def leans(text: str) -> bool:
    """A short message that begins as a second one does, points at something it does not name, or is only a few words."""
    folded = fold(text)
    words = folded.split()
    return bool(words) and len(words) <= MOST_WORDS and (len(words) <= FEW_WORDS or bool(_BEGINS.search(folded) or _POINTS.search(folded)))


def behind(before: str, text: str) -> str:
    """A second message as it is heard together with the end of the one before it."""
    return f"{' '.join(before.split()[-MOST_BEFORE:])} {text}"


def corrects(text: str) -> bool:
    """"no, I meant …", "not X, it's Y": the person puts us right, so nothing new happened to anybody."""
    return len(text.split()) <= MOST_WORDS and _CORRECTS.search(fold(text)) is not None


def denies(text: str) -> bool:
    """"no, not being bullied": the person says that what we spoke of does not happen."""
    return corrects(text) and _DENIES.search(fold(text)) is not None


def requests(text: str) -> bool:
    """Something is wanted: help, a thing, a number."""
    return _REQUESTS.search(fold(text)) is not None


def asks(text: str) -> bool:
    """A question, by its mark or by the first words of one of its sentences."""
    return text.rstrip().endswith("?") or any(_ASKS.search(fold(sentence)) for sentence in _SENTENCES.split(text) if sentence.strip())
