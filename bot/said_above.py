"""The sentence of the last reply that comes nearest to a question about that reply: it may hold the answer."""
from __future__ import annotations

import re
from typing import List, Optional, Sequence

import numpy as np

from bot.safety.net import load_net
from bot.sentences import sentences
from bot.understanding.encoder import EncoderUnavailable
from bot.understanding.readings import encoders

NEAR = 0.42         # likeness: of 311 questions that stay with their topic 49 come so near to a sentence of it; read one by one, 44 of those answer
FEWEST_WORDS = 4
_NO_ANSWER = re.compile(r"\?$|\d{3}|^Source\b|\[|www\.")  # what we asked, numbers, where it is from: said again where they are wanted


def nearest_sentence(question: str, said: Sequence[str]) -> Optional[str]:
    """The whole sentence of ``said`` (the messages of one reply) that is most like ``question``, as both encoders read it; None if none is near."""
    answers = _may_answer(said)
    if not answers:
        return None
    asked, *standard = (load_net().standard(text) for text in (question, *answers))
    try:
        like = np.mean([[encoder.encode(sentence) @ vector for sentence in standard]
                        for encoder in encoders() for vector in [encoder.encode(asked)]], axis=0)
    except EncoderUnavailable:
        return None
    return answers[int(like.argmax())] if like.max() >= NEAR else None


def _may_answer(said: Sequence[str]) -> List[str]:
    parts = (part.removeprefix("- ") for text in said for part in sentences(text))
    return [p for p in parts if len(p.split()) >= FEWEST_WORDS and p.count('"') % 2 == 0 and not _NO_ANSWER.search(p)]
