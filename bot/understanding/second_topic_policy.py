"""Rasa policy: when a message held a second topic, it is answered after the first, in the same turn."""
from __future__ import annotations

from typing import Any, Dict, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.next_action_policy import NextActionPolicy

ACTION = "action_second_topic"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=False)
class SecondTopicPolicy(NextActionPolicy):
    """Predicts the second answer once the first was given, and then to listen."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Above the rules, below the urgent words."""
        return {"priority": 90}

    @staticmethod
    def next_action(tracker: DialogueStateTracker) -> Optional[str]:
        """The second answer, or listening after it."""
        if tracker.active_loop:
            return None
        done = []
        for event in reversed(tracker.applied_events()):
            if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
                done.append(event.action_name)
            if isinstance(event, UserUttered):
                if ACTION in done:
                    return ACTION_LISTEN_NAME
                also = event.parse_data.get("also")
                return ACTION if done and also and also["intent"] != event.intent_name else None
        return None
