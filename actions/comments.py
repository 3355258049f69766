"""A comment on the last message: asked for, kept without personal data, and never in place of help."""
import functools
import os
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import SpeakingAction, intent_of, key_of, last_reply, log, now, said_by_person, say, words
from bot.comments import Comments
from bot.contacts.hours import london
from bot.handoff.heard import is_stop
from bot.handoff.settings import StoreSettings
from bot.safety.net import load_net
from bot.understanding.traits import intents_that_are

FORM = "comment_form"
NEEDS_HELP = intents_that_are("no_mere_comment")


@functools.lru_cache(maxsize=1)
def comments() -> Comments:
    """The store of comments; opened on first use."""
    settings = StoreSettings.from_env(os.environ)
    return Comments.open(settings.database_url, settings.keys)


class CommentForm(SpeakingAction):
    """Asks for the comment in one turn and keeps it in the next."""

    def name(self) -> str:
        """The same as the form's name in the domain, so Rasa runs this in its place."""
        return FORM

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Ask, keep or stop."""
        about = tracker.get_slot("comment_about")
        if about is None:
            last = last_reply(tracker)
            if not last:
                say(dispatcher, words().say("comment_nothing", now()))
                return _over()
            say(dispatcher, words().say("comment_ask", now()))
            return [ActiveLoop(FORM), SlotSet("comment_about", key_of(last[-1]) or "answer from the guidance")]
        text = said_by_person(tracker)
        if is_stop(text):
            say(dispatcher, words().say("comment_stopped", now()))
            return _over()
        care = _caring_key(tracker, text)
        if care is not None:
            say(dispatcher, words().say(care, now()) + words().say("comment_is_a_worry", now()))
        else:
            _keep(dispatcher, str(about), text)
        return _over()


def _keep(dispatcher: CollectingDispatcher, about: str, text: str) -> None:
    try:
        comments().keep(about, text, london(now()).date())
    except Exception as error:
        log.error("comment_not_kept error=%s", type(error).__name__)
        say(dispatcher, words().say("comment_not_kept", now()))
        return
    say(dispatcher, words().say("comment_kept", now()))


def _caring_key(tracker: Tracker, text: str) -> Optional[str]:
    """The words for what was understood; else for what the net hears; None for a comment that is no cry for help."""
    if intent_of(tracker) in NEEDS_HELP:
        return f"utter_{intent_of(tracker)}"
    first = load_net().check(text).findings.first
    if first is None:
        return None
    key = f"utter_{first.kind.value}"
    return key if key in words().entries else "utter_worry_about_child"


def _over() -> List[Dict[str, Any]]:
    return [ActiveLoop(None), SlotSet("comment_about", None)]
