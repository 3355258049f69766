"""Actions that answer from the guidance documents."""
import functools
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import SpeakingAction, now, said_by_person, say, words
from bot.handoff.heard import is_question
from bot.library.answers import Answer, NotHeld
from bot.library.search import Library, open_library
from bot.words import Message


@functools.lru_cache(maxsize=1)
def library() -> Library:
    """The process's one library."""
    return open_library()


# Intents whose questions the guidance may answer better than their own words do, and how sure it must be.
# Measured on questions of data/nlu: at these scores almost no question that belongs to the intent is taken away.
GUIDANCE_FIRST = {"everyday_talk": 0.45, "news_or_story": 0.45, "parenting_stress": 0.45, "past_and_safe": 0.45, "out_of_scope": 0.45,
                  "what_if_question": 0.5, "practitioner_support": 0.5, "ask_what_happens_next": 0.5, "building_support_what": 0.5,
                  "building_support_practitioner": 0.5, "legal_question": 0.5, "ask_complaint": 0.55, "ask_gateway_or_mash": 0.6}
LIKELY = 0.42
WITH_OWN_WORDS = frozenset({"practitioner_support"})


class LookUpOrSay(SpeakingAction):
    """For a question, the guidance if it is sure; otherwise the words of the intent."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up_or_say"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the answer, the words of the intent, or both."""
        text = said_by_person(tracker)
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        own = words().say(f"utter_{intent}", now())
        found = library().answer(text, GUIDANCE_FIRST.get(intent, 1.0)) if is_question(text) else None
        if isinstance(found, Answer):
            own = with_sources(found) + (own if intent in WITH_OWN_WORDS else [])
        say(dispatcher, own)
        return []


class LookUp(SpeakingAction):
    """Answers from the guidance documents with the source, or says that the answer is not held."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the answer, or that there is none."""
        found = library().answer(said_by_person(tracker))
        if isinstance(found, Answer):
            say(dispatcher, with_sources(found))
        elif isinstance(found, NotHeld):
            say(dispatcher, [Message(found.words, custom={"key": "guidance_not_held"})] + words().say("guidance_where", now()))
        else:
            say(dispatcher, words().say("guidance_none", now()))
        return []


def with_sources(answer: Answer) -> List[Message]:
    """The answer's words, then the line that names each source."""
    return [Message(answer.words), Message("\n".join(c.line() for c in answer.citations), custom={"key": "guidance"})]
