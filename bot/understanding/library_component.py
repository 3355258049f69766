"""Rasa component: a question that the guidance is sure of goes to the guidance, whatever the classifier made of it.

It stands before the safety component, which has the last word, and it never touches a message in which the net hears
anything, a message inside a contact, or words that belong to a conversation under way.
"""
from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.library.answers import Answer, NotHeld
from bot.library.asked import is_asked
from bot.library.documents import HOME
from bot.library.follow_up import Before, FollowUp, follow_up, wants_more
from bot.library.passages import bare, pieces
from bot.library.shared import shared_library
from bot.safety.net import load_net
from bot.understanding.topics import PLAIN

_SOMEBODY = re.compile(r"\b(?:i|i'?m|i'?ve|im|me|my|he|she|him|her|we|us|our|you|your|ur|u)\b", re.IGNORECASE)
_ABOUT_US = re.compile(r"^\W*(?:are|r|were|is this|am i) (?:you|u|ya|a|talking)\b", re.IGNORECASE)  # the service itself is meant
GUIDANCE = "guidance_question"
# How sure the guidance must be. Measured on the examples in data/nlu: at these scores at most four in a hundred messages
# that belong to an intent are taken from it, but for those about the guidance itself and those whose own words go first.
SURE = 0.55
# Small talk and "out of scope" lose nothing by a good answer.
SURE_OF_SMALL_TALK = 0.45
SMALL_TALK = frozenset({"everyday_talk", "news_or_story", "out_of_scope", "parenting_stress", "past_and_safe", "legal_question", "nlu_fallback",
                        "inform"})
# Their own words know the hour, the number or the wish; the guidance must be very sure.
VERY_SURE = 0.75
OWN_SUBJECT = frozenset({"ask_gateway_or_mash", "ask_family_help", "building_support_family", "building_support_practitioner",
                         "wish_find", "medical_question", "legal_question",
                         "adult_safeguarding", "care_questions", "young_carer", "bullied", "ask_rules_about_children", "ask_consent_to_share",
                         "work_recording", "work_practice_rules", "work_building_support_changes", "work_partnership_what"})
# They are about this service, this hour or the person's own case: no document can answer better.
ABOUT_HERE = frozenset({"ask_number", "ask_hours", "ask_out_of_hours", "ask_email", "ask_mash_contact", "ask_is_number_right", "ask_deaf_or_text",
                        "ask_cant_talk", "ask_language", "ask_can_i_ring_child", "ask_what_will_they_ask", "ask_secret_promise", "line_not_answered",
                        "ask_how_long", "ask_disagree", "ask_cost", "ask_named_person", "ask_in_trouble", "ask_can_i_say_no", "ask_will_they_tell",
                        "ask_other_place", "ask_what_to_say", "should_i_tell", "ask_accessibility", "ask_is_it_real", "ask_chase_report",
                        "ask_anonymous", "ask_after_sending", "ask_taken_away", "wishes_list", "wishes_about", "building_support_agency",
                        "wrong_chat", "why_ask", "ask_about_call", "ask_join_in", "ask_what_counts", "work_partnership_office", "work_lead_away",
                        "work_procedures", "work_training_details", "work_form_details", "work_meetings", "work_own_employer", "ask_advice_first",
                        "building_support_how", "work_services_list", "work_family_declined",
                        "work_no_further_action", "work_lead_role", "work_talk_with_family",
                        "work_small_worry_about_colleague", "are_you_real", "homework"})
# A question for a fact of the documents that names nobody ("who chairs the Partnership Board?") is still theirs, if they are this sure.
SURE_OF_A_FACT = 0.7
TOLD_IN_OWN_WORDS = frozenset({"wishes_list", "wishes_about", "building_support_agency", "building_support_how",
                               *(name for name in ABOUT_HERE if name.startswith("work_"))})  # their words say what the documents say
