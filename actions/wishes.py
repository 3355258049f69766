"""Actions about the Ten Wishes."""
import functools
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.guidance import LIKELY, library, with_sources
from actions.speaking import SpeakingAction, now, said_by_person, say, words
from bot.library.answers import Answer
from bot.wishes import Wishes, load_wishes
from bot.words import Message


@functools.lru_cache(maxsize=1)
def wishes() -> Wishes:
    """The Ten Wishes."""
    return load_wishes()


class ListWishes(SpeakingAction):
    """Quotes all Ten Wishes."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_list_wishes"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the list; a question about some other list ("name the five …") is looked up."""
        text = said_by_person(tracker)
        found = None if "wish" in text.lower() else library().answer(text, LIKELY)
        say(dispatcher, with_sources(found) if isinstance(found, Answer) else _all_wishes())
        return []


class FindWish(SpeakingAction):
    """Finds the wish that somebody asks about, and never makes one up."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_find_wish"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish, or all of them."""
        wish = wishes().nearest(said_by_person(tracker))
        if wish is None:
            say(dispatcher, words().say("wish_not_sure", now()) + _all_wishes())
        else:
            say(dispatcher, words().say("wish_found", now(), wish=wish.wish) + words().say("wish_asks", now(), asks=wish.asks)
                + words().say("wishes_source", now()))
        return []


class WishBroken(SpeakingAction):
    """Somebody tells of a worker who breaks a wish: the wish, and what to do about it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_wish_broken"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish and the next step."""
        wish = wishes().nearest(said_by_person(tracker))
        found = words().say("wish_found", now(), wish=wish.wish) if wish else words().say("wish_broken_any", now())
        say(dispatcher, words().say("wish_broken_intro", now()) + found + words().say("wish_broken_next", now())
            + words().say("wishes_source", now()))
        return []


def _all_wishes() -> List[Message]:
    listed = "\n".join(f"- {w.wish}" for w in wishes().all)
    return words().say("wishes_intro", now()) + [Message(listed)] + words().say("wishes_source", now())
