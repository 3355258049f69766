"""Words as the search compares them: small letters, abbreviations written out, endings cut off."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, Pattern

from bot.guidance_files import complain, read_parts, required

FILE = Path("guidance/search_words.yml")

_WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*")
_ENDINGS = (("isations", "is"), ("isation", "is"), ("izations", "is"), ("ations", ""), ("ation", ""), ("fulness", ""),
            ("iveness", ""), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ities", ""), ("ity", ""),
            ("ings", ""), ("ing", ""), ("edly", ""), ("ies", "y"), ("ied", "y"), ("ions", ""), ("ion", ""), ("ers", ""),
            ("er", ""), ("ors", ""), ("or", ""), ("ive", ""), ("ful", ""), ("able", ""), ("ed", ""), ("ly", ""),
            ("es", ""), ("s", ""), ("e", ""))
_ENDINGS_BY_LAST = {last: tuple(e for e in _ENDINGS if e[0][-1] == last) for last in {e[0][-1] for e in _ENDINGS}}


@dataclass(frozen=True)
class SearchWords:
    """Which words are passed over, which are compared as another, and what short forms stand for."""

    passed_over: FrozenSet[str]
    alike: Mapping[str, str]
    short_forms: Mapping[str, str]
    any_short_form: Pattern[str]


@functools.lru_cache(maxsize=1)
def load_search_words(file: Path = FILE) -> SearchWords:
    """Read the words. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_parts(file, ("passed_over", "alike", "short_forms"), "words")
    passed_over, short_forms = required(file, content, "passed_over", list), required(file, content, "short_forms", dict)
    _words(file, content, passed_over, "passed_over")
    _words(file, content, [*short_forms, *short_forms.values()], "short_forms")
    any_of_them = "|".join(map(re.escape, short_forms))
    short = re.compile(rf"\b(?:{any_of_them})\b", re.IGNORECASE | re.ASCII)  # a long s or a dotless i folds to a key that is not there
    return SearchWords(frozenset(passed_over), _alike(file, required(file, content, "alike", list)), dict(short_forms), short)


def _alike(file: Path, lines: Any) -> Dict[str, str]:
    alike: Dict[str, str] = {}
    for number, line in enumerate(lines):
        _words(file, lines, line, number)
        if line[0] in alike:
            complain(file, lines, f'"{line[0]}" stands first here and is compared as "{alike[line[0]]}"', "join the two lines", number)
        for word in line[1:]:
            if word in alike:
                complain(file, lines, f'"{word}" is compared as "{alike[word]}" already', "leave it out of one of the two lines", number)
            alike[word] = line[0]
    return alike


def _words(file: Path, node: Any, words: Any, part: Any) -> None:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word and word == word.lower() for word in words):
        complain(file, node, "words in small letters belong here", "write them in brackets, with commas between", part)


_NOT_GOOD = re.compile(r"\b(?:not|never|\w+n't|no longer)(?: \w+){0,2}? (?:happy|satisfied|pleased|impressed|good(?: enough)?|content|keen|strong"
                       r"|praised?|liked?|done well|working well|working)\b(?: (?:with|about|at|on|by))?", re.IGNORECASE)


def without_denied_praise(question: str) -> str:
    """The question with a denied praise as what it means: "not happy with" asks for what was criticised, and not for "happy"."""
    return _NOT_GOOD.sub("unhappy with, criticised weaknesses of", question.replace("’", "'"))


# Who asks, said before the question: it tells nothing of what is asked, and "DSL" would find whatever names the lead.
_WHO_ASKS = re.compile(r"^\W*(?:(?:hi|hello)\W+)?(?:(?:i ?'?m|i am|as) )?(?:(?:a|an|the|our) )?(?:(?:school|deputy|primary|secondary) )?"
                       r"(?:d?dsl|designated safeguarding lead|teacher|ta|teaching assistant"
                       r"|nurse|health visitor|social worker|gp|midwife|police officer|youth worker|head ?teacher)"
                       r"(?: here)?\s*(?:[-–—:,.]\s+)", re.IGNORECASE)

# What only leads to the question.
_LEADS_TO_IT = re.compile(r"^\W*(?:before (?:i|we) (?:answer|say|tell|go on|do|carry on)\b[^,]{0,25}|first(?: of all)?|"
                          r"one (?:more )?(?:thing|question)|(?:just )?(?:a )?quick (?:one|question)|"
                          r"by the way|btw|out of interest)\s*[-–—:,]\s*", re.IGNORECASE)


def without_who_asks(question: str) -> str:
    """The question without what is before it: the asker's job ("DSL - a parent said no" asks what "a parent said no" asks), what leads to it."""
    led_to = _LEADS_TO_IT.sub("", question, count=1) or question
    return _WHO_ASKS.sub("", led_to, count=1) or led_to


def written_out(text: str) -> str:
    """The text with abbreviations explained, for a reader that never met them: "CSE (child sexual exploitation)"."""
    short_forms = load_search_words().short_forms

    def explain(found: "re.Match[str]") -> str:
        meaning = short_forms[found.group().lower()]
        return f"{found.group()} ({meaning})" if meaning not in text.lower() else found.group()
    return load_search_words().any_short_form.sub(explain, text)


def stem(word: str) -> str:
    """The word without its ending. Rough on purpose: it needs to treat alike words that people swap."""
    for ending, instead in _ENDINGS_BY_LAST.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4:
            word = word[:-len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@functools.lru_cache(maxsize=20_000)
def stems_of(ours: str) -> FrozenSet[str]:
    """The keywords of a text of the guidance, remembered. Never for what a person typed: that is kept nowhere."""
    return frozenset(keywords(ours))


def keywords(text: str) -> List[str]:
    """The stems that tell one section from another, in order, repeats kept."""
    words = load_search_words()
    found: List[str] = []
    for word in _WORD.findall(written_out(text).lower().replace("’", "'")):
        for part in [word] if "-" not in word or word in words.alike else word.split("-"):
            part = part[:-2] if part.endswith("'s") else part.strip("'")
            if part and part not in words.passed_over:
                found.append(stem(words.alike.get(part, part)))
    return found
