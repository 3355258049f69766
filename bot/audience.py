"""Who is writing, picked up from what they say and never asked: the patterns of ``guidance/audience.yml``; what they say last counts."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Iterable, List, Mapping, Optional, Pattern, Tuple

from bot.guidance_files import complain, only, read_parts, required
from bot.guidance_patterns import any_of_patterns, checked_lists, each_is_used, never_nothing, patterns_under, whole_patterns
from bot.safety.fold import fold
from bot.safety.quantities import written_out

FILE = Path("guidance/audience.yml")


class Audience(str, Enum):
    """Whom the words should fit."""

    CHILD = "child"
    TEENAGER = "teenager"
    PARENT = "parent"
    CARER = "carer"
    PUBLIC = "public"
    PRACTITIONER = "practitioner"
    YOUNG_SAFEGUARDER = "young_safeguarder"


CHILDREN = frozenset({Audience.CHILD, Audience.TEENAGER})
GROWN_UP = frozenset({Audience.PRACTITIONER, Audience.PARENT, Audience.CARER})
YOUNG = CHILDREN | {Audience.YOUNG_SAFEGUARDER}
TEENS = range(13, 18)
_YEARS = range(4, 18)  # of somebody who writes and is no grown-up
_FIRST_CLASS_AT = 5
_BEFORE_AGE = frozenset({Audience.PRACTITIONER, Audience.YOUNG_SAFEGUARDER, Audience.CARER})
_OF_OTHER_THINGS = r"(?! ?(?:weeks?|wks?|months?|mths?|mins?|hrs?|minutes?|hours?|miles?|%|years? (?:in|into|qualified|a|as)))"
_AGES = tuple(re.compile(pattern, re.M) for pattern in (
    r"(?:\bi am|\bi'?m|\bim|\bme)(?: only| just| nearly| an? (?=\d{1,2}(?: years? old|[fm]\b))| a girl| a boy)* ?"
    r"(\d{1,2})(?:[fm]\b(?! (?:away|from|off)))?" + _OF_OTHER_THINGS + r"\b",
    r"^(1?\d) ?(?:year old|f|m|female|male)$",
    r"^(?:hi|hiya|hello|hey)?,? ?([5-9]|1[0-7])$"))
_CLASS = re.compile(r"\b(?:im|i'?m|i am) (?:\w+ ){0,2}in (?:year|yr|yr\.|y) ?(\d{1,2})\b")
_NUMBERS = ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})(?= years? old| in (?:year|yr))")


@dataclass(frozen=True)
class _Said:
    who: Audience
    words: Pattern[str]


@dataclass(frozen=True)
class AudienceWords:
    """What people say of themselves, in the order in which it counts, and what takes a guess back."""

    taken_back: Pattern[str]
    said: Tuple[_Said, ...]

    def who(self, folded: str) -> Optional[Audience]:
        """Who says this, the first that fits; None if it does not say."""
        return next((said.who for said in self.said if said.words.search(folded)), None)


@functools.lru_cache(maxsize=1)
def load_audience_words(file: Path = FILE) -> AudienceWords:
    """Read the patterns. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_parts(file, ("lists", "taken_back", "said"), "patterns")
    words, nodes = required(file, content, "lists", dict), required(file, content, "said", list)
    lists = checked_lists(file, words)
    if not nodes:
        complain(file, content, "nobody is heard", "write who says what, or restore the file from version control", "said")
    taken_back = _any_of(file, content, "taken_back", lists)
    said = tuple(_said(file, nodes, number, lists) for number in range(len(nodes)))
    each_is_used(file, words, [*content["taken_back"], *(pattern for node in nodes for pattern in node["words"])])
    return AudienceWords(taken_back, said)


def _said(file: Path, nodes: Any, number: int, lists: Mapping[str, str]) -> _Said:
    node = nodes[number]
    if not isinstance(node, dict):
        complain(file, nodes, "this says of nobody who writes", "begin it with who, why, words, each with a colon", number)
    only(file, node, ("who", "why", "words"))
    required(file, node, "why")
    names = [audience.value for audience in Audience]
    if required(file, node, "who") not in names:
        complain(file, node, f'nobody is called "{node["who"]}"', f"choose from {', '.join(names)}", "who")
    return _Said(Audience(node["who"]), _any_of(file, node, "words", lists))


def _any_of(file: Path, node: Any, part: str, lists: Mapping[str, str]) -> Pattern[str]:
    whole = whole_patterns(file, node, part, patterns_under(file, node, part), lists)
    return never_nothing(file, node, any_of_patterns(file, node, f'"{part}"', whole, part), part)


def heard_in(text: str) -> "Tuple[bool, Optional[Audience]]":
    """(something was said, who): ``(True, None)`` takes an earlier guess back ("I'm not a child")."""
    words = load_audience_words()
    folded = written_out(fold(text))
    folded = _NUMBER.sub(lambda number: str(_NUMBERS.index(number[1]) + 5), folded)
    if words.taken_back.search(folded):
        return True, words.who(words.taken_back.sub(" ", folded))
    age, who = _age(folded), words.who(folded)
    if who in _BEFORE_AGE:
        return True, who
    if age in _YEARS:
        return True, Audience.TEENAGER if age in TEENS else Audience.CHILD
    if age is not None and age >= _YEARS.stop and who is Audience.CHILD:
        return False, None  # "im 20 and my foster mum ..."
    return who is not None, who


def _age(folded: str) -> Optional[int]:
    """The writer's age in years, as they say it or by their class at school."""
    in_class = _CLASS.search(folded)
    if in_class:
        return int(in_class[1]) + _FIRST_CLASS_AT
    return next((int(found[1]) for found in (pattern.search(folded) for pattern in _AGES) if found), None)


def audience_of(messages: Iterable[str]) -> Optional[Audience]:
    """Who is writing, from everything they said, oldest first; None if they have not said."""
    found: Optional[Audience] = None
    heard: List[str] = list(messages)
    for text in heard:
        said, who = heard_in(text)
        if said and not (who is Audience.PARENT and found in (Audience.PRACTITIONER, Audience.CARER)):
            found = who  # a teacher or carer may speak of "my children" and stays one
    return found
