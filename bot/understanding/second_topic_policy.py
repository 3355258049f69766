"""Rasa policy: when a message held a second topic, it is answered after the first, in the same turn."""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

ACTION = "action_second_topic"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=False)
class SecondTopicPolicy(Policy):
    """Predicts the second answer once the first was given, and then to listen."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Above the rules, below the urgent words."""
        return {"priority": 90}

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(self, tracker: DialogueStateTracker, domain: Domain,
                                     rule_only_data: Optional[Dict[str, Any]] = None, **kwargs: Any) -> PolicyPrediction:
        """Sure of the second answer, or of listening after it; unsure of everything else."""
        probabilities = self._default_predictions(domain)
        action = self._next(tracker)
        if action:
            probabilities[domain.index_for_action(action)] = 1.0
        # is_no_user_prediction: see UrgentPolicy
        return self._prediction(probabilities, is_no_user_prediction=action is not None)

    @staticmethod
    def _next(tracker: DialogueStateTracker) -> Optional[str]:
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
