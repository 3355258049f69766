"""The places in a list that a message names: "the second one", "number 3". Pure."""
from __future__ import annotations

import re
from typing import Optional, Tuple

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
LAST = -1
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(ORDINALS)}|last|next)(?: (?:one|wish|point|bullet|thing))?\b|\b(?P<nth>\d{{1,2}})(?:st|nd|rd|th)\b|"
                      rf"\b(?:wish|number|nos?\.?|num|nr|point) ?(?P<digits>\d{{1,2}})\b|\b(?:wish|number) (?P<named>{'|'.join(_NUMBERS)})\b|"
                      r"\bthe (?P<edge>top|bottom) (?:one)?")


def ordinal_in(text: str) -> Optional[int]:
    """The place in a list that a text names ("the second one", "number 3"): from 1, ``LAST`` for the last; None if it names none."""
    return next(iter(ordinals_in(text)), None)


def ordinals_in(text: str) -> Tuple[int, ...]:
    """Every place in a list that a text names ("no 4 and no 6"), in the order said, each once."""
    places = (_place(found) for found in _ORDINAL.finditer(" ".join(text.lower().split())))  # unfolded: "4th" would be read as letters
    return tuple(dict.fromkeys(place for place in places if place is not None))


def _place(found: "re.Match[str]") -> Optional[int]:
    word, edge = found.group("word"), found.group("edge")
    if word == "last" or edge == "bottom":
        return LAST
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    if edge == "top":
        return 1
    if found.group("named"):
        return _NUMBERS.index(found.group("named")) + 1
    digits = found.group("nth") or found.group("digits")
    return int(digits) if digits else None
