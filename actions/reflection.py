"""The guided reflection: Rasa's form of that name is run by this action; bot/reflection decides what comes next."""
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.speaking import SpeakingAction, answered_by_others, intent_before, intent_of, now, said_by_person, say, words
from bot import reflection
from bot.safety.findings import URGENT
from bot.understanding.traits import intents_that_are
from bot.words import Message

FORM = "reflection_form"
FEW = 7  # words
HARM = intents_that_are("harm_in_a_reflection")
SURE_OF_HARM = 0.5
ASIDE = intents_that_are("aside_in_a_reflection")


class ReflectionForm(SpeakingAction):
    """Runs one turn of the reflection."""

    def name(self) -> str:
        """The same as the form's name in the domain, so Rasa runs this in its place."""
        return FORM

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Ask, keep, skip, go back, stop or sum up."""
        draft = tracker.get_slot("reflection")
        if not draft:
            turn = reflection.begin()
        elif answered_by_others(tracker, FORM):
            turn = reflection.ask_again(draft)
        else:
            turn = reflection.take(draft, said_by_person(tracker), intent_before(tracker) in URGENT, intent_of(tracker) in ASIDE,
                                   contact=intent_of(tracker) == "start_contact", harm=_tells_of_harm(tracker))
        if turn.side_question or (draft and not draft["paused"] and _about_our_words(tracker)):
            raise ActionExecutionRejection(FORM)
        summary = "\n\n".join(f"{words().text(label, now())}:\n{answer}" for label, answer in turn.summary)
        messages: List[Message] = [m for key in turn.says for m in words().say(key, now(), summary=summary)]
        if turn.draft is not None and turn.left and not turn.draft["paused"]:
            last = messages.pop()
            messages.append(Message(last.text, ("Skip", "Finish"), last.custom))
        if turn.pass_on:
            say(dispatcher, messages, reflection=False, **({"copy": summary} if summary else {}))
            handed = "\n".join(answer for _, answer in turn.summary)
            return [ActiveLoop(None), SlotSet("reflection", {"handed_over": handed} if handed else None), FollowupAction("contact_form")]
        say(dispatcher, messages, reflection=turn.draft is not None, **({"copy": summary} if summary else {}))
        return [ActiveLoop(FORM if turn.draft else None), SlotSet("reflection", turn.draft)]


def _tells_of_harm(tracker: Tracker) -> bool:
    """Read from the classifier's first thought: inside an account the net keeps its alarms for what is certain."""
    ranking = tracker.latest_message.get("intent_ranking") or [{}]
    heard = str(ranking[0].get("name")) in HARM and float(ranking[0].get("confidence") or 0) >= SURE_OF_HARM
    return heard or reflection.may_tell_of_harm(said_by_person(tracker))


def _about_our_words(tracker: Tracker) -> bool:
    """"Simpler", "say again": about the question, not an answer to it."""
    return (intent_of(tracker) in intents_that_are("about_our_words") and len(said_by_person(tracker).split()) <= FEW
            and not answered_by_others(tracker, FORM) and not reflection.is_finish(said_by_person(tracker)))
