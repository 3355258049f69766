"""Rasa component: who asks what a word of the glossary means, and was not surely understood, is told what it means.

It stands before the library component, which would look the word up in a report, and never touches a message in which the net hears
anything, or a message inside a contact.
"""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.glossary import load_glossary
from bot.safety.net import load_net

EXPLAIN = "explain_words"
SURE = 0.5  # of another intent: "what is a social worker" has words of its own, which say more than the glossary


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class WordComponent(GraphComponent):
    """Sets the intent of a message that asks for nothing but the meaning of a word that the glossary holds."""

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "WordComponent":
        """A new component."""
        return cls()

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent where a word is asked for."""
        if tracker is not None and tracker.active_loop_name:  # there it is an answer
            return messages
        for message in messages:
            text, heard = message.get(TEXT), message.get(INTENT) or {}
            if not text or float(heard.get("confidence") or 0) >= SURE or load_glossary().asked_plainly(text) is None:
                continue
            if load_net().check(text).findings.first is None:
                message.set(INTENT, {"name": EXPLAIN, "confidence": 1.0}, add_to_output=True)
        return messages
