"""Rasa component: a plain question that is not sure enough to be simply answered is answered as a guess, if it is likely enough.

It stands behind all that might know better (what was spoken of, the guidance) and before the safety component. The words say that
it is a guess (bot/understanding/wording.py).
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

from bot.did_you_mean import FEW_WORDS, load_questions, what_was_heard
from bot.library.guessed import guidance_knows
from bot.safety.net import load_net
from bot.understanding.traits import NOT_UNDERSTOOD


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class GuessComponent(GraphComponent):
    """Sets the intent of a message that was not understood to the likeliest question, if it is likely enough to be guessed at."""

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "GuessComponent":
        """A new component."""
        return cls()

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent where a guess may be said."""
        if tracker is not None and tracker.active_loop_name:  # there it is an answer
            return messages
        for message in messages:
            text = message.get(TEXT)
            if not text or (message.get(INTENT) or {}).get("name") != NOT_UNDERSTOOD or len(text.split()) <= FEW_WORDS:
                continue
            likeliest = load_questions().guessed(message.get("intent_ranking") or [])
            if likeliest is not None and load_net().check(text).findings.first is None and not guidance_knows(text):
                message.set(INTENT, dict(likeliest), add_to_output=True)
                message.set("intent_ranking", what_was_heard(message.get("intent_ranking")), add_to_output=True)
        return messages
