"""The guided reflection: seven questions for practitioners, in any order, each skippable. Pure; nothing is stored here."""
from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any, Dict, Optional, Tuple

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
_PASS_ON = re.compile(r"^(?:(?:ok|okay|yes|right|no|actually|and|then|now|please|can you|could you|would you|just|let'?s|lets|i want(?: you)? to|"
                      r"i'?d like(?: you)? to|i need(?: you)? to|i think we should|we should|help me)[, ]+)*"
                      r"(?:(?:write|note|take|pass|send|report|refer|make|start|raise|log|record)\b.{0,40}\b(?:down|on|gateway|mash|them|it in|"
                      r"a (?:mash )?(?:contact|referral|report))\b|"
                      r"(?:report|refer) (?:it|this|them|him|her)\b)")
_HARM = re.compile(r"\b(?:hit|hits|hitting|beat|beats|beaten|slap(?:s|ped)?|smack(?:s|ed)?|punch(?:es|ed)?|kick(?:s|ed)?|burn(?:s|ed|t)?|"
                   r"bruis(?:e|es|ed|ing)|belt|strangl\w+|chok(?:es|ed|ing)|stabb?(?:s|ed)?|knife|rap(?:e|ed)|sexual\w*|"
                   r"touch(?:es|ed|ing)? (?:him|her|them|me|my|his)|hurt(?:s|ing)? (?:him|her|them|me|himself|herself)|self[- ]?harm\w*|"
                   r"suicid\w+|cutting (?:himself|herself)|kill(?:s|ed|ing)?|(?:left|leaves|leaving|locked|locks) (?:\w+ ){0,3}(?:alone|in|out)|"
                   r"no food|starv\w+|grooming|groomed|fgm|threaten\w*)\b")
_OWN_PLAN = re.compile(r"\b(?:i|we|she|he|they)(?:'ll| will)\b")
GO_TO_WORDS = 9
PASS_ON_WORDS = 14


@dataclass(frozen=True)
class Turn:
    """The next draft (None: it is over), the wording keys to say, and the summary's pairs of label and answer if it ended with one.

    ``pass_on``: they want it written down for Gateway instead.
    """

    draft: Optional[Draft]
    says: Tuple[str, ...] = ()
    summary: Tuple[Tuple[str, str], ...] = ()
    side_question: bool = False
    left: Tuple[str, ...] = field(default=())
    pass_on: bool = False


def begin() -> Turn:
    """The introduction and the first question."""
    draft: Draft = {"asking": QUESTIONS[0], "answers": {}, "passed": [], "paused": False}
    return _asking(draft, ("reflection_begin",), hint="reflection_hint")


def ask_again(draft: Draft) -> Turn:
    """The open question once more, after something else was answered."""
    if draft.get("paused"):
        return Turn(draft, ("reflection_paused",))
    return _asking(draft, ("reflection_back_to_it",))


def take(draft: Draft, text: str, after_alarm: bool = False, side: bool = False, contact: bool = False, harm: bool = False) -> Turn:
    """Read one message. ``after_alarm``: the reply before it was the emergency number; ``side``: somebody else can answer it;
    ``contact``: it sounds like a wish to begin a contact; ``harm``: it tells that a child may have been hurt."""
    draft = copy.deepcopy(draft)
    said = text.strip()
    plain = h.tidy(said)
    if h.is_stop(said):
        return Turn(None, ("reflection_stopped",))
    if wants_it_passed_on(said, contact):
        return Turn(None, ("reflection_to_contact",) if draft["answers"] else (), _pairs(draft), pass_on=True)
    if h.is_carry_on(said) and not (after_alarm or draft["paused"]):
        return _asking(draft, ())
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
        draft["answers"][asked] = said
    following = next((q for q in QUESTIONS if q not in draft["passed"]), None)
    if following is None:
        return _ended(draft)
    draft["asking"] = following
    return _asking(draft, ("reflection_skipped",) if skipped else ("reflection_harm",) if harm else ("reflection_thanks",))


def is_finish(text: str) -> bool:
    """They want the summary now."""
    return bool(_FINISH.search(h.tidy(text.strip())))


def wants_it_passed_on(text: str, contact: bool = False) -> bool:
    """They want it written down for Gateway now ("write it down and pass it on"); "I will pass it on to her nan" is an answer."""
    plain = h.tidy(text.strip())
    return len(plain.split()) <= PASS_ON_WORDS and (bool(_PASS_ON.search(plain)) or (contact and not _OWN_PLAN.search(plain)))


def may_tell_of_harm(text: str) -> bool:
    """An answer that may mean that a child was hurt. Better once too often: the reply only adds the number."""
    return bool(_HARM.search(h.tidy(text)))


def handed_over(draft: Optional[Draft]) -> str:
    """What a reflection that ended in "pass it on" told already, for the contact that follows."""
    return str(draft.get("handed_over", "")) if draft else ""


def _question_named(plain: str) -> Optional[str]:
    if len(plain.split()) > GO_TO_WORDS or not (_GO_TO.search(plain) or len(plain.split()) <= 2):
        return None
    return next((q for q, pattern in _NAMED.items() if re.search(pattern, plain)), None)


def _asking(draft: Draft, before: Tuple[str, ...], hint: str = "reflection_hint_later") -> Turn:
    left = tuple(q for q in QUESTIONS if q not in draft["passed"] and q != draft["asking"])
    return Turn(draft, (*before, f"reflection_question_{draft['asking']}", hint), left=left)


def _ended(draft: Draft) -> Turn:
    pairs = _pairs(draft)
    return Turn(None, ("reflection_summary",), pairs) if pairs else Turn(None, ("reflection_empty",))


def _pairs(draft: Draft) -> Tuple[Tuple[str, str], ...]:
    return tuple((f"reflection_label_{q}", draft["answers"][q]) for q in QUESTIONS if q in draft["answers"])
