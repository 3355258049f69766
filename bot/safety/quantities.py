"""Ages, times and counts in folded text: "my 3yo", "at 1am", "4 men". They are numbers, though digits also stand for letters and for words. Pure.

Nobody's age may be lost: "my 2 year old" is not "my to year old", and "3yo" hides no letters.
"""
import re
from typing import FrozenSet, Sequence

_YEARS_OLD = re.compile(r"(?<![\w.])(\d{1,2}) ?(?:yo|y/o|y\.o\.?|yr? old|yrs old|yrold)(?!\w)")
_UNITS = {"am": "am", "pm": "pm", "yr": "year", "yrs": "years", "hr": "hour", "hrs": "hours", "min": "minutes", "mins": "minutes", "sec": "seconds",
          "secs": "seconds", "wk": "week", "wks": "weeks", "mth": "month", "mths": "months", "days": "days"}
_WITH_UNIT = re.compile(rf"(?<![\w.])(\d+)({'|'.join(_UNITS)})(?!\w)")
_QUANTITY = re.compile(rf"\d+(?:{'|'.join(_UNITS)}|yo|day|months?|weeks?|years?|hours?|ish|k|kg|ml|mg|mph|ft|cm|p|x\d+|[fm])"
                       r"|\d*(?:1st|2nd|3rd|[04-9]th)|1[1-3]th|(?:no|any|some|sum|every)1s?|4(?:ced|cing|ever|eva|get|got|give|real|sure|you|u|me)")

NUMBERS = ("2", "4")


def _words(text: str) -> FrozenSet[str]:
    return frozenset(text.split())


# as people type "to", "too" and "for": before these they always are
_NEVER_COUNTED = _words("me u you him her them us it my the a an your his their our this that be go get see do die kill end hurt hit stab jump touch "
                       "talk tell say stop make take leave come show him nudes pics photos")
_COUNTED = _words("year yr month week day hour hr minute min second am pm oclock of old men women people children times feet foot")
_BEFORE_A_NUMBER = _words("aged age page number wish year under over at since until till past nearly almost turned between question class "
                          "only")
_IS = _words("is am are was were turns im hes shes i'm he's she's they're")
_GOES_ON = _words("and or but so now today tomorrow next in years nearly almost")


def is_quantity(word: str) -> bool:
    """True for "3yo", "1am", "10th" and "some1", in which no digit stands for a letter."""
    return _QUANTITY.fullmatch(word) is not None


def written_out(folded: str) -> str:
    """The text with ages and amounts in words apart: "14yo" is "14 year old", "10mins" is "10 minutes"."""
    folded = _YEARS_OLD.sub(r"\1 year old", folded)
    return _WITH_UNIT.sub(lambda m: f"{m.group(1)} {_UNITS[m.group(2)]}", folded)


def is_number(words: Sequence[str], at: int) -> bool:
    """True if the digit at this place of a message is a number, false if it stands for a word, as in "2 late 4 that"."""
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if after in _NEVER_COUNTED:
        return False
    if after in ("and", "or") and " ".join(words[at + 2:at + 3]).isdigit():
        return True
    if before == "wish" and after.isalpha():
        return False
    if after in _COUNTED or before in _BEFORE_A_NUMBER or before.isdigit() or after.isdigit() or _is_plural(after):
        return True
    return (before in _IS or before in ("and", "or")) and (not after.isalpha() or after in _GOES_ON)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "'s"))

