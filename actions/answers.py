"""Actions that answer a question: guidance, wishes, what was not understood."""
import functools
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import SpeakingAction, now, said_by_person, say, words
from bot.handoff.heard import is_question
from bot.library.answers import Answer, NotHeld
from bot.library.search import Library, open_library
from bot.wishes import Wishes, load_wishes
from bot.words import Message


@functools.lru_cache(maxsize=1)
def library() -> Library:
    """The process's one library."""
    return open_library()


@functools.lru_cache(maxsize=1)
def wishes() -> Wishes:
    """The Ten Wishes."""
    return load_wishes()


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
            own = _with_sources(found) + (own if intent in WITH_OWN_WORDS else [])
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
            say(dispatcher, _with_sources(found))
        elif isinstance(found, NotHeld):
            say(dispatcher, [Message(found.words, custom={"key": "guidance_not_held"})] + words().say("guidance_where", now()))
        else:
            say(dispatcher, words().say("guidance_none", now()))
        return []


class ListWishes(SpeakingAction):
    """Quotes all Ten Wishes."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_list_wishes"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the list; a question about some other list ("name the five …") is looked up."""
        text = said_by_person(tracker)
        found = None if "wish" in text.lower() else library().answer(text, LIKELY)
        say(dispatcher, _with_sources(found) if isinstance(found, Answer) else _all_wishes())
        return []


class FindWish(SpeakingAction):
    """Finds the wish that somebody asks about, and never makes one up."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_find_wish"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish, or all of them."""
        wish = wishes().nearest(said_by_person(tracker))
        if wish is None:
            say(dispatcher, words().say("wish_not_sure", now()) + _all_wishes())
        else:
            say(dispatcher, words().say("wish_found", now(), wish=wish.wish) + words().say("wish_asks", now(), asks=wish.asks)
                + words().say("wishes_source", now()))
        return []


class WishBroken(SpeakingAction):
    """Somebody tells of a worker who breaks a wish: the wish, and what to do about it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_wish_broken"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish and the next step."""
        wish = wishes().nearest(said_by_person(tracker))
        found = words().say("wish_found", now(), wish=wish.wish) if wish else words().say("wish_broken_any", now())
        say(dispatcher, words().say("wish_broken_intro", now()) + found + words().say("wish_broken_next", now())
            + words().say("wishes_source", now()))
        return []


class NotUnderstood(SpeakingAction):
    """Says so once; the second time in a row it offers people to ring."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_understood"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say that it was not understood; first try the guidance, which may know the words."""
        text = said_by_person(tracker)
        found = library().answer(text, LIKELY) if len(text.split()) > 3 else None
        if found is not None:
            return LookUp().respond(dispatcher, tracker)
        again = _not_understood_just_before(tracker)
        say(dispatcher, words().say("not_understood_again" if again else "not_understood", now()))
        return []


class SayAgain(SpeakingAction):
    """Repeats the last thing said."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_say_again"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say it again."""
        for event in reversed(tracker.events):
            if event.get("event") == "bot" and event.get("text"):
                data = event.get("data") or {}
                dispatcher.utter_message(text=event["text"], buttons=data.get("buttons") or [], json_message=data.get("custom") or {})
                return []
        say(dispatcher, words().say("utter_nothing_to_repeat", now()))
        return []


class Yes(SpeakingAction):
    """A plain yes: begins what the last message offered."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_yes"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Start the contact if it was offered, else ask what is wanted."""
        last = next((e for e in reversed(tracker.events) if e.get("event") == "bot"), None)
        if last and ((last.get("data") or {}).get("custom") or {}).get("offers") == "contact":
            return [FollowupAction("contact_form")]
        say(dispatcher, words().say("utter_affirm", now()))
        return []


class NothingOpen(SpeakingAction):
    """A word that belongs to a contact (skip, back, send it) when none is under way."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_nothing_open"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say that nothing is open."""
        say(dispatcher, words().say("utter_nothing_open", now()))
        return []


def _with_sources(answer: Answer) -> List[Message]:
    return [Message(answer.words), Message("\n".join(c.line() for c in answer.citations), custom={"key": "guidance"})]


def _all_wishes() -> List[Message]:
    listed = "\n".join(f"- {w.wish}" for w in wishes().all)
    return words().say("wishes_intro", now()) + [Message(listed)] + words().say("wishes_source", now())


def _not_understood_just_before(tracker: Tracker) -> bool:
    users = [i for i, e in enumerate(tracker.events) if e.get("event") == "user"]
    if len(users) < 2:
        return False
    between = tracker.events[users[-2]:users[-1]]
    keys = [((e.get("data") or {}).get("custom") or {}).get("key") for e in between if e.get("event") == "bot"]
    return any(k in ("not_understood", "not_understood_again") for k in keys)
