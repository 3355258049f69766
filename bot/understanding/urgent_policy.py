"""Danger goes before every rule and every form: one response, then listen. A contact that ended listens too."""
from typing import Any, Dict, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.next_action_policy import NextActionPolicy

SAY = {"danger_now": "utter_danger_now", "suicide_now": "utter_suicide_now_me"}
ABOUT_ANOTHER = "utter_suicide_now_other"
FORMS = frozenset({"contact_form", "reflection_form", "comment_form"})  # each is ended by its own action, which has then spoken


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=False)
class UrgentPolicy(NextActionPolicy):
    """Predicts the urgent response for an urgent intent, and then to listen, so that no form asks on."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Above every other policy."""
        return {"priority": 100}

    @staticmethod
    def next_action(tracker: DialogueStateTracker) -> Optional[str]:
        """The urgent response, or listening after it."""
        said = set(SAY.values()) | {ABOUT_ANOTHER}
        for event in reversed(tracker.applied_events()):
            if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
                ended = event.action_name in FORMS and not tracker.active_loop
                return ACTION_LISTEN_NAME if event.action_name in said or ended else None
            if isinstance(event, UserUttered):
                intent = event.intent_name
                if intent == "suicide_now" and event.parse_data.get("about_another"):
                    return ABOUT_ANOTHER
                return SAY.get(intent or "")
        return None
