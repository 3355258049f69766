"""The second topic of a message, answered after the first."""
import copy
from typing import Any, Dict, List, Optional, Type

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import AskNumber, ExplainWords, OtherPlace
from actions.guidance import LookUp, LookUpOrSay
from actions.speaking import SpeakingAction, fitting, say, words
from actions.wishes import FindWish, ListWishes, WishBroken

WITH_ACTION: Dict[str, Type[SpeakingAction]] = {
    "wishes_list": ListWishes, "wish_find": FindWish, "ask_number": AskNumber, "guidance_question": LookUp, "ask_training": LookUp,
    "young_safeguarders": LookUp, "explain_words": ExplainWords, "ask_other_place": OtherPlace, "building_support_practitioner": LookUpOrSay,
    "work_building_support_monday": LookUpOrSay}


def action_of(intent: str) -> Optional[Type[SpeakingAction]]:
    """What answers an intent, as the rule of the intent has it; None if its words alone do."""
    return WishBroken if intent.startswith("wish_broken") else WITH_ACTION.get(intent)


class SecondTopic(SpeakingAction):
    """Answers the part of the message that was set aside while the graver one was answered."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_second_topic"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say its words, or run its action on its own part of the message."""
        also = tracker.latest_message.get("also") or {}
        intent, part = str(also.get("intent")), str(also.get("text"))
        alone = copy.copy(tracker)
        alone.latest_message = {**tracker.latest_message, "text": part, "intent": {"name": intent, "confidence": 1.0},
                                "guidance": None}
        action = action_of(intent)
        if action is not None:
            action().respond(dispatcher, alone)
        elif f"utter_{intent}" in words().entries:
            say(dispatcher, fitting(alone, f"utter_{intent}"))
        return []
