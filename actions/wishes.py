"""Actions about the Ten Wishes."""
from typing import Any, Dict, List, Optional, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.guidance import library, with_sources
from actions.speaking import SpeakingAction, all_said, fitting, intent_of, now, said_by_person, say, words
from bot.audience import YOUNG, Audience, audience_of
from bot.library.answers import Answer
from bot.library.guessed import LIKELY
from bot.ordinals import ordinals_in
from bot.said_keys import ALL_WISHES, WISH_SOURCE
from bot.style import Style, style_of
from bot.wishes import MOST_AT_ONCE, Matter, Wish, shared_wishes
from bot.words import Message

BROKEN = "wish_broken_"  # and the id of the wish


class ListWishes(SpeakingAction):
    """Quotes all Ten Wishes."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_list_wishes"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the list; a question about some other list ("name the five …") is looked up."""
        text = said_by_person(tracker)
        found = None if "wish" in text.lower() else library().answer(text, LIKELY)
        say(dispatcher, with_sources(found) if isinstance(found, Answer) else all_wishes(style_of(all_said(tracker))))
        return []


class FindWish(SpeakingAction):
    """Finds the wish that somebody asks about, and never makes one up."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_find_wish"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish, or all of them."""
        text = said_by_person(tracker)
        places = ordinals_in(text)
        several = [wish for wish in map(shared_wishes().at, places) if wish] if places else list(shared_wishes().several(text))
        if len(several) > 1:
            say(dispatcher, side_by_side(several[:MOST_AT_ONCE]))
        else:
            say(dispatcher, found_wish(tracker, next(iter(places), None)))
        return []


class WishBroken(SpeakingAction):
    """Somebody tells of a worker who breaks a wish: the wish, and what to do about it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_wish_broken"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the wish, words to use, and the next step."""
        wish = shared_wishes().named(intent_of(tracker).removeprefix(BROKEN)) or shared_wishes().nearest(said_by_person(tracker))
        moment = now()
        worker = audience_of(all_said(tracker)) is Audience.PRACTITIONER
        out = words().say("wish_broken_intro_worker" if worker else "wish_broken_intro", moment)
        if wish is None:
            out += words().say("wish_broken_any", moment)
        else:
            out += words().say("wish_found", moment, wish=wish.wish)
            out += words().say("wish_asks", moment, asks=wish.asks) if worker else words().say("wish_say", moment, means=wish.say)
        nexts = fitting(tracker, "wish_broken_next")
        say(dispatcher, out + words().say(WISH_SOURCE, moment) + nexts)
        return []


def found_wish(tracker: Tracker, place: Optional[int]) -> List[Message]:
    """The wish at a place of the list, or the nearest to what was said, explained to whoever asks; all ten rather than a guess."""
    found = shared_wishes().which(said_by_person(tracker)) if place is None else shared_wishes().at(place)
    if found is None:
        return words().say("wish_not_sure" if place is None else "wish_no_such", now()) + all_wishes()
    if isinstance(found, Matter):
        return none_of_the_ten(found)
    return explained(found, audience_of(all_said(tracker)), placed=place is not None)


def none_of_the_ten(matter: Matter) -> List[Message]:
    """That no wish is about it, the one that comes nearest, and that it may be said to a worker all the same."""
    moment = now()
    out = words().say("wish_none_is_about", moment, matter=matter.matter)
    nearest = shared_wishes().named(matter.nearest)
    if nearest is not None:
        out += words().say("wish_comes_nearest", moment, wish=nearest.wish) + words().say(WISH_SOURCE, moment)
    return out + words().say("wish_say_it_all_the_same", moment) + words().say(ALL_WISHES, moment)


def side_by_side(wishes: Sequence[Wish]) -> List[Message]:
    """Several wishes in their own words, each with its place in the list."""
    moment = now()
    out: List[Message] = []
    for wish in wishes:
        out += words().say("wish_at_place", moment, word=shared_wishes().place_of(wish), wish=wish.wish)
    return out + words().say(WISH_SOURCE, moment) + words().say(ALL_WISHES, moment)


def explained(wish: Wish, audience: Optional[Audience], placed: bool = False) -> List[Message]:
    """A wish in its own words, then what it means for the one who asks."""
    moment = now()
    out = words().say("wish_found", moment, wish=wish.wish)
    if placed:
        out += words().say("wish_place", moment, word=shared_wishes().place_of(wish))
    if audience in YOUNG:
        out += words().say("wish_for_child", moment, means=wish.child)
    elif audience in (Audience.CARER, Audience.PARENT):
        out += words().say("wish_for_child", moment, means=wish.child) + words().say("wish_for_carer", moment, means=wish.carer)
    elif audience is Audience.PRACTITIONER:
        out += words().say("wish_asks", moment, asks=wish.asks)
    else:
        out += words().say("wish_for_child", moment, means=wish.child) + words().say("wish_asks", moment, asks=wish.asks)
    if audience is not Audience.PRACTITIONER:
        out += words().say("wish_say", moment, means=wish.say)
    return out + words().say(WISH_SOURCE, moment)


def all_wishes(style: Optional[Style] = None) -> List[Message]:
    """All ten in the order printed, with the source and where to print them; in our own easy or few words if that is wished for."""
    if style is None:
        intro, lines = "wishes_intro", [w.wish for w in shared_wishes().all]
    else:
        intro = f"wishes_{style.value}"
        lines = [w.child if style is Style.SIMPLER else w.short for w in shared_wishes().all]
    listed = Message("\n".join(f"- {line}" for line in lines))
    return [*words().say(intro, now()), listed, *words().say(WISH_SOURCE, now()), *words().say(ALL_WISHES, now())]
