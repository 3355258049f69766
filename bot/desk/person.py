"""Somebody who may sign in at the desk, and what they may do."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Optional, Tuple


class Role(str, Enum):
    """What somebody may do. Each may do all that the one before may."""

    READER = "reader"
    WORKER = "worker"
    MANAGER = "manager"

    def may(self, needed: "Role") -> bool:
        """True if this role includes the other."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in. ``doors`` names the front doors they see; empty means all."""

    name: str
    shown_as: str
    role: Role
    doors: Tuple[str, ...]
    ready: bool
    disabled: bool
    demonstration: bool
    locked_until: Optional[datetime] = None

    def sees(self, door: str) -> bool:
        """True if contacts of this front door are theirs to see."""
        return not self.doors or door in self.doors


def tidy_name(name: str) -> str:
    """A sign-in name as it is kept: case and outer spaces do not count."""
    return name.strip().lower()[:120]


def person_of(row: Any) -> Person:
    """A row of ``desk_user`` as a person."""
    return Person(row.name, row.shown_as, Role(row.role), tuple(d for d in row.doors.split(",") if d),
                  row.password is not None, row.disabled_at is not None, bool(row.demonstration), row.locked_until)
