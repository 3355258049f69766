"""How long a contact may wait and what may be decided, read from guidance/desk.yml and checked while reading."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

from bot.contacts.working_time import Limit
from bot.guidance_files import complain, read_yaml, required

DESK_FILE = Path("guidance/desk.yml")
_LONGEST_KEY = 26       # "acknowledged: " and the key stand in the record, which has 40 letters for what was done
_LONGEST = {"working_hours": 200, "working_days": 30}


@dataclass(frozen=True)
class Expectations:
    """Limits, and decisions by key."""

    open: Limit
    decide: Limit
    passed: Limit
    decisions: Mapping[str, str]


def load_expectations(file: Path = DESK_FILE) -> Expectations:
    """Read the file. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    limits = required(file, content, "limits", dict)
    required(file, limits, "source")
    decisions = {str(k): str(v) for k, v in required(file, content, "decisions", dict).items()}
    for key, words in decisions.items():
        if not words.strip() or len(key) > _LONGEST_KEY:
            complain(file, content, f'the decision "{key}" cannot be used', f"give it a key of at most {_LONGEST_KEY} letters and its words",
                     "decisions")
    return Expectations(_limit(file, limits, "open"), _limit(file, limits, "decide"), _limit(file, limits, "pass"), decisions)


def _limit(file: Path, limits: Mapping[str, Any], key: str) -> Limit:
    written = required(file, limits, key, dict)
    given = [(unit, written[unit]) for unit in _LONGEST if unit in written]
    if len(given) != 1 or type(given[0][1]) is not int or not 0 < given[0][1] <= _LONGEST[given[0][0]]:
        complain(file, limits, f'the limit "{key}" cannot be read', "write {working_hours: 4} or {working_days: 1}, and what it says", key)
    return Limit(required(file, written, "says"), **dict(given))
