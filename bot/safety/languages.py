"""Hear that a message is not English, and danger in it, without pretending to understand it.

A wrong guess must be safe: whatever we cannot read is answered with the emergency number first.
"""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import FrozenSet, List, Optional, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/safety/languages.yml")
MOSTLY = 0.5
STANDS_ALONE = 5  # letters: a shorter word may begin an English one; a longer one may be a stem


@dataclass(frozen=True)
class Language:
    """One language: words of danger and worry (folded), and what to answer in it."""

    code: str
    danger: Tuple[str, ...]
    worry: Tuple[str, ...]
    reply: str
    unchecked: str = ""
    rtl: bool = False

    @property
    def card(self) -> str:
        """The safety card: the reply and, until a speaker has read it, a line that says so."""
        return self.reply + ("\n\n" + self.unchecked if self.unchecked else "")


@dataclass(frozen=True)
class Heard:
    """That a message is in another language: which (None if unknown) and whether a word of danger stood in it."""

    language: Optional[Language]
    danger: bool


class Languages:
    """Recognises messages that are not English."""

    def __init__(self, languages: List[Language]) -> None:
        self.by_code = {language.code: language for language in languages}
        self._said = [(language, danger, re.compile("|".join(map(_standing, words)))) for language in languages
                      for words, danger in ((language.danger, True), (language.worry, False))]

    def hear(self, text: str, folded: str) -> Optional[Heard]:
        """Return what was heard, or None if the message can be read as English.

        ``text`` is the message with its accents, ``folded`` the folded one (see fold.py).
        """
        plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
        for language, danger, words in self._said:
            if words.search(plain):
                return Heard(language, danger)
        return Heard(None, False) if _mostly_other_letters(folded) else None


def _standing(words: str) -> str:
    """A pattern for words: those of Latin letters must begin where a word begins, and short ones end where it ends ("mindi" is not "minding")."""
    if not re.search(r"[a-z]", words):
        return re.escape(words)
    return r"(?<!\w)" + re.escape(words) + (r"(?!\w)" if len(words) <= STANDS_ALONE else "")


def _mostly_other_letters(folded: str) -> bool:
    if folded.isascii():
        return False
    letters = [c for c in folded if c.isalpha()]
    other = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    return len(letters) >= 3 and len(other) / len(letters) > MOSTLY


def load_languages(english: FrozenSet[str], file: Path = FILE) -> Languages:
    """Read the languages file. Raises ``GuidanceError``: also for a Latin danger word that is English ("help")."""
    languages = []
    for code, node in read_yaml(file).items():
        words = {kind: tuple(unicodedata.normalize("NFKC", str(w)).lower() for w in required(file, node, kind, list))
                 for kind in ("danger", "worry")}
        for word in words["danger"] + words["worry"]:
            if word in english:
                complain(file, node, f'"{word}" is also an English word', "use a longer phrase", "danger")
        checked = required(file, node, "checked", object) not in (False, "no")
        languages.append(Language(str(code), words["danger"], words["worry"], required(file, node, "reply"),
                                  "" if checked else required(file, node, "unchecked"), node.get("rtl") in (True, "yes")))
    return Languages(languages)
