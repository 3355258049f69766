"""The talk about the talk: easier, shorter, which one, what a word means."""
import re
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.guidance import LookUp, library
from actions.speaking import SpeakingAction, all_said, fitting, intent_of, key_of, last_reply, now, said_by_person, say, words
from actions.wishes import all_wishes, found_wish
from bot.glossary import load_glossary
from bot.library.answers import Answer
from bot.ordinals import ordinal_in
from bot.places import load_places
from bot.said_above import nearest_sentence
from bot.said_keys import ALL_WISHES, WISH_SOURCE
from bot.shorter import shortened
from bot.style import Style
from bot.understanding.wording import BETWEEN_MESSAGES
from bot.who_knows import PREFIX
from bot.wishes import Wish, shared_wishes
from bot.words import Message

SURE = 0.5
_COMPARED = re.compile(r"\b(difference|different|same|or|mean)\b", re.I)
_NEXT = re.compile(r"\bnext\b|\bone after\b", re.I)
_LADO = re.compile(r"\b(lado|designated officer)\b", re.I)  # no number is held: whom to ask is
_NAMED = re.compile(r"\b(?:what does|what do|define|meaning of|what is an?|what'?s an?|what are) (?:the (?:word|term) )?(?!(?:that|this|it|you|"
                    r"the word|those|they)\b)\w+", re.I)


class Simpler(SpeakingAction):
    """The last message in easier words."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_simpler"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the easier words if somebody wrote them; else the main point, and what its hard words mean."""
        return _said_anew(dispatcher, tracker, "simpler")


class Shorter(SpeakingAction):
    """The last message in fewer words."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_shorter"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the shorter words if somebody wrote them; else whole sentences of it."""
        return _said_anew(dispatcher, tracker, "shorter")


class ExplainWords(SpeakingAction):
    """What a word means: one that is named, or the hard words of the last message."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_explain_words"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the meaning; a word that is not held may be in the guidance."""
        text = said_by_person(tracker)
        term = load_glossary().asked_for(text)
        several = load_glossary().standing_in(text)
        if len(several) > 1 and _COMPARED.search(text):
            say(dispatcher, [Message(_meanings(several), custom={"key": "glossary_one"})])
            return []
        if term is not None:
            say(dispatcher, words().say("glossary_one", now(), word=term.word, means=term.means))
            return []
        if isinstance(library().answer(text, SURE), Answer):
            return LookUp().respond(dispatcher, tracker)
        standing = load_glossary().standing_in(_last_text(tracker))
        if standing and len(text.split()) <= 9 and not _names_a_word(text):
            say(dispatcher, [Message(_meanings(standing))])
        else:
            say(dispatcher, words().say("glossary_not_held" if _names_a_word(text) else "glossary_which", now()))
        return []


class WhichOne(SpeakingAction):
    """"The second one": of the list that was shown last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_which_one"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the item; of the wishes, explain it."""
        place = _next_after(_last_text(tracker)) if _NEXT.search(said_by_person(tracker)) else ordinal_in(said_by_person(tracker))
        shown = _last_list(tracker)
        if place is None and "wish" in _last_text(tracker).lower():
            say(dispatcher, found_wish(tracker, None))
        elif place is not None and ("wish" in _last_text(tracker).lower() or "wish" in said_by_person(tracker).lower()):
            say(dispatcher, found_wish(tracker, place))
        elif place is not None and shown and -1 <= place <= len(shown) and place != 0:
            say(dispatcher, [Message(shown[-1] if place == -1 else shown[place - 1])])
        else:
            say(dispatcher, words().say("which_one_unsure", now()))
        return []


class FollowUp(SpeakingAction):
    """A short second question that leans on the reply before it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say what bot/understanding/follow_up_component.py found."""
        key = str((tracker.latest_message.get("follow_up") or {}).get("says") or "")
        first = _about_that_part(tracker) if key.startswith(PREFIX) else []
        say(dispatcher, first + fitting(tracker, key) if key in words().entries else words().say("which_one_unsure", now()))
        return []


def _about_that_part(tracker: Tracker) -> List[Message]:
    """The sentence of the last reply that may answer a question about it; else that nothing is written for it."""
    sentence = nearest_sentence(said_by_person(tracker), _last_texts(tracker))
    return words().say("who_knows_part", now()) if sentence is None else words().say("who_knows_said_above", now(), words=sentence)


