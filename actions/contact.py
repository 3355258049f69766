"""The contact: Rasa's form of that name is run by this action; bot/handoff decides what comes next."""
from typing import Any, Dict, List, Optional, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.speaking import SpeakingAction, answered_by_others, intent_before, log, now, say, words
from bot import reflection
from bot.contacts.hours import london
from bot.contacts.next_open import in_words
from bot.handoff import conversation
from bot.handoff.changes import Draft
from bot.handoff.conversation import Heard, Outcome, Turn
from bot.handoff.parcel import tidy_reference
from bot.handoff.payload import payload
from bot.handoff.plan import longest, path_of, question_of
from bot.handoff.questions import CHECK, Answers, Kind, Path
from bot.handoff.questions import State as Answered
from bot.handoff.receiving import NotTaking, counted, receive, store, when_read, why_not_taking
from bot.handoff.return_code import tidy_code
from bot.handoff.store import NoSuchReference, Progress, TooLong, TooManyTries
from bot.handoff.tables import State
from bot.handoff.tally import Counted
from bot.handoff.view import first_things, sections
from bot.safety.findings import URGENT
from bot.understanding.traits import intents_that_are
from bot.words import Message

FORM = "contact_form"
_FIELDS = {Kind.BIRTH: "date", Kind.PHONE: "phone", Kind.EMAIL: "email"}
WORRIES = intents_that_are("begins_a_contact")
SAY_ANEW = intents_that_are("said_anew_in_a_contact")
FEW_WORDS = 12      # longer than this it is an answer, whatever it sounds like
# Intents that somebody else can answer while a contact is taken; the question is asked again afterwards.
SURE_ENOUGH = 0.45
NOT_SIDE = intents_that_are("part_of_a_contact")


class ContactForm(SpeakingAction):
    """Runs one turn of the contact."""

    def name(self) -> str:
        """The same as the form's name in the domain, so Rasa runs this in its place."""
        return FORM

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Ask, read, change, send or stop."""
        draft = tracker.get_slot("contact_draft")
        if not draft:
            off = why_not_taking()
            if off is not None:
                say(dispatcher, words().say("contact_off", now(), words=off), contact_ended=True)
                return _events(None)
            counted(Counted.BEGUN, "conversation", now())
            handed_over = reflection.handed_over(tracker.get_slot("reflection"))
            turn = conversation.begin(handed_over, True) if handed_over else conversation.begin(*_told_before(tracker))
        elif answered_by_others(tracker, FORM):
            turn = conversation.ask_again(draft)
        else:
            turn = conversation.take(draft, _heard(tracker), london(now()).date())
        if turn.outcome is Outcome.SIDE_QUESTION:
            raise ActionExecutionRejection(FORM)
        if turn.outcome is Outcome.SEND:
            return _send(dispatcher, turn)
        if turn.outcome is Outcome.STOPPED and draft:
            counted(Counted.STOPPED, str(draft.get("asking", "")).partition(":")[0], now())
        at_check = bool(turn.draft and turn.draft["asking"] == CHECK and path_of(turn.draft["answers"]) is Path.PRACTITIONER)
        # the page offers the form as a file, from POST /webhooks/website/form
        files = {"form_files": ["docx", "json"]} if at_check else {}
        say(dispatcher, [m for key, given in turn.says for m in _said(key, given, turn)], contact=True, contact_ended=turn.draft is None,
            **files, **_field(turn.draft))
        return _events(turn.draft)


class ContactStatus(SpeakingAction):
    """Answers "has anyone seen it?" with a state and its times, to somebody who knows the reference and its code."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_contact_status"

    def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
        """Say the state, or ask for what is missing: the reference, or its code."""
        said = [str(e.get("text") or "") for e in tracker.events if e.get("event") == "user"][-3:]
        reference = next((r for text in reversed(said) for r in map(tidy_reference, _runs(text, 2)) if r), None)
        code = next((c for text in reversed(said) for c in map(tidy_code, _runs(text, 3)) if c), None)
        if reference is None or code is None:
            say(dispatcher, words().say("contact_status_ask" if reference is None else "contact_status_ask_code", now()))
            return []
        found = store().answer(reference, code, now())
        if isinstance(found, NoSuchReference):
            say(dispatcher, words().say("contact_status_unknown", now()))
        elif isinstance(found, TooManyTries):
            say(dispatcher, words().say("contact_status_wait", now()))
        else:
            say(dispatcher, words().say("contact_status_known", now(), state=_state_in_words(found)))
        return []


def _state_in_words(found: Progress) -> str:
    if found.state is State.ERASED:
        return words().text("state_erased", now())
    name, at = next(((name, at) for name, at in (("acknowledged", found.acknowledged_at), ("seen", found.seen_at), ("delivered", found.delivered_at))
                     if at is not None and found.state is not State.STUCK), (found.state.value, found.received_at))
    key = f"state_{name}" if f"state_{name}" in words().entries else "state_waiting"
    return words().text(key, now(), when=in_words(london(at), now()))


def _runs(text: str, most: int) -> List[str]:
    """Every one to ``most`` words that stand side by side: references and codes are typed with and without spaces."""
    tokens = text.replace(",", " ").replace(".", " ").replace("?", " ").split()
    return ["".join(tokens[i:i + n]) for n in range(most, 0, -1) for i in range(len(tokens) - n + 1)]


