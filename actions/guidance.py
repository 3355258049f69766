"""Actions that answer from the guidance documents."""
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import SpeakingAction, all_said, fitting, intent_of, now, said_by_person, say, words
from bot.handoff.receiving import counted
from bot.handoff.tally import Counted
from bot.jobs import load_jobs
from bot.library.answers import Answer, NotHeld
from bot.library.search import Library
from bot.library.shared import shared_library
from bot.understanding.traits import intents_that_are
from bot.words import Message

MORE = "Tell me more"
BY_JOB = intents_that_are("by_job")


def library() -> Library:
    """The process's one library."""
    return shared_library()


class LookUpOrSay(SpeakingAction):
    """For a message that may be a question or a worry: the words of the intent. Questions that the guidance is sure of
    never come here: bot/understanding/library_component.py sends them to ``LookUp``."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up_or_say"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the words of the intent; about Building Support at work, an example for the job that they named."""
        own = fitting(tracker, f"utter_{intent_of(tracker)}")
        say(dispatcher, own + (_in_their_job(tracker) if intent_of(tracker) in BY_JOB else []))
        return []


def _in_their_job(tracker: Tracker) -> List[Message]:
    job = next((j for j in map(load_jobs().named_in, reversed(all_said(tracker))) if j), None)
    return words().say("building_support_job", now(), word=job.name, means=job.example) if job else []


class LookUp(SpeakingAction):
    """Answers from the guidance documents with the source, or says that the answer is not held. Which messages come here
    is decided in bot/understanding/library_component.py."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the answer, or that there is none."""
        asked = tracker.latest_message.get("guidance") or {}
        question, beside = str(asked.get("question") or said_by_person(tracker)), str(asked.get("beside") or "")
        found = library().whole(beside) if asked.get("whole") else library().answer(question, float(asked.get("at_least") or 0.0), beside)
        own = fitting(tracker, f"utter_{asked['instead_of']}") if asked.get("instead_of") else []
        if isinstance(found, Answer):
            counted(Counted.TOPIC, found.citations[0].section, now())
            say(dispatcher, [Message(m.text) for m in own] + with_sources(found))
            return []
        counted(Counted.NOT_HELD, library().ranking(question, most=1)[0].place, now())
        if isinstance(found, NotHeld):
            say(dispatcher, own + not_held(found))
        else:
            say(dispatcher, own + words().say("guidance_none", now()))
        return []


def with_sources(answer: Answer) -> List[Message]:
    """The answer's words, then the line that names its source and says what in it ages; a second that may be meant."""
    said: List[Message] = []
    unsure = [] if answer.sure else words().say("guidance_nearest", now())
    for found in (answer, *answer.seconds):
        if said:
            said += words().say("guidance_second", now())
        said += [Message(found.words), Message("\n".join([*(c.line() for c in found.citations), *found.nudges]))]
    if answer.route:
        said += words().say("guidance_where", now())
    buttons = ([] if answer.whole else [MORE]) + list(answer.offers)
    return [*unsure, *said[:-1], Message(said[-1].text, tuple(buttons), {"key": "guidance", "found": answer.citations[0].found})]


def not_held(found: NotHeld) -> List[Message]:
    """That we do not hold it, whom to ask, and questions that we could answer."""
    if found.untold and found.source is not None:
        said = words().say("guidance_untold", now(), answer=f"{found.untold}\n{found.source.line()}")
        return [*said[:-1], Message(said[-1].text, found.offers, {"key": "guidance_not_held"})]
    said = [Message(found.words)] if found.words else words().say("guidance_not_said", now(), answer=found.nearest)
    where = words().say("guidance_where", now())
    return [*said, *where[:-1], Message(where[-1].text, found.offers, {"key": "guidance_not_held"})]
