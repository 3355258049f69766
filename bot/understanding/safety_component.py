"""Rasa component, last in the pipeline: the safety net's finding becomes the intent. It raises, never lowers."""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.safety.findings import URGENT, Kind
from bot.safety.net import Check, load_net
from bot.safety.voter import train_voter
from bot.understanding.intents import SETTLED_BY_WORDS
from bot.understanding.topics import ORDINARY
from bot.understanding.traits import intents_that_are

EARLIER = 3
CLEARLY_OWN = 0.90       # of the net's kinds: "a girl told me that he comes in my room" comes to 0.7
SURE_OF_ORDINARY = 0.60  # below it an ordinary reply stands behind words of harm that a pattern knows


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
        train_voter([load_net().standard(e.get(TEXT)) for e in examples], [e.get(INTENT) for e in examples],
                    [((e.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("about") == "another" for e in examples])
        load_net.cache_clear()
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Raise the intent where the net found something."""
        in_contact = _in_contact(tracker)
        for message in messages:
            text = message.get(TEXT)
            if text:
                check = load_net().check(text, _earlier(tracker), in_contact)
                intent = message.get(INTENT) or {}
                name = _intent(check, intent.get("name"), _sure(message), in_contact)
                if name == Kind.WORRY.value and _is_told_of_oneself(check, text):
                    name = Kind.CHILD_TELLING.value
                message.set("about_another", check.about_another, add_to_output=True)
                if name != intent.get("name"):
                    message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages


def _intent(check: Check, heard: Optional[str], sure: float, in_contact: bool) -> Optional[str]:
    """The intent after the net has spoken. ``heard`` is what the intent classifier made of the message, ``sure`` (0 to 1) how sure it was."""
    first = check.findings.first
    if check.findings.certain and first is not None:
        return first.kind.value
    if in_contact and heard in URGENT:
        # The net read this answer with the contact in mind and is not sure; the public door says the softer words.
        return "inform"
    guessed = heard is not None and heard.startswith(ORDINARY) and sure < SURE_OF_ORDINARY
    if first is not None and first.voter == "pattern" and (guessed or heard in intents_that_are("outranked_by_care")):
        return first.kind.value
    return heard


def _is_told_of_oneself(check: Check, text: str) -> bool:
    """Whether a pattern hears a child tell, and the net's classifier is clear that it is their own: the words of a worry are for others."""
    told = any(f.kind is Kind.CHILD_TELLING and f.voter == "pattern" for f in check.findings.all)
    return told and load_net().chances(load_net().standard(text)).get(Kind.CHILD_TELLING.value, 0.0) >= CLEARLY_OWN


def _sure(message: Message) -> float:
    """How sure the intent is, 0 to 1; of one that words settled, how sure the classifier was of it: those words rule out no harm."""
    intent, settled = message.get(INTENT) or {}, message.get(SETTLED_BY_WORDS) or {}
    return float((settled if settled.get("name") == intent.get("name") else intent).get("confidence") or 0)


def _in_contact(tracker: Optional[DialogueStateTracker]) -> bool:
    """True if somebody is giving an account: in a contact past its first question, or in a reflection."""
    if tracker is None:
        return False
    draft = tracker.get_slot("contact_draft")
    return bool(draft and "danger" in draft.get("answers", {})) or bool(tracker.get_slot("reflection"))


def _earlier(tracker: Optional[DialogueStateTracker]) -> List[str]:
    """What the person said just before, since the last alarm."""
    said: List[str] = []
    for event in reversed(tracker.events if tracker else []):
        if isinstance(event, UserUttered) and event.text:
            if event.intent_name in URGENT or len(said) == EARLIER:
                break
            said.insert(0, event.text)
    return said
