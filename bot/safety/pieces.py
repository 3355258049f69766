"""A long message in pieces, each so short that a danger in one sentence of it is not lost among the others. All of it, at a bounded cost."""
from __future__ import annotations

import re
from typing import Iterator, List

from bot.safety.patterns import sentences
from bot.safety.voter import FEW

LONG = 45        # words: a longer message is also voted on piece by piece, and no sentence counts as one if it is longer
_RUN = 15        # words: what runs on without a full stop is cut into so many, and two runs are one piece
_MOST = 100      # pieces, however long the message is (each costs about ten milliseconds); more sentences than that are joined to fuller ones
_MOST_ALONE = 12  # sentences
_WORD = re.compile(r"\w+")


def is_long(standard: str) -> bool:
    """True if a message in standard words is to be heard in pieces too."""
    return standard.count(" ") >= LONG


def pieces(standard: str) -> List[str]:
    """The whole message: each sentence together with the next, so that none is torn from what explains it. At most 100 pieces.

    The first one alone too: any other is also heard behind the one before it, and a danger that calm words follow is heard less surely.
    """
    parts = [part for sentence in sentences(standard) for part in _runs(sentence)]
    if len(parts) > _MOST:   # not sooner: among more words a danger is heard less surely
        parts = list(_fuller(parts, -(-len(standard) // _MOST)))
    return parts[:1] + [" ".join(parts[i:i + 2]) for i in range(len(parts) - 1)]


def said_alone(standard: str) -> List[str]:
    """The sentences of a message, each alone, without those of few words; nothing if there is only one. At most 12.

    What may be danger is heard less surely beside a calm question ("which form do I fill in?").
    """
    alone = list(sentences(standard))
    return [sentence for sentence in alone if len(_WORD.findall(sentence)) > FEW][:_MOST_ALONE] if len(alone) > 1 else []


def _runs(sentence: str) -> Iterator[str]:
    words = sentence.split()
    if len(words) <= LONG:
        yield sentence
        return
    for i in range(0, len(words), _RUN):
        yield " ".join(words[i:i + _RUN])


def _fuller(parts: List[str], letters: int) -> Iterator[str]:
    """The parts, joined until each has at least so many letters (the last may have fewer)."""
    joined = ""
    for part in parts:
        joined = f"{joined} {part}" if joined else part
        if len(joined) >= letters:
            yield joined
            joined = ""
    if joined:
        yield joined
