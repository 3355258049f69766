"""A shorter way of saying a message that has no shorter words of its own: its opening, its emergency line and its source."""
from __future__ import annotations

from typing import List, Sequence

from bot.sentences import sentences

OPENING_WORDS = 30


def shortened(texts: Sequence[str], emergency: str) -> List[str]:
    """Return whole sentences of ``texts``: the first few, the first that names the emergency number, and the source line.

    Nothing is rewritten, so every sentence is still one that somebody wrote and checked.
    """
    body = [t for t in texts if not t.startswith("Source")]
    sources = [t for t in texts if t.startswith("Source")]
    if not body:
        return list(texts)
    whole = [sentence for text in body for sentence in sentences(text)]
    opening: List[str] = []
    for sentence in whole:
        if opening and sum(len(s.split()) for s in [*opening, sentence]) > OPENING_WORDS:
            break
        opening.append(sentence)
    if not any(emergency in s for s in opening):
        opening += [s for s in whole if emergency in s][:1]
    return [" ".join(opening), *sources[:1]]