def _send(dispatcher: CollectingDispatcher, turn: Turn) -> List[Dict[str, Any]]:
    assert turn.draft is not None
    answers = turn.draft["answers"]
    path = path_of(answers)
    try:
        receipt = receive(answers, turn.draft["id"], now())
    except NotTaking:
        say(dispatcher, words().say("contact_off", now(), words=why_not_taking() or "") + words().say("contact_off_kept", now()), contact=True)
        return [SlotSet("contact_draft", turn.draft)]
    except TooLong:
        asked = question_of(longest(answers))
        say(dispatcher, words().say("contact_too_long", now(), question=_word(f"label_{asked.id}"), word=asked.fields[0]), contact=True)
        return [SlotSet("contact_draft", turn.draft)]
    except Exception as error:
        log.error("contact_not_kept error=%s", type(error).__name__)
        say(dispatcher, words().say("contact_not_kept", now()), contact=True)
        return [SlotSet("contact_draft", turn.draft)]
    log.info("contact_received reference=%s path=%s", receipt.reference, path.value)
    said = "contact_sent_practitioner" if path.value == "practitioner" else "contact_sent"
    messages = words().say(said, now(), reference=receipt.reference, when_read=when_read(words(), now()))
    if receipt.return_code:     # it stands before the last message, which says whom to ring meanwhile
        messages[1:1] = words().say("contact_return_code", now(), code=receipt.return_code)
    say(dispatcher, messages, contact_ended=True)
    return _events(None)


def _field(draft: Optional[Draft]) -> Dict[str, Any]:
    """What a screen may offer for the open question: ``input`` in docs/http.md. Own words are always an answer."""
    if not draft or draft.get("paused") or draft["asking"] == CHECK:
        return {}
    question, path = question_of(draft["asking"]), path_of(draft["answers"])
    kind = _FIELDS.get(question.kind) or ("long" if question.long else None)
    if kind is None or (kind == "date" and path is Path.CHILD):
        return {}
    field = {"kind": kind, "label": _word(f"label_{question.id}")}
    return {"input": {**field, "words_first": True} if kind == "date" and path is Path.PUBLIC else field}


def _events(draft: Optional[Draft]) -> List[Dict[str, Any]]:
    return [ActiveLoop(FORM if draft else None), SlotSet("contact_draft", draft), SlotSet("reflection", None)]


def _said(key: str, given: Dict[str, Any], turn: Turn) -> List[Message]:
    if given.get("simpler"):
        return _simpler(key)
    filled = {name: str(value) for name, value in given.items() if name != "answers"}
    if key == "contact_begin":
        filled["when_read"] = when_read(words(), now())
    if turn.draft is not None and (key in ("contact_summary", "contact_so_far") or "answers" in given):
        filled["summary"] = _shown(turn.draft["answers"], given.get("answers"))
    return words().say(key, now(), **filled)


def _simpler(key: str) -> List[Message]:
    """A question in easier words; where nobody wrote any, the same again, after what may be answered."""
    entry, asked = words().entries[key], words().say(key, now())
    if not entry.simpler:
        return words().say("contact_own_words", now()) + asked
    texts = [words().fill(text, now()) for text in entry.simpler]
    return words().say("contact_simpler", now()) + [*(Message(text) for text in texts[:-1]), Message(texts[-1], asked[-1].buttons, asked[-1].custom)]


def _shown(answers: Answers, only: Optional[Tuple[str, ...]]) -> str:
    """The answers under their headings, and what was left out in one line; ``only`` these keys, without headings."""
    content = payload(answers)
    shown = sections(content, _word)
    if only is not None:
        return "\n".join(f"- {row.label}: {row.text}" for section in shown for row in section.rows if row.key in only)
    parts = [f"{_word('label_first')}: {'; '.join(first_things(content, _word))}"] if content["first"] else []
    for section in shown:
        rows = [f"- {row.label}: {row.text}" for row in section.rows if row.state is not Answered.SKIPPED or row.key == "you"]
        parts += ["\n".join([section.title, *rows])] if rows else []
    left_out = [row.label for section in shown for row in section.rows if row.state is Answered.SKIPPED and row.key != "you"]
    return "\n\n".join(parts + ([f"{_word('label_left_out')}: {', '.join(left_out)}"] if left_out else []))


def _word(key: str) -> str:
    return words().text(key, now())


def _told_before(tracker: Tracker) -> "tuple[str, bool, str]":
    """What begins a contact: the latest words that told of a worry, whether they did, and what else was said just before."""
    told = [e for e in tracker.events if e.get("event") == "user"][-3:]
    texts = [str(e.get("text") or "") for e in told]
    for n, event in reversed(list(enumerate(told))):
        if ((event.get("parse_data") or {}).get("intent") or {}).get("name") in WORRIES:
            return texts[n], True, "\n".join(texts[:n] + texts[n + 1:])
    return (texts[-1] if texts else ""), False, "\n".join(texts[:-1])


def _heard(tracker: Tracker) -> Heard:
    message = tracker.latest_message
    intent = message.get("intent") or {}
    side = intent.get("name") not in NOT_SIDE and float(intent.get("confidence") or 0) >= SURE_ENOUGH
    text = str(message.get("text") or "")
    simpler = intent.get("name") in SAY_ANEW and float(intent.get("confidence") or 0) >= SURE_ENOUGH and len(text.split()) <= FEW_WORDS
    return Heard(text, after_alarm=intent_before(tracker) in URGENT, side=side and not simpler, simpler=simpler)
