"""What our own Rasa policies share: nothing is learned, and the next action is named or left to others."""
from __future__ import annotations

from abc import abstractmethod
from typing import Any, Dict, List, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker


class NextActionPolicy(Policy):
    """A policy that is sure of one action or of none. A kind of it says which, and its priority."""

    @staticmethod
    @abstractmethod
    def next_action(tracker: DialogueStateTracker) -> Optional[str]:
        """The action that must come next, or None to leave it to the other policies."""

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(self, tracker: DialogueStateTracker, domain: Domain,
                                     rule_only_data: Optional[Dict[str, Any]] = None, **kwargs: Any) -> PolicyPrediction:
        """Sure of the next action if there is one; unsure of everything else."""
        probabilities = self._default_predictions(domain)
        action = self.next_action(tracker)
        if action:
            probabilities[domain.index_for_action(action)] = 1.0
        # is_no_user_prediction: without it a rule's own prediction would win over this one
        return self._prediction(probabilities, is_no_user_prediction=action is not None)
