"""The guided reflection: seven questions for practitioners, in any order, each skippable. Pure; nothing is stored here."""
from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from bot.handoff import heard as h

Draft = Dict[str, Any]
QUESTIONS = ("seen", "strengths", "voices", "consent", "own", "others", "alongside")
_NAMED = {
    "seen": r"\b(?:seen|saw|noticed|first question)\b",
    "strengths": r"\bstrengths?\b|\bstrong\b|\bgoes well\b",
    "voices": r"\b(?:voices?|own words|child says|family says?|wishes)\b",
    "consent": r"\b(?:consent|agree|permission)\b",
    "own": r"\b(?:what (?:i|we) can do|my service|my part)\b",
    "others": r"\b(?:who else|others|network)\b",
    "alongside": r"\b(?:alongside|review|follow up|last question)\b",
}
_GO_TO = re.compile(r"^(?:can we |could we |let'?s |i(?:'d| would) (?:like|rather) (?:to )?|shall we |go to |do |start with |jump to |next:? ?|"
                    r"about )|\b(?:first|instead|next|now)[.?! ]*$")
_FINISH = re.compile(r"^(?:finish|finished|done|i'?m done|that'?s (?:it|all|everything)|end|sum(?: it)? up|summary|show (?:me )?(?:the )?summary|"
                     r"(?:can i have |give me )?(?:the |my )?summary(?: please| now)?)[.! ]*$")
GO_TO_WORDS = 9
ANSWER_KEPT = 600  # characters of an answer


@dataclass(frozen=True)
class Turn:
    """The next draft (None: it is over), the wording keys to say, and the summary's pairs of label and answer if it ended with one."""

    draft: Optional[Draft]
    says: Tuple[str, ...] = ()
    summary: Tuple[Tuple[str, str], ...] = ()
    side_question: bool = False
    left: Tuple[str, ...] = field(default=())


def begin() -> Turn:
    """The introduction and the first question."""
    draft: Draft = {"asking": QUESTIONS[0], "answers": {}, "passed": [], "paused": False}
    return _asking(draft, ("reflection_begin",), hint="reflection_hint")


def ask_again(draft: Draft) -> Turn:
    """The open question once more, after something else was answered."""
    if draft.get("paused"):
        return Turn(draft, ("reflection_paused",))
    return _asking(draft, ("reflection_back_to_it",))


def take(draft: Draft, text: str, after_alarm: bool = False, side: bool = False) -> Turn:
    """Read one message. ``after_alarm``: the reply before it was the emergency number; ``side``: somebody else can answer it."""
    draft = copy.deepcopy(draft)
    said = text.strip()
    plain = h.tidy(said)
    if h.is_stop(said):
        return Turn(None, ("reflection_stopped",))
    if after_alarm or draft["paused"]:
        if h.is_carry_on(said) or (draft["paused"] and h.is_yes(said)):
            draft["paused"] = False
            return _asking(draft, ("reflection_resumed",))
        draft["paused"] = True
        return Turn(draft, ("reflection_paused",))
    if is_finish(said):
        return _ended(draft)
    if h.is_back(said):
        done = [q for q in QUESTIONS if q in draft["passed"]]
        if done:
            draft["asking"] = draft["passed"].pop()
        return _asking(draft, ())
    named = _question_named(plain)
    if named is not None:
        draft["asking"] = named
        return _asking(draft, ())
    if side and h.is_question(said):
        return Turn(draft, side_question=True)
    asked = draft["asking"]
    if asked not in draft["passed"]:
        draft["passed"].append(asked)
    skipped = h.is_skip(said) or h.is_unknown(said)
    if not skipped:
        draft["answers"][asked] = said[:ANSWER_KEPT]
    following = next((q for q in QUESTIONS if q not in draft["passed"]), None)
    if following is None:
        return _ended(draft)
    draft["asking"] = following
    return _asking(draft, ("reflection_skipped",) if skipped else ("reflection_thanks",))


def is_finish(text: str) -> bool:
    """They want the summary now."""
    return bool(_FINISH.search(h.tidy(text.strip())))


def _question_named(plain: str) -> Optional[str]:
    if len(plain.split()) > GO_TO_WORDS or not (_GO_TO.search(plain) or len(plain.split()) <= 2):
        return None
    return next((q for q, pattern in _NAMED.items() if re.search(pattern, plain)), None)


def _asking(draft: Draft, before: Tuple[str, ...], hint: str = "reflection_hint_later") -> Turn:
    left = tuple(q for q in QUESTIONS if q not in draft["passed"] and q != draft["asking"])
    return Turn(draft, (*before, f"reflection_question_{draft['asking']}", hint), left=left)


def _ended(draft: Draft) -> Turn:
    pairs: List[Tuple[str, str]] = [(f"reflection_label_{q}", draft["answers"][q]) for q in QUESTIONS if q in draft["answers"]]
    if not pairs:
        return Turn(None, ("reflection_empty",))
    return Turn(None, ("reflection_summary",), tuple(pairs))
