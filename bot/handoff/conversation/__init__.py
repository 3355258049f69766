"""Taking a contact, one question at a time."""
from __future__ import annotations

from bot.handoff.conversation.taking import ask_again, begin, take
from bot.handoff.conversation.turn import Heard, Outcome, Say, Turn

__all__ = ["Heard", "Outcome", "Say", "Turn", "ask_again", "begin", "take"]
