"""Rasa component: a short second question means what it means after the reply before it.

It stands before the library component, and never touches a message in which the net hears anything, a message that needs
care of its own, or a message inside a contact.
"""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Set

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.follow_ups import load_follow_ups, said_for_somebody_else
from bot.live_words import live_words
from bot.safety.net import load_net
from bot.understanding.traits import intents_that_are

FOLLOW_UP = "follow_up"
MEANT = "follow_meant"
CLEAR = 0.45   # "I meant the night one" is as clear as this: its own answer


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class FollowUpComponent(GraphComponent):
    """Sets the intent of a question that leans on the reply before it; puts the words to say under ``follow_up``."""

    def __init__(self) -> None:
        self._words, self._known = live_words(), load_follow_ups()

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "FollowUpComponent":
        """A new component."""
        return cls()

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent where the reply before decides what is meant."""
        before = said_before(tracker)
        for message in messages if before else ():
            text, heard = message.get(TEXT), str((message.get(INTENT) or {}).get("name"))
            if not text or heard in intents_that_are("stands_alone") or load_net().check(text).findings.first is not None:
                continue
            found = self._known.find(text, before)
            clear = heard not in intents_that_are("vague") and float(message.get(INTENT).get("confidence") or 0) >= CLEAR
            if found and found.says == MEANT and clear:
                continue
            says = found.says if found else next((k for k in before if said_for_somebody_else(text, self._fitted_for(k))), "")
            name = found.means if found and found.means else FOLLOW_UP if says else ""
            if name:
                message.set("follow_up", {"says": says}, add_to_output=True)
                message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages

    def _fitted_for(self, key: str) -> Any:
        entry = self._words.entries.get(key)
        return entry.for_audience if entry else ()


def said_before(tracker: Optional[DialogueStateTracker]) -> Set[str]:
    """The keys of the last reply, the place in the guidance that it came from, and what was asked."""
    if tracker is None or tracker.active_loop_name:
        return set()
    keys: Set[str] = set()
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and keys:
            asked = ((event.parse_data or {}).get("intent_ranking") or [{}])[0]
            return keys | {f"asked:{asked.get('name')}"}
        if isinstance(event, BotUttered):
            custom = (event.data or {}).get("custom") or {}
            keys |= {str(custom[name]) for name in ("key", "found") if custom.get(name)}
    return keys
