"""One text that can be said, and what is known of it."""
from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Tuple, Union

Step = Union[str, int]
_ABOUT_DANGER = re.compile(r"{(?:emergency|silent_999|samaritans|shout|route|relay_999)}|\b(?:danger\w*|emergenc\w+|hurt\w*|harm\w*|unsafe|"
                           r"not safe|suicide|dying|kill\w*|abuse\w*|at risk)\b", re.I)
_UNTIL_HELP_COMES = "step_"  # guidance/wording/steps.yml
_ENDS = re.compile(r"[.!?:…][\"”’)]*$")


@dataclass(frozen=True)
class Said:
    """One text that can be said.

    ``id`` names it for good ("utter_greet.says.0"); ``key`` is the entry, ``path`` the way to the text inside ``file`` (from the
    project's root), ``line`` where it begins there, from 1. ``audience``: child, public (anyone may read it, children too), practitioner
    or staff. ``kind``: message (graded), label (a button, a title, a few words: only its words are checked), guidance (an answer
    from a document: measured, held to no grade), quotation, translation, or typed (what a visitor types in a walk of the lab).
    ``danger``: it speaks about danger or harm.
    """

    id: str
    key: str
    part: str
    text: str
    file: str
    line: int
    path: Tuple[Step, ...]
    audience: str
    kind: str
    danger: bool


def text_of(file: Path, name: str, key: str, part: str, text: str, line: int, path: Tuple[Step, ...], audience: str, kind: str) -> Said:
    """A text with what follows from its words."""
    danger = key.startswith(_UNTIL_HELP_COMES) or bool(_ABOUT_DANGER.search(text))
    return Said(name, key, part, text.strip(), str(file), line, path, audience, kind, danger)


def fingerprint(text: str) -> str:
    """What names the words of a text, however its lines are broken."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def is_label(text: str) -> bool:
    """A few words that are no sentence, or hardly one: a grade would say nothing about them."""
    words = len(text.split())
    return "\n" not in text.strip() and (words < 6 or words <= 12 and not _ENDS.search(text.strip()))
