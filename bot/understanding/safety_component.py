"""Rasa component, last in the pipeline: the safety net's finding becomes the intent. It raises, never lowers."""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.safety.findings import Kind
from bot.safety.net import Check, load_net
from bot.safety.voter import train_voter

# A pattern of care outranks small talk and mistakes, but not another kind of care.
CARE_OUTRANKS = frozenset({"nlu_fallback", "greet", "goodbye", "thanks", "everyday_talk", "news_or_story", "insult", "out_of_scope",
                           "affirm", "deny", "dont_know", "parenting_stress", "say_again", "stop", "what_can_you_do"})
URGENT = frozenset({Kind.DANGER_NOW.value, Kind.SUICIDE_NOW.value})
EARLIER = 3


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SafetyComponent(GraphComponent):
    """Asks the same net as the public door. Training it fits the net's classifier (models/safety-voter.npz)."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "SafetyComponent":
        """A new component."""
        return cls(resource)

    @classmethod
    def load(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "SafetyComponent":
        """The same as a new one: the voter's weights stand beside the model, where the public door can read them too."""
        return cls(resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the voter on the examples."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        train_voter([load_net().standard(e.get(TEXT)) for e in examples], [e.get(INTENT) for e in examples])
        load_net.cache_clear()
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Raise the intent where the net found something."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._raise(message, load_net().check(text, _earlier(tracker), _in_contact(tracker)))
        return messages

    @staticmethod
    def _raise(message: Message, check: Check) -> None:
        first = check.findings.first
        heard = (message.get(INTENT) or {}).get("name")
        if first is None:
            # the intent classifier alone is not the net; what it heard as danger is kept, as it may only add
            message.set("about_another", check.about_another, add_to_output=True)
            return
        if first.kind is Kind.POSSIBLE_DANGER:
            name = heard  # the public door answers; Rasa keeps what it understood
        elif first.is_alarm or (heard in CARE_OUTRANKS and first.voter == "pattern"):
            name = first.kind.value
        else:
            name = heard
        message.set("about_another", check.about_another, add_to_output=True)
        if name != heard:
            message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)


def _in_contact(tracker: Optional[DialogueStateTracker]) -> bool:
    """True if a contact is being taken and its first question was answered."""
    draft = tracker.get_slot("contact_draft") if tracker else None
    return bool(draft and "danger" in draft.get("answers", {}))


def _earlier(tracker: Optional[DialogueStateTracker]) -> List[str]:
    """What the person said just before, since the last alarm."""
    said: List[str] = []
    for event in reversed(tracker.events if tracker else []):
        if isinstance(event, UserUttered) and event.text:
            if event.intent_name in URGENT or len(said) == EARLIER:
                break
            said.insert(0, event.text)
    return said
