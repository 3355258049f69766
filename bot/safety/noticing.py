"""Notice which language a message is in: by its letters, by everyday words, and by a bundled detector (lingua, trigrams, no download).

Two kinds of evidence must agree before English is ruled out: text-speak, names and typing mistakes look like other languages to a detector.
"""
from __future__ import annotations

import functools
import logging
import re
import unicodedata
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from bot.guidance_files import read_yaml
from bot.safety.spelling import english_words

FILE = Path("guidance/safety/languages.yml")
log = logging.getLogger(__name__)
_LINGUA = {"cy": "WELSH", "pl": "POLISH", "ro": "ROMANIAN", "fr": "FRENCH", "pt": "PORTUGUESE", "es": "SPANISH", "de": "GERMAN", "it": "ITALIAN",
           "tr": "TURKISH", "hu": "HUNGARIAN", "lt": "LITHUANIAN", "vi": "VIETNAMESE", "sq": "ALBANIAN", "so": "SOMALI"}
# Letters that only one of the languages of a script has; the first language is the script's usual one here.
_SCRIPTS: Tuple[Tuple[str, Tuple[Tuple[str, str], ...], str], ...] = (
    ("ARABIC", (("ku", "ڕڵێۆەڤ"), ("ur", "ٹڈڑںے"), ("fa", "پچژگ")), "ar"),
    ("CYRILLIC", (("uk", "іїєґ"), ("ru", "ыэё"), ("bg", "ъ")), "uk"),
    ("BENGALI", (), "bn"), ("DEVANAGARI", (), "hi"), ("GURMUKHI", (), "pa"), ("CJK", (), "zh"), ("ETHIOPIC", (), "ti"))
_SORANI = re.compile("(?<!\\w)(?:ئ|سوپاس)")  # no Arabic or Persian word begins with it
MANY = 2           # everyday words that settle it
ALONE = 0.85       # the detector alone must be this sure
ENGLISH_SHARE = 0.34
FEW_WORDS = 3


class Noticer:
    """Notices languages other than English."""

    def __init__(self, common: Dict[str, List[str]], hello: Dict[str, List[str]], detector: Any, english: "frozenset[str]") -> None:
        self._common = {code: _any_of(words) for code, words in common.items()}
        self._hello = {code: _any_of(words) for code, words in hello.items()}
        self._detector = detector
        self._english = english

    def notice(self, text: str) -> Optional[str]:
        """The code of the language ("pl"), or None if the message may be English."""
        plain = " ".join(unicodedata.normalize("NFC", text).lower().replace("’", "'").split())
        by_letters = _by_letters(plain)
        if by_letters is not None:
            return by_letters
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain)
        if not words or len(plain) > 1500:
            return None
        for code, pattern in self._hello.items():
            if pattern.fullmatch(plain.strip(" .!?,")):
                return code
        told = {code: len(set(p.findall(plain))) + bool(self._hello[code].match(plain)) for code, p in self._common.items()}
        most = max(told.values())
        english = sum(w in self._english for w in words if len(w) > 3) / max(1, sum(len(w) > 3 for w in words))
        if most >= MANY and (english < 0.75 or most >= len(words) / 2):
            best = [code for code, n in told.items() if n == most]
            return best[0] if len(best) == 1 else self._detected(plain, best)
        if most == 1 and english <= 0.5:
            likely, _ = self._ranked(plain)
            return likely if told.get(likely or "") else None
        if len(words) >= FEW_WORDS and english < ENGLISH_SHARE:
            likely, sure = self._ranked(plain)
            return likely if sure >= ALONE and _has_an_accent(plain) else None
        return None

    def prepare(self) -> None:
        """Let the detector read its models, a seventh of a second that the first odd word of somebody would wait for otherwise."""
        self._ranked("good morning")

    def _ranked(self, plain: str) -> Tuple[Optional[str], float]:
        if self._detector is None:
            return None, 0.0
        first = self._detector.compute_language_confidence_values(plain)[0]
        return {name: code for code, name in _LINGUA.items()}.get(first.language.name), float(first.value)

    def _detected(self, plain: str, among: List[str]) -> str:
        if self._detector is None:
            return among[0]
        order = [v.language.name for v in self._detector.compute_language_confidence_values(plain)]
        return min(among, key=lambda code: order.index(_LINGUA[code]) if code in _LINGUA else len(order))


def _any_of(words: List[str]) -> "re.Pattern[str]":
    parts = sorted((unicodedata.normalize("NFC", w).lower() for w in words), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, parts)) + r")(?!\w)")


def _by_letters(plain: str) -> Optional[str]:
    if plain.isascii():
        return None
    letters = [c for c in plain if c.isalpha()]
    for script, tells, usual in _SCRIPTS:
        of_it = sum(script in unicodedata.name(c, "") for c in letters)
        if letters and of_it / len(letters) > 0.5:
            if script == "ARABIC" and (_SORANI.search(plain)):
                return "ku"
            return next((code for code, only in tells if any(c in only for c in plain)), usual)
    return None


def _has_an_accent(plain: str) -> bool:
    return any(ord(c) > 127 and c.isalpha() for c in plain)


@functools.lru_cache(maxsize=1)
def load_noticer() -> Noticer:
    """The process's one noticer. Without the detector it works on letters and words alone."""
    content = read_yaml(FILE)
    detector: Any = None
    try:
        from lingua import Language, LanguageDetectorBuilder
        languages = [Language.ENGLISH] + [getattr(Language, name) for name in _LINGUA.values()]
        detector = LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
    except Exception as error:
        log.warning("language_detector_unavailable error=%s", type(error).__name__)
    common = {code: [str(w) for w in node["common"]] for code, node in content.items() if "common" in node}
    hello = {code: [str(w) for w in node["hello"]] for code, node in content.items() if "hello" in node}
    return Noticer(common, hello, detector, english_words())
