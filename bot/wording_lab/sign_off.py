"""Somebody's yes to a harder wording, written where the words check reads it."""
from __future__ import annotations

import json
from datetime import date
from typing import Optional, Tuple

from bot.guidance_files import ROOT
from bot.wording import grade
from bot.wording.baseline import SIGNED_OFF
from bot.wording.said import Said
from bot.wording_lab.files import replace_file

_NONE = "[]"


def with_sign_off(content: str, text: Said, mark: Optional[str], who: Tuple[str, str], why: str, day: date) -> str:
    """The file's ``content`` with one more entry. ``mark``: the fingerprint of words that the group liked less, if it did; ``who``: first, second."""
    read, kept = grade(text.text), content.rstrip()
    kept = kept[:-len(_NONE)].rstrip() if kept.endswith(_NONE) else kept
    lines = [f"- id: {json.dumps(text.id)}", f"  grade: {max(read.grade, 0)}", f"  words: {read.longest}",
             *([f'  votes: "{mark}"'] if mark else []),
             f"  who: {json.dumps(f'{who[1]}, after {who[0]}', ensure_ascii=False)}",
             f"  why: {json.dumps(why, ensure_ascii=False)}", f"  date: {day}"]
    return "\n".join([kept, *lines]) + "\n"


def sign_off(text: Said, mark: Optional[str], who: Tuple[str, str], why: str, day: date) -> str:
    """Write it down. Returns what the file held before, so that it can be put back. Raises ``OSError``."""
    file = ROOT / SIGNED_OFF
    before = file.read_text(encoding="utf-8")
    replace_file(file, with_sign_off(before, text, mark, who, why, day))
    return before


def put_back(before: str) -> None:
    """Undo a sign-off whose words could not be written."""
    replace_file(ROOT / SIGNED_OFF, before)
