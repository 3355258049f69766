"""What a message means while a contact is taken: an answer, a wish, a correction. Plain lists, no model."""
from __future__ import annotations

from bot.handoff.heard.answers import (
    asks_to_be_anonymous,
    has_words,
    in_words,
    is_anonymous,
    is_none,
    is_not_applicable,
    is_same,
    is_skip,
    is_unknown,
    is_yes,
    is_yes_alone,
)
from bot.handoff.heard.corrections import Correction, added, change_asked, correction, is_wrong, removed
from bot.handoff.heard.letters import plain, tidy
from bot.handoff.heard.sending import is_send
from bot.handoff.heard.wishes import asks_first, is_back, is_carry_on, is_check, is_done, is_question, is_stop, is_the_rest, is_wait, is_why

__all__ = ["added", "asks_first", "asks_to_be_anonymous", "change_asked", "Correction", "correction", "has_words", "in_words", "is_anonymous",
           "is_back", "is_carry_on", "is_check", "is_done", "is_none", "is_not_applicable", "is_question", "is_same", "is_send", "is_skip",
           "is_stop", "is_the_rest", "is_unknown", "is_wait", "is_why", "is_wrong", "is_yes", "is_yes_alone", "plain", "removed", "tidy"]
