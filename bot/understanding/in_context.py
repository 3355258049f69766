"""What a second message is about: heard alone, and heard together with the message before it.

``ClassifierInContext`` stands first in the pipeline and only hears; ``meant`` decides, and the follow-up component acts on it.
"""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.ordinals import ordinal_in
from bot.safety.net import load_net
from bot.understanding.guessed_care import LINE, instead_of_a_guess
from bot.understanding.intents import IntentClassifier
from bot.understanding.leaning import FEW_WORDS, asks, corrects, denies, leans, requests
from bot.understanding.second_message import Heard, weighed
from bot.understanding.second_pairs import STAY
from bot.understanding.traits import NOT_UNDERSTOOD, intents_that_are

IN_CONTEXT = "in_context"
DENIED = "denied"    # what we spoke of does not happen
GOES_ON = "goes-on"  # nothing is held for it, and nothing asked: said once, with what helps with the topic
CLEAR = 0.40         # from here on the message alone was right in four of five; below it, what both together sound like is asked
CLEAR_TOGETHER = 0.50  # what both together sound like, if it is neither the topic nor what the message alone is
CLEAR_OF_CARE = 0.60 # a care script claims more, so it takes more
TYPED = 0.95         # "no thanks" stands so in the examples: it is no guess, vague as it is
MOST_UNCLEAR = 40    # words: a longer message that is hard to place is an account of its own
CLEAR_ENOUGH = 0.25  # of all that was weighed, where the message alone is not clear either: of 2,942 pairs 25 more are then heard as meant
SURE_OF_TOPIC = 0.50 # of a message that does not lean by its words, before it is said that the rest of the topic is not held


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class ClassifierInContext(IntentClassifier):
    """The intent classifier, which hears a leaning message a second time behind the message before it."""

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set the intent as the classifier hears it; beside it, under ``in_context``, the topic before and what both together sound like."""
        earlier, before = _said(tracker), last_topic(tracker)
        self.hear(messages, earlier, on_a_topic=before is not None)
        for message in messages:
            _leave_a_guess_at_care(message)
        for message in messages if before else ():
            text = message.get(TEXT)
            if text and before and (leans(text) or _is_unclear(message)) and has_words(text):
                message.set(IN_CONTEXT, self._behind(text, str(before.intent_name), str(before.text), earlier), add_to_output=True)
        return messages

    def _behind(self, text: str, topic: str, before: str, earlier: List[str]) -> Dict[str, Any]:
        alone, behind = self.odds_alone_and_behind(text, before, earlier)
        likeliest = int(behind.argmax())
        means = weighed(topic, text, self.names, alone, behind) if topic in self.names else Heard("", 0.0)
        return {"topic": topic, "name": self.names[likeliest], "sure": float(behind[likeliest]), "means": means.name, "chance": means.sure}


def _said(tracker: Optional[DialogueStateTracker]) -> List[str]:
    """What the person said so far, oldest first."""
    return [e.text for e in tracker.events if isinstance(e, UserUttered) and e.text] if tracker else []


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


def has_words(text: str) -> bool:
    """Whether any word is an English one: a cat on the keyboard tells no more of a topic."""
    net = load_net()
    return net.spelling.knows_a_word(net.standard(text))


def _is_unclear(message: Message) -> bool:
    return len(message.get(TEXT).split()) <= MOST_UNCLEAR and float((message.get(INTENT) or {}).get("confidence") or 0) < CLEAR


def last_topic(tracker: Optional[DialogueStateTracker]) -> Optional[UserUttered]:
    """The last thing that the person asked about; words about our words ("shorter") are not a topic. None inside a contact."""
    if tracker is None or tracker.active_loop_name:
        return None
    said = (e for e in reversed(tracker.events) if isinstance(e, UserUttered) and e.text)
    found = next((e for e in said if e.intent_name not in intents_that_are("keeps_the_topic")), None)
    return None if found is None or found.intent_name in intents_that_are("no_topic") else found


def meant(text: str, alone: Heard, together: Heard, topic: str, means: Heard) -> Optional[str]:
    """The intent that a second message has after ``topic``; ``STAY`` if it is about that still; ``GOES_ON``; ``DENIED``; None if it stands
    as it was heard.

    ``means``: what it means by all that was weighed (an intent or ``STAY``). The caller has made sure that the net hears nothing in it.
    """
    care = intents_that_are("care_scripts")
    if _stands_alone(text, alone):
        return None
    if alone.name in care:
        return _after_care(text, alone, together, topic)
    if topic in intents_that_are("unclear_topic"):  # both together may be clear; if not, there is nothing to stay with
        return _clear_together(together, CLEAR_TOGETHER)
    if topic in care:  # an account goes on, or asks about a part of it
        about_a_part = STAY if asks(text) and alone.name in intents_that_are("vague") else None
        return _clear_together(together, CLEAR_OF_CARE) or about_a_part
    if together.name in care:
        return STAY if corrects(text) or asks(text) else None
    return _by_all_that_was_weighed(text, alone, topic, means)


def _stands_alone(text: str, alone: Heard) -> bool:
    """It needs no topic: words about our words, what is typed as it stands in the examples, a place in the list that was shown."""
    return ((alone.name in intents_that_are("about_our_words") and alone.sure >= CLEAR)
            or (alone.sure >= TYPED and alone.name not in intents_that_are("depends"))
            or (alone.name == "which_one" and ordinal_in(text) is not None))


def _clear_together(together: Heard, least: float) -> Optional[str]:
    """What both messages together sound like, if that is sure enough and says something of its own."""
    says_little = any(together.name in intents_that_are(trait) for trait in ("vague", "care_scripts", "depends"))
    return together.name if together.sure >= least and not says_little else None


def _by_all_that_was_weighed(text: str, alone: Heard, topic: str, means: Heard) -> Optional[str]:
    if means.name in intents_that_are("depends"):
        return STAY if topic not in intents_that_are("asked_of_gateway") else None
    if means.name == STAY:
        return STAY if leans(text) or means.sure >= SURE_OF_TOPIC or alone.name == NOT_UNDERSTOOD else None
    least = CLEAR if alone.sure >= CLEAR else CLEAR_ENOUGH
    if means.name != alone.name and means.sure >= least and not any(means.name in intents_that_are(trait) for trait in ("vague", "care_scripts")):
        return means.name
    # what nothing is held for is told of the topic of before, if it asks for nothing
    told = alone.name == NOT_UNDERSTOOD and len(text.split()) >= FEW_WORDS and not asks(text) and not requests(text)
    return GOES_ON if told else None


def _after_care(text: str, alone: Heard, together: Heard, topic: str) -> Optional[str]:
    """A care script is never drawn from a mere guess at a short second message that only asks."""
    care = intents_that_are("care_scripts")
    if alone.sure >= CLEAR_OF_CARE:
        return None
    if denies(text):
        return DENIED
    return STAY if asks(text) and topic not in care and together.name != alone.name else None
