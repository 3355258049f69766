"""What the door answers when it cannot take a message."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List

Reply = Dict[str, Any]


@dataclass
class Refusal(Exception):
    """The door cannot take a message. ``messages`` hold the reason, the help lines, and urgent words if danger was heard."""

    status: int
    code: str
    messages: List[Reply]

    def body(self) -> Dict[str, Any]:
        """The answer as JSON."""
        reason = next(m["text"] for m in self.messages if m.get("reason"))
        return {"error": {"code": self.code, "message": reason},
                "messages": [{k: v for k, v in m.items() if k != "reason"} for m in self.messages]}
