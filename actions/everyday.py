"""Actions of everyday talk: not understood, say it again, a plain yes, nothing open."""
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.guidance import LookUp
from actions.speaking import SpeakingAction, all_said, fitting, intent_of, key_of, now, said_by_person, say, words
from bot.audience import Audience, audience_of, heard_in
from bot.did_you_mean import FEW_WORDS, load_questions
from bot.library.asked import is_asked
from bot.library.guessed import guidance_knows
from bot.safety.net import load_net
from bot.said_keys import CHOOSE_A_QUESTION, NOT_UNDERSTOOD
from bot.understanding.wording import offered
from bot.who_knows import PREFIX

KIND_OF: Dict[Optional[Audience], str] = {Audience.PRACTITIONER: "work_child", Audience.PARENT: "family_life",
                                          Audience.CHILD: "young_people", Audience.TEENAGER: "young_people"}


class NotUnderstood(SpeakingAction):
    """Says so once, with what helps with anything of the kind; the second time in a row it offers people to ring."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_understood"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say what helps with anything of the kind, if that is clear; first try the guidance, which may know the words."""
        text = said_by_person(tracker)
        if len(text.split()) > FEW_WORDS and guidance_knows(text):
            return LookUp().respond(dispatcher, tracker)
        again = _not_understood_just_before(tracker)
        near = tracker.latest_message.get("near") or KIND_OF.get(audience_of(all_said(tracker)))
        helps = fitting(tracker, PREFIX + near) if near else []
        choice = [] if again else load_questions().to_choose_from(tracker.latest_message.get("intent_ranking") or [])
        enough = len(text.split()) > FEW_WORDS
        if choice and enough and load_net().check(text).findings.first is None:
            say(dispatcher, offered(words(), choice, now(), helps))
            return []
        plainly_asked = is_asked(text) and enough
        if helps and not again and enough:
            say(dispatcher, [*words().say("who_knows_asked" if plainly_asked else "who_knows_told", now()), *helps])
            return []
        key = "not_understood_again" if again else "not_understood_question" if plainly_asked else "not_understood"
        say(dispatcher, words().say(key, now()))
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
        """Say that nothing is open; to somebody who stops, that they need not say more; "actually I'm a teacher" is heard."""
        said, who = heard_in(said_by_person(tracker))
        if said and who is not None:
            say(dispatcher, fitting(tracker, "utter_audience_said"))
            return []
        say(dispatcher, fitting(tracker, "utter_never_mind") if intent_of(tracker) == "stop" else words().say("utter_nothing_open", now()))
        return []


def _not_understood_just_before(tracker: Tracker) -> bool:
    users = [i for i, e in enumerate(tracker.events) if e.get("event") == "user"]
    if len(users) < 2:
        return False
    between = tracker.events[users[-2]:users[-1]]
    keys = [key_of(e) for e in between if e.get("event") == "bot"]
    return any(key in NOT_UNDERSTOOD or key == CHOOSE_A_QUESTION or key.startswith(PREFIX) for key in keys)
