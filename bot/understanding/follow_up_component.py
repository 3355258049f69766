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

from bot.follow_ups import FollowUp, load_follow_ups, said_for_somebody_else
from bot.live_words import live_words
from bot.safety.net import load_net
from bot.understanding.in_context import DENIED, GOES_ON, IN_CONTEXT, meant
from bot.understanding.leaning import asks
from bot.understanding.second_message import Heard
from bot.understanding.second_pairs import STAY
from bot.understanding.traits import intents_that_are
from bot.who_knows import TOLD, load_kinds

FOLLOW_UP = "follow_up"
MEANT = "follow_meant"
CLEARLY_MEANT = 0.75  # a pair that is written down gives way to it
SURE_OF_A_PAIR = 0.50  # below it a pair that is written down, or a correction, outranks what was heard


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
            if not text or load_net().check(text).findings.first is not None:
                continue
            found = self._found(message, text, heard, before)
            if found is not None:
                message.set("follow_up", {"says": found.says}, add_to_output=True)
                message.set(INTENT, {"name": found.means or FOLLOW_UP, "confidence": 1.0}, add_to_output=True)
        return messages

    def _found(self, message: Message, text: str, heard: str, before: Set[str]) -> Optional[FollowUp]:
        """A pair that is written down; the same words for somebody else; else what the message means behind the one before it."""
        alone = Heard(heard, float((message.get(INTENT) or {}).get("confidence") or 0))
        known = None if heard in intents_that_are("stands_alone") else self._known.find(text, before)
        if known is not None and known.says != MEANT and not _is_clearly_another(message.get(IN_CONTEXT)):
            return known
        if heard not in intents_that_are("stands_alone"):
            for_another = next((k for k in before if said_for_somebody_else(text, self._fitted_for(k))), None)
            if for_another is not None:
                return FollowUp(says=for_another)
        leaning = self._in_context(message.get(IN_CONTEXT), text, alone, before)
        unclear = heard in intents_that_are("vague") or alone.sure < SURE_OF_A_PAIR
        return leaning if leaning is not None and (leaning.means or known is None) else known if unclear else None

    def _in_context(self, both: Any, text: str, alone: Heard, before: Set[str]) -> Optional[FollowUp]:
        """What a leaning message means behind the one before it; None if it stands as it was heard."""
        if not both:
            return None
        found = meant(text, alone, Heard(both["name"], both["sure"]), both["topic"], Heard(both["means"], both["chance"]))
        if found == DENIED:
            return FollowUp(says=MEANT)
        if found == GOES_ON:  # said twice in a row it would be a stock phrase: then people to talk to are named
            return None if any(key.startswith(TOLD) for key in before) else FollowUp(says=load_kinds().told_key_of(both["topic"]))
        if found == STAY:
            kinds, topic = load_kinds(), both["topic"]
            return FollowUp(says=kinds.key_of(topic) if asks(text) else kinds.told_key_of(topic))  # nothing was asked, so nothing is "not held"
        return FollowUp(means=found) if found else None

    def _fitted_for(self, key: str) -> Any:
        entry = self._words.entries.get(key)
        return entry.for_audience if entry else ()


def _is_clearly_another(both: Any) -> bool:
    """True if, of all that was weighed, another intent than the topic of before is plainly meant."""
    return bool(both) and both["means"] not in ("", STAY) and both["chance"] >= CLEARLY_MEANT


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