# Below this the classifier guesses among many plain questions, and what it guessed protects nothing.
SURE_OF_INTENT = 0.35
# Sections that say no more than an intent's own words, which were written for the purpose.
SAME_AS_OWN_WORDS = {"building_support_what": "building-support#what", "building_support_practitioner": "building-support#mindset"}
# Their own words are said too, and first.
CARE = frozenset({"worry_about_child", "child_telling", "practitioner_urgent", "practitioner_support", "someone_may_report_me", "emergency_or_not",
                  "ask_fgm_duty", "ask_allegation_about_worker"})
WORD_FOR_WORD = 0.999  # as sure as the classifier is of an example that it knows as it stands
NEVER = frozenset({"danger_now", "suicide_now", "self_harm_me", "self_harm_other", "promise_not_to_tell", "start_contact", "contact_status",
                   "ask_human", "ask_privacy", "what_can_you_do", "insult", "harmful_request", "affirm", "deny", "stop", "skip",
                   "send_it", "check_answers", "change_answer", "carry_on", "go_back", "greet", "goodbye", "thanks", "wish_broken", "simpler",
                   "shorter", "explain_words", "which_one", "never_mind", "leave_comment", "start_reflection", "feeling_low", "frustrated",
                   "audience_said", "wishes_print", "small_talk", "follow_up", "everyday_feeling", "good_news", "thank_a_worker",
                   "words_testing", "who_wrote_this", "work_feelings"})
# What a follow-up may be heard as: it leans on the answer before, so its own words say little.
MAY_LEAN = SMALL_TALK | {GUIDANCE, "what_if_question", "ask_training", "young_safeguarders", "why_ask", "say_again", "dont_know", "ask_who_reported",
                         "building_support_what", "building_support_practitioner", "ask_what_happens_next", "carry_on", "go_back",
                         "ask_are_you_police", "wish_find", "wishes_list", "ask_gateway_or_mash", "affirm", "practitioner_support"}

# Heard of a question that leans on a fact just given ("who pays for them?", "when did it start?"), they are the guidance's if the same
# document answers; never after an answer that ends with whom to ring, and never if the person speaks of themselves.
LEANS_AFTER_A_FACT = frozenset({"ask_hours", "ask_how_long", "ask_cost", "ask_chase_report", "which_one", "ask_complaint",
                                "wishes_about", "wishes_list", "wishes_more", "ask_named_person", "what_can_you_do", "ask_other_place",
                                "contact_status"})
