"""Whether words ask for something, and whether a text holds a fact of the kind that is asked for.

A section may be about the right thing and still not say what was asked ("how many …" of a section without a figure). Then
the honest answer is that it is not held. Readable rules, no model: each errs towards letting an answer through.
"""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import FrozenSet, List, Sequence, Set, Tuple

from bot.library.kinds import COUNT, NAME, YEAR, Kind, either
from bot.library.passages import DOES_NOT_TELL, pieces
from bot.library.words import keywords, stems_of

_SPAN = re.compile(r"^\S+ (?:weeks?|months?|years?|days?|hours?|times?|in)\b", re.IGNORECASE)
_WINDOW, _NEXT = 9, 4   # words: around a figure; from "all" to what all are
_QUESTION = either(
    r"\?",
    r"^(?:(?:and|so|but|hi|hello|please|ok|er|um),? )*(?:who|what|when|where|why|how|which|whose|is|are|was|were|does|do|did|can|could|"
    r"should|has|have|had|will|"
    r"would|may|must|any|anything|name|list|tell me|explain|show|(?:give|send) me|find|remind)\b",
    r"\bhow (?:many|much|often|long|old)\b", r"\bwhat(?:'?s| is| are| was| were| did| does)\b", r"\bwho(?:'?s| is| was| are| chairs?| runs?)\b",
            r"\bwhich\b", r"\bwhat ?%", r"\bwhat happens\b", r"\bwhy (?:did|do|does|is|are|was|were|has|have)\b",
    r"\bwhere can\b", r"\bwhen (?:did|was)\b", r"\bnumbers please\b", r"\b(?:is|are) (?:there|we)\b",
            r"\b(?:do we|does the|did the|can i|should i|do i)\b")


def is_asked(text: str) -> bool:
    """Whether the words ask for something, with or without a question mark."""
    return _QUESTION.search(text.strip().replace("’", "'")) is not None


@functools.lru_cache(maxsize=4096)
def tells(text: str) -> str:
    """The text without the sentences that say what its document does not tell: they hold no fact."""
    return "\n".join(piece for piece in pieces(text) if not DOES_NOT_TELL.search(piece))


def holds(kind: "Kind | None", question: str, text: str, bag: Set[str]) -> bool:
    """Whether a section's text holds a fact of this kind. ``bag`` holds the stems of all its words and ways of asking."""
    if kind is None:
        return True
    if kind.holds is None or not kind.holds.search(tells(text)) or (kind.untold and kind.untold.search(text)):
        return False
    if kind.name == "named_place":  # "which harbour schools" is not told by "harbour schools"
        asked = set(keywords(question))
        return any(set(keywords(name.group())) - asked for name in kind.holds.finditer(tells(text)))
    if kind.name == "holder":
        return _named(question, text)
    if kind.name == "doer":
        return _does(question, text)
    if kind.name == "money":
        asked = {word for word in keywords(_without(question)) if word not in _MONEY_WORDS}
        return asked <= bag or any(asked & stems_of(piece) for piece in _sums(kind, text))
    if kind.name == "count":
        return _counted(question, text, bag)
    return True


def stands_together(kind: Kind, question: str, about: str, text: str) -> bool:
    """Whether one sentence or line holds a sum of money and all the words of a question for one, but for those that stand in
    ``about`` (its heading and title): then this is the sum, however such questions are mostly answered."""
    asked = {word for word in keywords(_without(question)) if word not in _MONEY_WORDS}
    if kind.name != "money":
        return False
    return any(asked & stems_of(piece) and asked <= stems_of(piece) | stems_of(about) for piece in _sums(kind, text))


def _sums(kind: Kind, text: str) -> List[str]:
    """The sentences and lines that hold a sum of money."""
    return [piece for piece in pieces(tells(text)) if kind.holds is not None and kind.holds.search(piece)]


_TEACHES = either(r"\b(?:teach|taught|deliver|provid|runs?\b|ran\b|offer|host|lead|led\b)\w*", r"\b(?:given|trained|run|done) by\b")


def _does(question: str, text: str) -> bool:
    """Whether a text speaks of doing what the question asks the doer of."""
    verb = re.search(r"\bwho (?:will |would |also )?([a-z]+)", question, re.IGNORECASE)
    if verb is None or _TEACHES.match(verb[1]):
        return verb is None or _TEACHES.search(tells(text)) is not None
    return bool(set(keywords(verb[1])) & stems_of(tells(text)))


def _named(question: str, text: str) -> bool:
    """Whether a person's name stands in a sentence about the post that is asked for."""
    asked, in_question = set(keywords(question)), {m.group() for m in NAME.finditer(question)}
    return any(stems_of(piece) & asked and {m.group() for m in NAME.finditer(piece)} - in_question for piece in pieces(tells(text)))


