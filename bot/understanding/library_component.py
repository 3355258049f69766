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
from bot.of_somebody import speaks_of_somebody, speaks_of_us
from bot.safety.net import load_net
from bot.understanding.topics import PLAIN
from bot.understanding.traits import NOT_UNDERSTOOD, intents_that_are, same_as_own_words

_ABOUT_US = re.compile(r"^\W*(?:are|r|were|is this|am i) (?:you|u|ya|a|talking)\b", re.IGNORECASE)  # the service itself is meant
_QUOTED = re.compile(r"\b(?:the|this|that|your) ['\"‘“]([A-Za-z-]{3,24})['\"’”](?!\w)", re.IGNORECASE)
_WHOM_TO_RING = re.compile(r"\b(?:phone|telephone|tel|contact) ?(?:numbers?|no)\b|\bnumbers? (?:for|to ring|to call)\b|"
                           r"\bwho (?:do|should|can) \w+ (?:ring|call|phone)\b",
                           re.IGNORECASE)
GUIDANCE = "guidance_question"
# How sure the guidance must be to answer in an intent's place (guidance/intents.yml says which is which). Measured on the examples in data/nlu:
# at these scores at most four in a hundred messages that belong to an intent are taken from it, but for those about the guidance
# itself and those whose own words go first.
SURE, SURE_OF_SMALL_TALK, VERY_SURE = 0.68, 0.555, 0.875
# A question for a fact of the documents that names nobody ("who chairs the Partnership Board?") is theirs even if it sounds like one about here.
SURE_OF_A_FACT = 0.82
# Below this the classifier guesses among many plain questions, and what it guessed protects nothing.
SURE_OF_INTENT = 0.35
WORD_FOR_WORD = 0.999  # as sure as the classifier is of an example that it knows as it stands


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
            in_contact = bool(tracker and tracker.active_loop_name)
            if not text or in_contact and heard != NOT_UNDERSTOOD or load_net().check(text).findings.first is not None:
                continue
            known = float((message.get(INTENT) or {}).get("confidence") or 0) > WORD_FOR_WORD
            if known and (heard.startswith(PLAIN) or heard in intents_that_are("small_talk") | intents_that_are("about_here")):
                continue
            sure = float((message.get(INTENT) or {}).get("confidence") or 0) >= SURE_OF_INTENT
            asked = _beside_a_contact(text) if in_contact else what_to_look_up(text, heard, _before(tracker), sure)
            if asked is not None:
                message.set("guidance", asked, add_to_output=True)
                message.set(INTENT, {"name": GUIDANCE, "confidence": 1.0}, add_to_output=True)
        return messages


def _beside_a_contact(text: str) -> Optional[Dict[str, Any]]:
    """What to look up while a contact is taken: a question that the guidance is very sure of, or an answer would be lost."""
    return {"question": text, "instead_of": None} if is_asked(text) and isinstance(shared_library().answer(text, VERY_SURE), Answer) else None


def what_to_look_up(text: str, heard: str, before: Optional[Before], sure: bool = True) -> Optional[Dict[str, Any]]:
    """What the action should look up, or None to leave the message to the intent that was heard. ``sure``: the classifier is."""
    leaning = _leaning(text, heard, before) if before else None
    if leaning is not None:
        return leaning
    if heard in intents_that_are("about_here") and _is_a_fact(text):
        return {"question": text, "instead_of": None}
    enough = _enough(text, heard, sure)
    if enough is None or not (is_asked(text) or _is_a_heading(text)):
        return None
    found = shared_library().answer(text, enough) or _of_what_is_quoted(text)
    if isinstance(found, Answer) and found.citations[0].found not in same_as_own_words().get(heard, ()):
        return {"question": text, "instead_of": heard if heard in intents_that_are("words_go_first") else None}
    if isinstance(found, NotHeld) and (heard in intents_that_are("documents_tell_more")  # what was asked for is named, and is not held
                                       or found.untold and heard in intents_that_are("small_talk")):  # a document says that it does not tell this
        return {"question": text, "instead_of": None}
    return None


def _of_what_is_quoted(text: str) -> Optional[Answer]:
    """The answer to a question that quotes a word of the guidance ("the 'Kind' value"), if it stands under a heading with this word."""
    quoted = [words.lower() for words in _QUOTED.findall(text)]
    found = shared_library().answer(text) if quoted else None
    held = shared_library().held(found.citations[0].found) if isinstance(found, Answer) else None
    return found if isinstance(found, Answer) and held and any(words in held.section.heading.lower().split() for words in quoted) else None


def _enough(text: str, heard: str, sure: bool) -> Optional[float]:
    """How sure the guidance must be to answer in the place of what was heard; None if it never may."""
    if heard == GUIDANCE or heard in intents_that_are("never_guidance"):
        return None
    if heard in intents_that_are("documents_tell_more"):
        return SURE
    here, own_words = heard in intents_that_are("about_here"), heard in intents_that_are("told_in_own_words")
    own_subject = heard in intents_that_are("own_subject") or heard.startswith(PLAIN)
    guessed = not sure and (own_words or own_subject)
    if (here or own_words) and not guessed:
        return None
    if (own_subject and not guessed) or _ABOUT_US.search(text):
        return VERY_SURE
    own_story = heard == NOT_UNDERSTOOD and speaks_of_somebody(text)  # a report's words seldom answer it
    return SURE_OF_SMALL_TALK if heard in intents_that_are("small_talk") and not own_story else SURE


def _leaning(text: str, heard: str, before: Before) -> Optional[Dict[str, Any]]:
    """What to look up for a question that leans on the answer before it; None if it does not, or nothing is held."""
    asked = follow_up(text, before)
    after_a_fact = heard in intents_that_are("leans_after_a_fact")
    if asked is None or not (after_a_fact or heard in intents_that_are("may_lean") or asked.item or wants_more(text)):
        return None
    if (after_a_fact or asked.short) and not _stays_with_the_fact(text, asked, before):
        return None
    if not _is_held(asked, before):
        return None
    return {"question": asked.question, "beside": before.place, "whole": asked.whole, "at_least": SURE if asked.elsewhere else 0.0}


def _is_a_fact(text: str) -> bool:
    """Whether words that name nobody ask for something that a document holds, and that is not whom to ring."""
    if not (is_asked(text) or _is_a_heading(text)) or speaks_of_somebody(text) or _WHOM_TO_RING.search(text):
        return False
    found = shared_library().answer(text, SURE_OF_A_FACT)
    return isinstance(found, Answer) and not found.route


def _is_a_heading(text: str) -> bool:
    """Words that name a thing and tell nothing of anybody ("total income of the partnership")."""
    return len(text.split()) <= 10 and not speaks_of_somebody(text)


def _is_held(leaning: FollowUp, before: Before) -> bool:
    return leaning.sure or shared_library().answer(leaning.question, beside=before.place) is not None


def _stays_with_the_fact(text: str, leaning: FollowUp, before: Before) -> bool:
    held = shared_library().held(before.place)
    if held is None or held.document.route or speaks_of_us(text):
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
