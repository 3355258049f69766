"""The base of every action here: it always answers, and its log is quiet."""
import datetime as dt
import logging
from abc import ABC, abstractmethod
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.fitting import fitted
from bot.handoff.quiet import place_of
from bot.live_words import live_words
from bot.understanding.wording import joined
from bot.words import Message, Words

log = logging.getLogger(__name__)


def words() -> Words:
    """The process's one set of words, as the files have it now."""
    return live_words()


def now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.timezone.utc)


def say(dispatcher: CollectingDispatcher, messages: List[Message], **custom: Any) -> None:
    """Say messages as one response."""
    if not messages:
        return
    response = joined(messages)
    dispatcher.utter_message(text=response["text"], buttons=response["buttons"], json_message={**response["custom"], **custom})


class SpeakingAction(Action, ABC):
    """An action that always answers. Left alone, Rasa 3.6 answers an exception with an
    empty list and writes the whole conversation into its log."""

    @abstractmethod
    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say something and return events."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict[str, Any]]:
        """Called by Rasa. Never raises, but to hand a turn back to the rules."""
        try:
            return self.respond(dispatcher, tracker)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            log.error("action_failed action=%s error=%s at=%s", self.name(), type(error).__name__, place_of(error))
            dispatcher.messages.clear()
            say(dispatcher, words().say("help_lines", now()))
            return []


def said_by_person(tracker: Tracker) -> str:
    """The latest message, as typed."""
    return str(tracker.latest_message.get("text") or "")


def all_said(tracker: Tracker) -> List[str]:
    """Everything the person said so far, oldest first."""
    return [str(e["text"]) for e in tracker.events if e.get("event") == "user" and e.get("text")]


def fitting(tracker: Tracker, key: str, **given: str) -> List[Message]:
    """The words of a key for this person."""
    last = last_reply(tracker)
    return fitted(words(), key, all_said(tracker), now(), key_of(last[-1]) if last else "", unsure=False, **given)


def intent_of(tracker: Tracker) -> str:
    """The intent of the latest message."""
    return str((tracker.latest_message.get("intent") or {}).get("name"))


def last_reply(tracker: Tracker) -> List[Dict[str, Any]]:
    """What the service said last, as bot events (before the latest message), oldest first."""
    said: List[Dict[str, Any]] = []
    turns = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            turns += 1
            if said or turns > 3:
                break
        elif event.get("event") == "bot" and turns >= 1 and event.get("text"):
            said.insert(0, event)
    return said


def key_of(event: Dict[str, Any]) -> str:
    """The wording key that a bot event said, or nothing."""
    return str(((event.get("data") or {}).get("custom") or {}).get("key") or "")


def intent_before(tracker: Tracker) -> str:
    """The intent of the message before the latest one."""
    users = [e for e in tracker.events if e.get("event") == "user"]
    return str(((users[-2].get("parse_data") or {}).get("intent") or {}).get("name")) if len(users) > 1 else ""


def answered_by_others(tracker: Tracker, form: str) -> bool:
    """True if this turn's side question has been answered already, so that the form is run to ask again."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected" and event.get("name") == form:
            return True
    return False