_SELF = re.compile(r"\b(?:i|i'?m|i'?ve|im|me|my|we|us|our|you|your|ur|u)\b", re.IGNORECASE)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class LibraryComponent(GraphComponent):
    """Sends questions to the guidance. Puts what the action needs into the message under ``guidance``."""

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "LibraryComponent":
        """A new component."""
        return cls()

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent where the guidance should answer."""
        for message in messages:
            text, heard = message.get(TEXT), str((message.get(INTENT) or {}).get("name"))
            if not text or (tracker and tracker.active_loop_name) or load_net().check(text).findings.first is not None:
                continue
            if heard in SMALL_TALK and float((message.get(INTENT) or {}).get("confidence") or 0) > WORD_FOR_WORD:
                continue
            sure = float((message.get(INTENT) or {}).get("confidence") or 0) >= SURE_OF_INTENT
            asked = what_to_look_up(text, heard, _before(tracker), sure)
            if asked is not None:
                message.set("guidance", asked, add_to_output=True)
                message.set(INTENT, {"name": GUIDANCE, "confidence": 1.0}, add_to_output=True)
        return messages


def what_to_look_up(text: str, heard: str, before: Optional[Before], sure: bool = True) -> Optional[Dict[str, Any]]:
    """What the action should look up, or None to leave the message to the intent that was heard. ``sure``: the classifier is."""
    leaning = follow_up(text, before) if before else None
    if leaning is not None and not (heard in MAY_LEAN | LEANS_AFTER_A_FACT or leaning.item or wants_more(text)):
        leaning = None
    must_stay = leaning is not None and (heard in LEANS_AFTER_A_FACT or leaning.short)
    if leaning is not None and before is not None and must_stay and not _stays_with_the_fact(text, leaning, before):
        leaning = None
    if leaning is not None and before is not None and _is_held(leaning, before):
        return {"question": leaning.question, "beside": before.place, "whole": leaning.whole, "at_least": SURE if leaning.elsewhere else 0.0}
    if heard in ABOUT_HERE - TOLD_IN_OWN_WORDS and _is_a_fact(text):
        return {"question": text, "instead_of": None}
    guessed = not sure and (heard in TOLD_IN_OWN_WORDS | OWN_SUBJECT or heard.startswith(PLAIN))
    if heard in NEVER or (heard in ABOUT_HERE and not guessed) or heard == GUIDANCE or not (is_asked(text) or _is_a_heading(text)):
        return None
    own_subject = (heard in OWN_SUBJECT or heard.startswith(PLAIN)) and not guessed or bool(_ABOUT_US.search(text))
    enough = VERY_SURE if own_subject else SURE_OF_SMALL_TALK if heard in SMALL_TALK else SURE
    found = shared_library().answer(text, enough)
    if isinstance(found, Answer) and found.citations[0].found != SAME_AS_OWN_WORDS.get(heard):
        return {"question": text, "instead_of": heard if heard in CARE else None}
    if isinstance(found, NotHeld) and found.untold and heard in SMALL_TALK:  # a document says that it does not tell this
        return {"question": text, "instead_of": None}
    return None


def _is_a_fact(text: str) -> bool:
    """Whether words that name nobody ask for something that a document holds, and that is not whom to ring."""
    if not (is_asked(text) or _is_a_heading(text)) or _SOMEBODY.search(text.replace("’", "'")):
        return False
    found = shared_library().answer(text, SURE_OF_A_FACT)
    return isinstance(found, Answer) and not found.route


def _is_a_heading(text: str) -> bool:
    """Words that name a thing and tell nothing of anybody ("total income of the partnership")."""
    return len(text.split()) <= 10 and not _SOMEBODY.search(text.replace("’", "'"))


def _is_held(leaning: FollowUp, before: Before) -> bool:
    return leaning.sure or shared_library().answer(leaning.question, beside=before.place) is not None


def _stays_with_the_fact(text: str, leaning: FollowUp, before: Before) -> bool:
    held = shared_library().held(before.place)
    if held is None or held.document.route or _SELF.search(text.replace("’", "'")):
        return False
    other_city = leaning.elsewhere and HOME not in leaning.question
    found = shared_library().answer(leaning.question, VERY_SURE if other_city else SURE_OF_SMALL_TALK, before.place)
    if leaning.elsewhere:  # the same figure of another place: given from its own documents, or said not to be held
        return found is not None
    return isinstance(found, Answer) and found.citations[0].found.partition("#")[0] == held.document.id


def _before(tracker: Optional[DialogueStateTracker]) -> Optional[Before]:
    """The question before this message, if the last thing said was from the guidance, or that it is not held."""
    said: Optional[Dict[str, Any]] = None
    for event in reversed(tracker.events if tracker else []):
        if isinstance(event, BotUttered) and said is None:
            said = (event.data or {}).get("custom") or {}
            if said.get("key") not in ("guidance", "guidance_not_held", "guidance_none"):
                return None
        if isinstance(event, UserUttered) and said is not None:
            held = shared_library().held(str(said.get("found") or ""))
            question = str(((event.parse_data or {}).get("guidance") or {}).get("question") or event.text or "")
            if held is None:
                return Before(question)
            items = tuple(bare(piece) for piece in pieces(held.section.text) if bare(piece) != piece)
            return Before(question, str(said["found"]), held.section.heading, held.document.title, items)
    return None
