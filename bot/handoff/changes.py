"""What somebody changes of what they said: "change the address", "it's Falworth, not Falsworth", "no, she's 9", "there are two of them"."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from bot.handoff import heard as h
from bot.handoff.plan import child_of, children_in, key_for, named_in, plan, question_of
from bot.handoff.questions import CHECK, MOST_CHILDREN, PER_CHILD, Answers, State
from bot.handoff.reading import Read, Reading, read_answer
from bot.handoff.told import how_many

Draft = Dict[str, Any]
LONG = 14       # words: longer than this an answer to an open question is not a correction


@dataclass(frozen=True)
class Change:
    """One answer gets new words, or (``text`` is None) is asked again."""

    key: str
    text: Optional[str]


def changes_in(draft: Draft, text: str) -> Tuple[Change, ...]:
    """Every change that a message asks for ("change the name to Rob and the address to 2 Row"); none if it is an answer."""
    words = h.plain(text)
    for cut in _AND.finditer(words):
        first, rest = _change_in(draft, words[:cut.start()]), words[cut.end():]
        if first is None or not _NAMES_ANOTHER.match(rest):
            continue
        others = changes_in(draft, f"{_opening(words)} {rest}")
        if others and all(c.key != first.key and (c.text is None) == (first.text is None) for c in others):
            return (first, *others)
    one = _change_in(draft, text)
    return (one,) if one is not None else ()


_AND = re.compile(r",? (?:and|&)(?: also)? |[,;] ", re.I)
_NAMES_ANOTHER = re.compile(r"(?:the|my|his|her|their|its|that|mum'?s|dad'?s|child'?s|baby'?s|s?he'?s|s?he is|they'?re|they are) ?\b", re.I)


def _opening(words: str) -> str:
    """How the second of two changes would begin if it stood alone."""
    return "change" if h.change_asked(words) is not None else "no,"


def _change_in(draft: Draft, text: str) -> Optional[Change]:
    """The change that a message asks for, or None. Messages of several sentences are answers, not changes."""
    answers, asking = draft["answers"], draft["asking"]
    open_answer = asking != CHECK and asking not in answers
    if open_answer and len(text.split()) > 2 * LONG:
        return None
    out = h.removed(text)
    if out is not None:
        return _named_alone(answers, out, left_out=True)
    said = _said_anew(draft, text)
    if said is not None and said.text is None:
        return said
    fixed = _spelling(answers, text)
    if fixed is not None:
        return fixed
    wanted = h.change_asked(text)
    if wanted is not None:
        key = named_in(wanted[0], answers, current_child(draft))
        if key is not None:
            return Change(key, wanted[1])
    if asking == CHECK and wanted is None and said is None:
        return _named_alone(answers, text)
    return said


def apply(draft: Draft, change: Change, today: dt.date) -> Reading:
    """Read the new words; kept in the draft if they can be."""
    assert change.text is not None
    others = {k: v for k, v in draft["answers"].items() if k != change.key}
    reading = read_answer(change.key, change.text, others, today)
    if isinstance(reading, Read):
        draft["answers"][change.key] = reading.answer
    return reading


def current_child(draft: Draft) -> int:
    """The child that is being talked about."""
    asking = draft["asking"]
    if asking != CHECK and asking.partition(":")[0] in (*PER_CHILD, "more_children"):
        return child_of(asking)
    return children_in(draft["answers"])


def more_children(draft: Draft, text: str) -> bool:
    """Note that there are more children ("actually there are two of them"). True if that was all that was said."""
    words = h.tidy(text)
    count = how_many(text)
    if count is None or len(words.split()) > 9 or not _MORE.search(words):
        return False
    draft["expected"] = max(count, draft.get("expected", 1))
    expect(draft)
    return True


_MORE = re.compile(r"^(no,? |sorry,? |oh,? |wait,? |actually,? |well,? )*(there('?s| are| is)|they are|it'?s|i'?m worried about|i mean|two|"
                   r"three|four|five|both|twins|triplets)\b")


def expect(draft: Draft) -> None:
    """Answer "is there another child" for the children we know of."""
    for child in range(1, min(draft.get("expected", 1), MOST_CHILDREN)):
        draft["answers"][key_for("more_children", child)] = {"state": State.GIVEN.value, "said": "yes", "value": "yes"}


def _spelling(answers: Answers, text: str) -> Optional[Change]:
    fix = h.correction(text)
    if fix is None:
        return None
    old = re.compile(rf"(?<!\w){re.escape(fix.old)}(?!\w)", re.I)
    for key in reversed([a.key for a in plan(answers) if a.key in answers]):
        said = answers[key].get("said")
        if said and old.search(said):
            return Change(key, old.sub(lambda _: fix.new, said))
    return None


_OPENS = r"^(?:(?:no|sorry|actually|wait|oops|oh|i mean|i meant|hang on|but|and|also)[,. ]+)"
_IS = r"(?:s?he'?s|s?he is|they'?re|they are|it'?s|it is)"
_ALONE = re.compile(r"^(?:the |my |his |her |their |that |to the )?(?P<field>[a-z' -]+?)[.! ]*$")


def _named_alone(answers: Answers, text: str, left_out: bool = False) -> Optional[Change]:
    """An answer that is named and nothing else, such as "the address": it is asked again, or left out."""
    alone = _ALONE.match(h.tidy(text))
    names = {text, alone["field"]} if alone else set()      # "my name" is a name of its own
    key = next((key for key in (named_in(name, answers, children_in(answers)) for name in sorted(names, key=len, reverse=True))
                if key is not None and names & set(question_of(key).fields)), None)
    return Change(key, "skip" if left_out else None) if key is not None and key in answers else None


_AGE = re.compile(_OPENS + "+" + _IS + r"(?: actually| really| only| just)? "
                  r"(?P<said>(?:about |nearly |almost )?(?:\d{1,2}|[a-z]+teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
                  r"(?: and a half| months?| weeks?| years?.*| now)?)[.! ]*$")
_UNBORN = re.compile(_OPENS + "*(?:" + _IS + r"|the baby'?s?(?: is)?|baby'?s?) (?:is )?"
                     r"(?P<said>(?:not (?:even )?born yet|not yet born|unborn)(?:,? (?:s?he'?s |it'?s )?due.{0,40})?)[.! ]*$")
_FIELD = re.compile(_OPENS + r"+(?:the |my |that )?(?P<field>[a-z' -]{3,25}?)(?:'s| is| should be|:) (?:actually |really )?(?P<said>.+?)[.! ]*$")
_CALLED = re.compile(_OPENS + "+" + _IS + r" (?:called|named) (?P<said>.+?)[.! ]*$")
_IS_WRONG = re.compile(_OPENS + r"*(?:the |my |that )?(?P<field>[a-z' -]{3,25}?)(?:'s| is| are| was) (?P<said>[a-z ]+?)[.! ]*$")


def _said_anew(draft: Draft, text: str) -> Optional[Change]:
    plain = h.plain(text)
    lower = plain.lower()
    answers, child = draft["answers"], current_child(draft)
    if len(lower.split()) > LONG:
        return None
    wrong = _IS_WRONG.match(lower)
    if wrong and h.is_wrong(wrong["said"]):
        key_wrong = named_in(wrong["field"], answers, child)
        return Change(key_wrong, None) if key_wrong is not None and key_wrong in answers else None
    for pattern, question in ((_AGE, "birth"), (_UNBORN, "birth"), (_CALLED, "child")):
        match = pattern.match(lower)
        if match:
            key = key_for(question, child)
            return Change(key, plain[match.start("said"):match.end("said")]) if key != draft["asking"] and _asked(answers, key) else None
    match = _FIELD.match(lower)
    if match:
        key_named = named_in(match["field"], answers, child)
        if key_named is not None and key_named in answers:
            return Change(key_named, plain[match.start("said"):match.end("said")])
    return None


def _asked(answers: Answers, key: str) -> bool:
    return any(a.key == key for a in plan(answers))


