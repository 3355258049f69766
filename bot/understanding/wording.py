"""Rasa asks this for the words of a response; they come from guidance/wording, not from the trained model."""
import dataclasses
import datetime as dt
from typing import Any, Dict, List, Mapping, Optional, Sequence

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.events import BotUttered, UserUttered

from bot.audience import GROWN_UP, Audience, audience_of
from bot.did_you_mean import A_GUESS, load_questions
from bot.fitting import CARE, fitted
from bot.live_words import live_words
from bot.safety.net import load_net
from bot.understanding.leaning import asks
from bot.understanding.traits import intents_that_are
from bot.who_knows import PREFIX
from bot.wishes import shared_wishes
from bot.words import Message, Words

SURE_OF_CARE = 0.45  # below it no unseen disclosure was heard as a child telling; beside it stood only look-alikes
WORRY = "utter_worry_about_child"
ABOUT_A_WORKER = frozenset(f"utter_{name}" for name in intents_that_are("about_a_worker"))
FOR_ANY_AGE = frozenset(f"utter_{name}" for name in intents_that_are("for_any_age"))
BETWEEN_MESSAGES = "\n\n\n"  # Rasa carries one text a response; the public channel parts it here again


def joined(messages: "list[Message]") -> Dict[str, Any]:
    """Several messages as the one response that Rasa carries."""
    out: Dict[str, Any] = {"text": BETWEEN_MESSAGES.join(m.text for m in messages)}
    last = messages[-1].as_dict() if messages else {}
    out["buttons"] = last.get("buttons", [])
    out["custom"] = last.get("custom", {})
    return out


def offered(words: Words, questions: Sequence[str], now: dt.datetime, helps: Sequence[Message] = ()) -> "list[Message]":
    """Questions to choose from, as it is not clear what was meant: a wrong answer would be worse. ``helps``: what helps with anything of the kind."""
    said = [*words.say("who_knows_told", now), *helps, *words.say("choose_beside", now)] if helps else words.say("choose_a_question", now)
    return [*said[:-1], dataclasses.replace(said[-1], buttons=tuple(questions))]


class Wording(NaturalLanguageGenerator):
    """A Rasa NLG that looks a key up. A key without words gets the help lines, never silence."""

    def __init__(self, endpoint_config: Any = None, domain: Any = None, words: Optional[Words] = None) -> None:
        self._words = words or live_words()

    async def generate(self, utter_action: str, tracker: Any, output_channel: str, **kwargs: Any) -> Optional[Dict[str, Any]]:
        """Return the response for a key such as ``utter_greet``."""
        key = utter_action if utter_action in self._words.entries else "help_lines"
        now = dt.datetime.now(dt.timezone.utc)
        messages = fitted(self._words, key, _said(tracker), now, _key_before(tracker), unsure=_is_unsure(tracker, key))
        messages = messages + self._wish_beside(key, _said(tracker), now)
        response = joined(self._asking_back(tracker, key, messages, now))
        if output_channel != "website":  # the shell and Rasa's own channels would print it
            response.pop("custom", None)
        return response

    def _wish_beside(self, key: str, said: Sequence[str], now: dt.datetime) -> "list[Message]":
        """The one of the Ten Wishes that a message about a worker touches, in a line after the reply; none if no wish is near, or to a worker."""
        if key not in ABOUT_A_WORKER or audience_of(said) is Audience.PRACTITIONER or not said:
            return []
        wish = shared_wishes().nearest(said[-1])
        return self._words.say("wish_beside", now, wish=wish.wish) if wish else []

    def _asking_back(self, tracker: Any, key: str, messages: "list[Message]", now: dt.datetime) -> "list[Message]":
        """The messages of a plain question; where that was a guess, behind a line that says so, and with buttons for what else it may have been."""
        latest = getattr(tracker, "latest_message", None)
        if latest is None or not latest.text or f"utter_{(latest.intent or {}).get('name')}" != key or tracker.active_loop:
            return messages
        if load_net().check(latest.text).findings.first is not None:
            return messages
        ranking = [latest.intent, *latest.parse_data.get("intent_ranking", [])[1:]]
        choice = load_questions().to_choose_from(ranking)
        if choice:
            near = latest.parse_data.get("near")
            return offered(self._words, choice, now, fitted(self._words, PREFIX + near, _said(tracker), now, "", unsure=False) if near else ())
        taken, asked = load_questions().taken_for(ranking), asks(latest.text)
        if taken is None or not asked and float(latest.intent.get("confidence") or 0) >= A_GUESS:
            return messages
        question, others = taken
        if not asked:  # who tells something is not asked what was meant
            first = self._words.text("may_help_beside" if others else "may_help", now)
        else:
            first = self._words.text("did_you_mean" if others else "taken_for", now, question=question)
        last = dataclasses.replace(messages[-1], buttons=(*others, *messages[-1].buttons[:1])) if others else messages[-1]
        return [Message(first), *messages[:-1], last]


def _said(tracker: Any) -> List[str]:
    """What the person said so far, oldest first."""
    return [e.text for e in getattr(tracker, "events", ()) if isinstance(e, UserUttered) and e.text]


def _is_unsure(tracker: Any, key: str) -> bool:
    """Whether the net hears nothing, and a care script is a mere guess, or for children and said to a grown-up."""
    latest = getattr(tracker, "latest_message", None)
    if latest is None or not latest.text or key not in {*CARE, WORRY} or load_net().check(latest.text).findings.first is not None:
        return False
    if key == WORRY:
        return float((latest.intent or {}).get("confidence") or 0) < A_GUESS
    sure = how_sure_of_care(latest.intent or {}, latest.parse_data.get("intent_ranking", []))
    return sure < SURE_OF_CARE or (key not in FOR_ANY_AGE and audience_of(_said(tracker)) in GROWN_UP)


def how_sure_of_care(intent: Mapping[str, Any], ranking: Sequence[Mapping[str, Any]]) -> float:
    """How sure it is that a care script fits, 0 to 1. A child who may tell of harm or of minding a family tells of something hard."""
    sure, own = float(intent.get("confidence") or 0), intents_that_are("hardship_of_ones_own")
    if intent.get("name") != "child_telling":
        return sure
    return max(sure, sum(float(r["confidence"]) for r in ranking if r["name"] in own))


def _key_before(tracker: Any) -> str:
    """The wording key of the reply before the latest message, or nothing."""
    turns = 0
    for event in reversed(getattr(tracker, "events", ())):
        turns += isinstance(event, UserUttered)
        if isinstance(event, BotUttered) and turns == 1:
            return str(((event.data or {}).get("custom") or {}).get("key") or "")
        if turns > 1:
            break
    return ""
