"""How many messages and new conversations are taken in a minute, by the ``limits`` library, in memory."""
from __future__ import annotations

from typing import Any, Optional

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.proxies import Proxies


def address_of(request: Any) -> str:
    """The network address of whoever asks: of our peer, or of whom our trusted proxies say that they heard from."""
    proxies: Proxies = getattr(request.app.ctx, "proxies", Proxies())
    return proxies.caller(request.ip, request.headers.getall("x-forwarded-for", []))


class Limits:
    """Asks before each message and each new conversation. None means no limit."""

    def __init__(self, messages: Optional[int], conversations: Optional[int]) -> None:
        self._storage = MemoryStorage()  # the limiter itself holds it only weakly
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._messages = RateLimitItemPerMinute(messages) if messages else None
        self._conversations = RateLimitItemPerMinute(conversations) if conversations else None

    def may_speak(self, conversation: str) -> bool:
        """True if the conversation may say one more thing in this minute."""
        return self._messages is None or self._limiter.hit(self._messages, "message", conversation)

    def may_begin(self, address: str) -> bool:
        """True if the network address may begin one more conversation in this minute."""
        return self._conversations is None or self._limiter.hit(self._conversations, "conversation", address)
