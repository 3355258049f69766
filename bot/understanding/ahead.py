"""What is begun as soon as a message is there, while the net hears it: what may be asked of the encoders later in the turn."""
from __future__ import annotations

import contextlib

from bot.library.asked import is_asked
from bot.library.shared import begin_search
from bot.safety.net import load_net
from bot.understanding.encoder import EncoderUnavailable, shared_encoder
from bot.understanding.encodings import nobody_waits
from bot.understanding.leaning import behind, leans
from bot.understanding.topics import parts

FEW_WORDS = 10  # so few may name a thing and be looked up though they ask nothing


def read_ahead(words: str, before: str = "") -> None:
    """Begin the reading that the intent needs beside the net's; and, unless somebody waits, what leans on the message ``before``, the parts of a
    message and what may be a question."""
    _begin_for_the_intent(words)
    if not nobody_waits():
        return
    if before and leans(words):
        together = behind(before, words)
        load_net().begin(together)
        _begin_for_the_intent(together)
    for part in parts(words):
        load_net().begin(part)
    if is_asked(words) or len(words.split()) <= FEW_WORDS:
        begin_search(words)


def _begin_for_the_intent(words: str) -> None:
    """Begin the reading that the intent needs beside the net's."""
    with contextlib.suppress(EncoderUnavailable):
        shared_encoder().begin(load_net().standard(words))
