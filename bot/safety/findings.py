"""What the safety net can find, and how it says so."""
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Tuple


class Kind(str, Enum):
    """What a message is about, most pressing first. The values, but possible danger, are also intents."""

    DANGER_NOW = "danger_now"
    SUICIDE_NOW = "suicide_now"
    POSSIBLE_DANGER = "possible_danger"
    SELF_HARM_ME = "self_harm_me"
    SELF_HARM_OTHER = "self_harm_other"
    CHILD_TELLING = "child_telling"
    WORRY = "worry_about_child"


ALARMS = frozenset({Kind.DANGER_NOW, Kind.SUICIDE_NOW, Kind.POSSIBLE_DANGER})
CERTAIN = frozenset({Kind.DANGER_NOW, Kind.SUICIDE_NOW})
URGENT = frozenset(kind.value for kind in CERTAIN)  # the intents whose reply was the emergency number
PRIORITY = tuple(Kind)


@dataclass(frozen=True)
class Finding:
    """One reason to act. ``voter`` and ``why`` name a rule or a model, never what was typed."""

    kind: Kind
    voter: str
    why: str

    @property
    def is_alarm(self) -> bool:
        """True if the reply must open with 999."""
        return self.kind in ALARMS


@dataclass(frozen=True)
class Findings:
    """Everything found in a message, most pressing first."""

    all: Tuple[Finding, ...] = ()

    @property
    def alarm(self) -> bool:
        """True if the reply must open with 999."""
        return any(f.is_alarm for f in self.all)

    @property
    def certain(self) -> bool:
        """True if danger was heard plainly: it interrupts even a form."""
        return any(f.kind in CERTAIN for f in self.all)

    @property
    def first(self) -> "Finding | None":
        """The most pressing finding, or None."""
        return self.all[0] if self.all else None

    @classmethod
    def of(cls, findings: "list[Finding]") -> "Findings":
        """Sort findings by how pressing they are."""
        return cls(tuple(sorted(findings, key=lambda f: PRIORITY.index(f.kind))))