class AskNumber(SpeakingAction):
    """A number: of the line that is named, or of the right one for this hour."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_number"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the number that was asked for, then the route for a worry."""
        if _LADO.search(said_by_person(tracker)):
            say(dispatcher, fitting(tracker, "utter_ask_allegation_about_worker"))
            return []
        typed = words().directory.typed_in(said_by_person(tracker))
        if typed is not None and intent_of(tracker) == "ask_is_number_right":
            reached = " or ".join(way for way in (typed.phone, typed.email) if way)
            say(dispatcher, words().say("number_typed_is_held", now(), name_of_line=typed.name, number_of_line=reached, hours_of_line=typed.for_whom,
                                        line_checked_on=words().facts[f"{typed.key}_checked_on"]))
            return []
        line = words().directory.named_in(said_by_person(tracker)) if intent_of(tracker) == "ask_number" else None
        if line is None:
            say(dispatcher, fitting(tracker, f"utter_{intent_of(tracker)}"))
            return []
        number = line.phone or f"text {line.text_word} to {line.text_number}"
        say(dispatcher, words().say("number_of_line_asked", now(), name_of_line=line.name[0].upper() + line.name[1:],
                                    number_of_line=number, hours_of_line=line.for_whom))
        return []


class OtherPlace(SpeakingAction):
    """A child or a person somewhere else."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_other_place"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say whom to look for there; never a number that is not theirs. For a child who lives here, Plymouth's number."""
        place = load_places().last_named(all_said(tracker))
        if place is None and load_places().is_here(said_by_person(tracker)):
            say(dispatcher, fitting(tracker, "utter_ask_number"))
        elif place is None:
            say(dispatcher, fitting(tracker, "utter_ask_other_place"))
        else:
            say(dispatcher, words().say("other_place_named", now(), place=place.name, looked_after_by=place.looked_after_by))
        return []


def _said_anew(dispatcher: CollectingDispatcher, tracker: Tracker, how: str) -> List[Dict[str, Any]]:
    last = last_reply(tracker)
    key = key_of(last[-1]) if last else "utter_greet"  # the page begins with the greeting
    if key == ALL_WISHES:
        say(dispatcher, all_wishes(Style(how)))
        return []
    wish = _one_wish(tracker) if key == WISH_SOURCE else None
    if wish is not None:
        say(dispatcher, words().say(f"wish_{how}", now(), means=wish.child if how == "simpler" else wish.short))
        return []
    entry = words().entries.get(key)
    written = getattr(entry, how) if entry else ()
    custom = ((last[-1].get("data") or {}).get("custom") or {}) if last else {}
    kept = {"key": key, **({"offers": custom["offers"]} if custom.get("offers") else {}), "aside": how}
    if custom.get("aside") == how:
        if how == "shorter":
            say(dispatcher, words().say("shorter_is_already", now()))
            return []
        return _point_and_words(dispatcher, tracker, kept)
    if written:
        say(dispatcher, [Message(words().fill(text, now(), **_given(tracker))) for text in written], **kept)
        return []
    if how == "shorter":
        say(dispatcher, [Message(t) for t in shortened(_last_texts(tracker), words().directory["emergency"].phone or "")], **kept)
        return []
    return _point_and_words(dispatcher, tracker, kept)


def _one_wish(tracker: Tracker) -> Optional[Wish]:
    said = "\n".join(_last_texts(tracker))
    quoted = [wish for wish in shared_wishes().all if wish.wish in said]
    return quoted[0] if len(quoted) == 1 else None


def _given(tracker: Tracker) -> Dict[str, str]:
    place = load_places().last_named(all_said(tracker))
    return {"place": place.name, "looked_after_by": place.looked_after_by} if place else {"place": "another area",
                                                                                          "looked_after_by": "the council there"}


def _point_and_words(dispatcher: CollectingDispatcher, tracker: Tracker, kept: Dict[str, Any]) -> List[Dict[str, Any]]:
    texts = shortened(_last_texts(tracker), words().directory["emergency"].phone or "")
    hard = load_glossary().standing_in("\n".join(_last_texts(tracker)))
    out = words().say("simpler_none", now()) + [Message(t) for t in texts]
    if hard:
        out += words().say("simpler_words", now()) + [Message(_meanings(hard))]
    say(dispatcher, out, **kept)
    return []


def _meanings(terms: Any) -> str:
    return "\n".join(f"- {t.word}: {t.means}" for t in terms)


def _names_a_word(text: str) -> bool:
    return _NAMED.search(text) is not None


def _last_texts(tracker: Tracker) -> List[str]:
    return [t.strip() for e in last_reply(tracker) for t in str(e["text"]).split(BETWEEN_MESSAGES) if t.strip()]


def _last_text(tracker: Tracker) -> str:
    return "\n".join(_last_texts(tracker))


def _next_after(shown: str) -> Optional[int]:
    place = ordinal_in(shown)
    return place + 1 if place and place > 0 else None


def _last_list(tracker: Tracker) -> List[str]:
    return [line[2:].strip() for text in _last_texts(tracker) for line in text.split("\n") if line.startswith("- ")]