_MONEY_WORDS = frozenset(keywords("money cost price pay spend contribute fund budget partnership year salary total income give pounds altogether "
                                  "overall annual amount sum put invest receive pscp goes chip employ hire towards salaries come pot kitty pool "
                                  "country nation economy uk according papers paper report document pack each annually yearly quid sterling "
                                  "safeguarding children city actually lol pls please bit board line added want "
                                  "councillor bill figure close quick last yr per apart except besides excluding aside roughly run"))
# Nobody counts "people" in "how many people had training": what they had tells whether a figure is the one.
_COUNTED = either(r"how many (?:of (?:the|our|these|those) )?(?:(?:people|folk|individuals) (?=had|have|has|were|was|are|got|did|came))?(?P<what>.*)",
              r"numbers? of (?P<that>.*)")


_ACCORDING = either(r"\baccording to (?:the )?(?:\w+ ){0,2}(?:papers?|reports?|pack|documents?)\b")
_TIMES = frozenset(keywords("time times"))
_ALL = either(r"^(?:all|every|each|both|everyone)$")
_A_SHARE = either(r"^of (?:the|these|those|all)\b.*\bhow many\b")
_NO_NUMBER = either(r"\b(?:not (?:say|give|print) how many|not the number)\b")


def _without(question: str) -> str:
    return _ACCORDING.sub("", re.sub(YEAR + r"(?:/\d\d)?|\b\d\d[/-]\d\d\b", "", question))


def _counted(question: str, text: str, bag: Set[str]) -> bool:
    """Whether a figure stands near one of the first words that say what is counted."""
    found = _COUNTED.search(" ".join(question.split()))
    if not found:
        return True
    said = [word for word in (found["what"] or found["that"] or "").split() if keywords(word)]
    what = keywords(" ".join(said[:3]))  # an abbreviation counts once, written out or not
    if not what:
        return True
    if set(what) & _numbers_not_given(text) and not _A_SHARE.search(question):
        text = re.sub(r"\d[\d.]*%", "", text)  # a share is no head count, and the document says that it gives none
    if "wish" not in what:
        text = text.replace("Ten Wishes", "Wishes")  # a name, not a count
    there = _figures(text)
    time = _SPAN.search(f"x {found['what'] or ''}") is not None
    figures = [n for n in there.at if time or n not in there.spans]
    if what[0] in _TIMES:
        return bool(figures)
    if what[0] not in there.told and what[0] in bag:  # another word for what the text counts
        return bool(figures)
    return any(_near(there.spoken, n, what) if n in there.digits else _follows(there.spoken, n, what) for n in figures) or any(
        what[0] in frozenset().union(*there.spoken[n:n + _NEXT]) for n in there.alls)


@functools.lru_cache(maxsize=4096)
def _numbers_not_given(ours: str) -> FrozenSet[str]:
    """The stems of the sentences that say that a number of something is not given."""
    return stems_of(" ".join(piece for piece in re.findall(r"[^.]+", ours) if _NO_NUMBER.search(piece)))


@dataclass(frozen=True)
class _Figures:
    """A text's words, as stems, and where among them stand: its figures; those in digits; those of a span of time; "all"."""

    spoken: Tuple[FrozenSet[str], ...]
    told: FrozenSet[str]
    at: Tuple[int, ...]
    digits: FrozenSet[int]
    spans: FrozenSet[int]
    alls: Tuple[int, ...]


@functools.lru_cache(maxsize=4096)
def _figures(ours: str) -> _Figures:
    words = ours.split()
    spoken = tuple(stems_of(word) for word in words)
    at = tuple(n for n, word in enumerate(words) if COUNT.search(word))
    return _Figures(spoken, frozenset().union(*spoken), at,
                    frozenset(n for n in at if words[n].strip("(£").rstrip(".,:;)%")[:1].isdigit()),
                    frozenset(n for n in at if _SPAN.search(" ".join(words[n:n + 2]))),
                    tuple(n for n, word in enumerate(words) if _ALL.search(word)))


def _follows(spoken: Sequence[FrozenSet[str]], at: int, what: Sequence[str]) -> bool:
    """A number in letters counts what comes after it: "three priorities" says nothing of the town they are for."""
    return any(word in heard for heard in spoken[at:at + _WINDOW] for word in what)


def _near(spoken: Sequence[FrozenSet[str]], at: int, what: Sequence[str]) -> bool:
    return any(word in heard for heard in spoken[max(0, at - _WINDOW):at + _WINDOW + 1] for word in what)
