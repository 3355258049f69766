"""What the door remembers of the last messages: the net may join them to the next one."""
from __future__ import annotations

import asyncio
import collections
import contextlib
from dataclasses import dataclass, field
from typing import Deque, Iterator, List

from bot.channel.refusal import Reply
from bot.conversations.store import Conversations
from bot.said_keys import CONTACT_GOES_ON, FIRST_OF_A_CONTACT

_REMEMBERED = 10_000
KEPT = 500             # letters of a message that the net may join to the next one
PIECE, _MOST_PIECES = 3, 20  # words in a message that is a piece of a sentence; so many are heard together


@dataclass
class Recent:
    """What the net may join to the next message, and whether the last reply was an alarm."""

    said: Deque[str] = field(default_factory=lambda: collections.deque(maxlen=3))
    pieces: Deque[str] = field(default_factory=lambda: collections.deque(maxlen=_MOST_PIECES))
    after_alarm: bool = False
    in_contact: bool = False
    hearing: asyncio.Lock = field(default_factory=asyncio.Lock)
    turns: int = 0    # that wait or are under way

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """A message waits for its reply, or gets it."""
        self.turns += 1
        try:
            yield
        finally:
            self.turns -= 1

    def heard(self, words: str, danger: bool) -> None:
        """Remember a message for the next one, which may come before this one's reply; after ``danger`` that was answered, nothing."""
        if danger:
            self.said.clear()
            self.pieces.clear()
        else:
            self.said.append(words[:KEPT])

    def together(self, words: str) -> str:
        """What somebody who writes a word or two at a time has written, with these words; "" for anybody else."""
        if len(words.split()) > PIECE:
            self.pieces.clear()
            return ""
        self.pieces.append(words)
        return " ".join(self.pieces) if len(self.pieces) > 1 else ""


class RecentOfAll:
    """Of everybody who spoke lately; of anybody else it is read from the conversation."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._recent: "collections.OrderedDict[str, Recent]" = collections.OrderedDict()

    def of(self, session: str, key: str) -> Recent:
        """What is remembered of a conversation; ``key`` is its hashed id."""
        recent = self._recent.pop(key, None)
        if recent is None:
            recent = self._read(session)
        self._recent[key] = recent
        if len(self._recent) > _REMEMBERED:
            idle = next((k for k, of in self._recent.items() if not of.turns and k != key), None)
            if idle is not None:
                del self._recent[idle]
        return recent

    def forget(self, key: str) -> None:
        """Forget what was said in one conversation. Whoever waits in it still waits for the same turn."""
        recent = self._recent.get(key)
        if recent is not None and recent.turns > 1:
            recent.said.clear()
            recent.pieces.clear()
        else:
            self._recent.pop(key, None)

    def forget_all(self) -> None:
        """Forget everybody's but those who wait for a reply now; whoever else is still here is read from the store again."""
        self._recent = collections.OrderedDict((key, recent) for key, recent in self._recent.items() if recent.turns)

    def _read(self, session: str) -> Recent:
        recent = Recent()
        history = self._history_or_nothing(session)
        recent.in_contact = in_contact([m for m in history if m.get("from") == "bot"])
        for message in history:
            if message.get("from") == "you":
                recent.after_alarm = bool(message.get("alarm"))
                recent.heard(str(message.get("text", "")), recent.after_alarm)
        return recent

    def _history_or_nothing(self, session: str) -> List[Reply]:
        try:
            return self._conversations.shown(session)[-12:]
        except Exception:
            return []


def asks_anew(behind: List[Reply]) -> bool:
    """True if a contact took the words for a whole answer and asks the next thing: what comes is no piece of the same."""
    custom = (behind[-1].get("custom") or {}) if behind else {}
    return bool(custom.get("contact")) and custom.get("key") != CONTACT_GOES_ON


def in_contact(behind: List[Reply]) -> bool:
    """True if the reply is a contact's, past its first question, or a reflection's."""
    custom = (behind[-1].get("custom") or {}) if behind else {}
    if custom.get("reflection"):
        return True
    return bool(custom.get("contact")) and not custom.get("contact_ended") and custom.get("key") not in FIRST_OF_A_CONTACT
