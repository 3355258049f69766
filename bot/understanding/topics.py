"""Two topics in one message: which is answered first, and which afterwards. Pure."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, List, Optional, Tuple

# Gravest first. What is not named here is never answered as a second topic.
CARE = ("self_harm_me", "child_telling", "practitioner_urgent", "self_harm_other", "ask_fgm_duty", "ask_allegation_about_worker",
        "worry_about_child", "bullied", "young_carer", "adult_safeguarding", "practitioner_support", "promise_not_to_tell")
ASKED = ("line_not_answered", "ask_cant_talk", "ask_deaf_or_text", "ask_language", "ask_can_i_ring_child", "ask_number", "ask_out_of_hours",
         "ask_hours",
         "ask_mash_contact", "ask_email", "ask_anonymous", "ask_will_they_tell", "ask_in_trouble", "ask_taken_away", "ask_what_will_they_ask",
         "ask_what_happens_next", "ask_how_long", "ask_cost", "ask_accessibility", "ask_can_i_say_no", "ask_do_i_need_proof", "ask_in_person",
         "ask_gateway_or_mash",
         "ask_chase_report", "ask_complaint", "ask_disagree", "ask_other_place", "ask_secret_promise", "building_support_family",
         "building_support_practitioner", "building_support_agency", "building_support_what", "building_support_how", "ask_family_help",
         "ask_advice_first", "work_partnership_office", "work_training_details", "work_procedures", "wish_broken", "wish_find",
         "wishes_list", "wishes_about", "wishes_print", "ask_privacy", "are_you_real", "ask_training", "young_safeguarders",
         "guidance_question", "medical_question", "legal_question", "out_of_scope", "homework")
PLAIN = "plain_"  # everyday questions with a reply each: the least grave, answered beside anything but a worry
_GRAVITY = {name: n for n, name in enumerate(CARE + ASKED)}
_SAME = (frozenset({"ask_number", "ask_out_of_hours", "ask_is_number_right", "emergency_or_not", "ask_human", "ask_mash_contact",
                    "ask_gateway_or_mash",
                    "worry_about_child", "practitioner_urgent", "line_not_answered", "ask_chase_report", "ask_what_happens_next", "ask_how_long"}),
         frozenset({"ask_hours", "ask_out_of_hours"}), frozenset({"wish_broken", "wish_find", "wishes_list", "wishes_about", "ask_complaint"}),
         frozenset({"building_support_family", "building_support_what", "building_support_practitioner", "building_support_agency",
                    "practitioner_support"}),
         frozenset({"ask_deaf_or_text", "ask_cant_talk", "ask_email"}), frozenset({"out_of_scope", "homework", "ask_training",
                                                                                   "guidance_question"}),
         frozenset({"ask_in_trouble", "ask_taken_away", "ask_can_i_say_no", "building_support_family"}),
         frozenset({"worry_about_child", "ask_family_help", "practitioner_support", "ask_do_i_need_proof", "ask_disagree", "adult_safeguarding"}),
         frozenset({"ask_privacy", "are_you_real", "what_can_you_do", "ask_anonymous"}))
# Beside a worry, "who do I speak to?" or "what would you do?" belongs to the worry; only these are matters of their own.
_SMALL = frozenset({"out_of_scope", "homework", "medical_question"})
BESIDE_CARE = frozenset({"ask_hours", "ask_anonymous", "ask_cost", "ask_language", "ask_deaf_or_text", "wishes_list", "wishes_print",
                         "ask_other_place",
                         "building_support_what", "building_support_family", "ask_training"}) | _SMALL
MOST_WORDS = 60
MOST_PARTS = 4
FEWEST_WORDS = 3
SURE = 0.5
SURE_OF_CARE = 0.7
SURE_OF_SECOND = 0.6
# Talk that a topic in another part of the message takes the place of.
_LIGHT = frozenset({"greet", "thanks", "goodbye", "small_talk", "inform", "frustrated", "insult", "never_mind", "audience_said", "wrong_chat",
                    "dont_know", "everyday_feeling", "good_news"})
_ASKS = (r"(?:what(?:'?s)?|wh?ats|how(?:'?s)?|who'?s|can|could|do|does|is|are|who|where|when|which|will|should|i need|tell me|give me|also|"
         r"i want|im worried|i'm worried|i am worried|i think)\b")
_BETWEEN = re.compile(rf"(?<=[.?!])\s+|\n+|;|,?\s+(?:and|plus|but|also|btw|by the way)(?:,? (?:also|btw|then))?,?\s+(?={_ASKS})|,\s+also,?\s+|"
                      rf"\s+also\s+(?={_ASKS})", re.I)
_REQUEST = re.compile(rf"\?\s*$|^\W*(?:and |also |plus |oh |btw |by the way )*{_ASKS}", re.I)


@dataclass(frozen=True)
class Topic:
    """What a part of a message is about, how sure that is (0 to 1), and the part."""

    name: str
    sure: float
    text: str


def parts(text: str) -> List[str]:
    """The parts of a short message that may each be a topic; empty if it is one topic or a long account."""
    if len(text.split()) > MOST_WORDS:
        return []
    found = [p.strip(" ,;") for p in _BETWEEN.split(text) if p and len(p.split()) >= FEWEST_WORDS]
    return found if 2 <= len(found) <= MOST_PARTS else []


def two_topics(whole: str, text: str, classify: Callable[[str], Tuple[str, float]]) -> "Tuple[Optional[str], Optional[Topic]]":
    """(the topic to answer first if it is another than ``whole``, the topic to answer afterwards or None)."""
    if not _is_topic(whole) and whole not in _LIGHT:
        return None, None  # "that poor boy on the news": the whole says more than its parts
    heard = [Topic(*classify(part), part) for part in parts(text)]
    topics = sorted((t for t in heard if t.sure >= SURE and _is_topic(t.name)), key=lambda t: _gravity(t.name))
    if not topics:
        return None, None
    gravest = topics[0].name
    graver = gravest in CARE and topics[0].sure >= SURE_OF_CARE and _gravity(gravest) < _gravity(whole)
    first = gravest if graver or (whole in _LIGHT and _is_asked(gravest)) else whole
    if not _is_topic(first):
        return None, None
    second = next((t for t in topics if (t.name in BESIDE_CARE if first in CARE else _is_asked(t.name)) and t.name != first
                   and t.sure >= SURE_OF_SECOND and not _much_the_same(first, t.name) and (_REQUEST.search(t.text) or t.name in _SMALL)), None)
    return (first if first != whole else None), second


def _is_asked(name: str) -> bool:
    return name in ASKED or name.startswith(PLAIN)


def _is_topic(name: str) -> bool:
    return name in CARE or _is_asked(name)


def _gravity(name: str) -> int:
    return _GRAVITY.get(name, len(_GRAVITY))


def _much_the_same(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _SAME)
