"""What a second message is about: heard alone, and heard together with the message before it.

``ClassifierInContext`` stands first in the pipeline and only hears; ``meant`` decides, and the follow-up component acts on it.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.safety.net import load_net
from bot.understanding.guessed_care import LINE, instead_of_a_guess
from bot.understanding.intents import IntentClassifier
from bot.understanding.leaning import asks, corrects, denies, leans
from bot.understanding.traits import intents_that_are

IN_CONTEXT = "in_context"
DENIED = "denied"    # what we spoke of does not happen
STAY = "stay"        # the topic of before, and nothing new that we hold
CLEAR = 0.40         # from here on the message alone was right in four of five; below it, what both together sound like is asked
CLEAR_TOGETHER = 0.50  # what both together sound like, if it is neither the topic nor what the message alone is
CLEAR_OF_CARE = 0.60 # a care script claims more, so it takes more
TYPED = 0.95         # "no thanks" stands so in the examples: it is no guess, vague as it is
DRAWN_BACK = 0.90    # so sure must both together be of the topic, to draw a message back to it that has a share of that topic alone
SHARE = 0.10
MOST_UNCLEAR = 40    # words: a longer message that is hard to place is an account of its own
SURE_OF_TOPIC = 0.80 # of a message that does not lean by its words, before it is said that the rest of the topic is not held
MOST_BEFORE = 30     # words of the message before: its end is nearest


@dataclass(frozen=True)
class Heard:
    """An intent and how sure it is, 0 to 1."""

    name: str
    sure: float


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class ClassifierInContext(IntentClassifier):
    """The intent classifier, which hears a leaning message a second time behind the message before it."""

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent as the classifier hears it; beside it, under ``in_context``, the topic before and what both together sound like."""
        super().process(messages)
        for message in messages:
            _leave_a_guess_at_care(message)
        before = last_topic(tracker)
        for message in messages if before else ():
            text = message.get(TEXT)
            if text and before and (leans(text) or _is_unclear(message)):
                both = Message({TEXT: f"{_end_of(str(before.text))} {text}"})
                super().process([both])
                heard = both.get(INTENT) or {}
                topic = str(before.intent_name)
                message.set(IN_CONTEXT, {"topic": topic, "name": str(heard.get("name")), "sure": float(heard.get("confidence") or 0),
                                         "share": _share(message, topic)}, add_to_output=True)
        return messages


def _leave_a_guess_at_care(message: Message) -> None:
    """Where the net hears nothing and a care script is only a guess: the likeliest other reply, and whom to talk to after it."""
    text, ranking = message.get(TEXT), message.get("intent_ranking") or []
    if not text or load_net().check(text).findings.first is not None:
        return
    other = instead_of_a_guess(ranking)
    if other is not None:
        message.set(INTENT, other, add_to_output=True)
        message.set("intent_ranking", [other, *(r for r in ranking if r["name"] != other["name"])], add_to_output=True)
        message.set("also", {"intent": LINE, "text": text}, add_to_output=True)


def _is_unclear(message: Message) -> bool:
    return len(message.get(TEXT).split()) <= MOST_UNCLEAR and float((message.get(INTENT) or {}).get("confidence") or 0) < CLEAR


def _share(message: Message, topic: str) -> float:
    return next((float(r["confidence"]) for r in message.get("intent_ranking") or () if r["name"] == topic), 0.0)


def last_topic(tracker: Optional[DialogueStateTracker]) -> Optional[UserUttered]:
    """The last thing that the person asked about; words about our words ("shorter") are not a topic. None inside a contact."""
    if tracker is None or tracker.active_loop_name:
        return None
    said = (e for e in reversed(tracker.events) if isinstance(e, UserUttered) and e.text)
    found = next((e for e in said if e.intent_name not in intents_that_are("keeps_the_topic")), None)
    return None if found is None or found.intent_name in intents_that_are("no_topic") else found


def meant(text: str, alone: Heard, together: Heard, topic: str, share: float = 0.0) -> Optional[str]:
    """The intent that a second message has after ``topic``; ``STAY`` if it is about that still; ``DENIED``; None if it stands as it was heard.

    ``share``: of the topic, 0 to 1, in the message alone. The caller has made sure that the net hears nothing in it.
    """
    care, vague = intents_that_are("care_scripts"), intents_that_are("vague")
    if alone.name in intents_that_are("about_our_words") and alone.sure >= CLEAR:
        return None
    if alone.name == together.name != topic and alone.name not in vague | care and max(alone.sure, together.sure) >= CLEAR:
        return None  # heard so both ways
    if alone.name in care and alone.sure < CLEAR_OF_CARE and denies(text):
        return DENIED
    if alone.name in care:
        if not (asks(text) or corrects(text)) or alone.sure >= CLEAR_OF_CARE or topic in care or together.name == alone.name:
            return None
    elif not _a_guess(alone, together, topic, share):
        return None  # asked the same once more: its reply is said again, in short
    if topic in intents_that_are("unclear_topic"):  # both together may be clear; if not, there is nothing to stay with
        return together.name if together.sure >= CLEAR_TOGETHER and together.name not in vague | care | intents_that_are("depends") else None
    if topic in care:  # an account goes on, or asks about a part of it; a question that was not understood is answered with whom to ask
        if together.sure >= CLEAR_OF_CARE and together.name not in vague | care | intents_that_are("depends") and alone.name not in care:
            return together.name
        return STAY if asks(text) and alone.name in vague else None
    if alone.name in care and not asks(text):
        return None  # who may be telling something hard is not told what is not held
    if together.name in care:
        return STAY if corrects(text) or asks(text) else None
    if not leans(text) and (together.sure < (SURE_OF_TOPIC if together.name == topic else CLEAR_TOGETHER) or together.name in vague):
        return None
    stays = together.name == topic or together.sure < CLEAR_TOGETHER or together.name in vague | intents_that_are("depends")
    return STAY if stays else together.name


def _a_guess(alone: Heard, together: Heard, topic: str, share: float) -> bool:
    if alone.sure >= TYPED and alone.name not in intents_that_are("depends"):
        return False
    if alone.name in intents_that_are("depends"):
        return topic not in intents_that_are("asked_of_gateway")
    drawn_back = together.name == topic and together.sure >= DRAWN_BACK and share >= SHARE and alone.sure < SURE_OF_TOPIC
    return alone.sure < CLEAR or alone.name in intents_that_are("vague") or (drawn_back and alone.name != topic)


def _end_of(text: str) -> str:
    return " ".join(text.split()[-MOST_BEFORE:])
