"""The plain form for a contact, page by page: what is posted, to the next page. Danger in any field comes first."""
from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

from bot.contacts.hours import london
from bot.handoff.left import OpenForms
from bot.handoff.payload import payload
from bot.handoff.plan import AT_ONCE, longest, path_of, question_of, words_key
from bot.handoff.questions import CHECK, Answers, Kind, Path
from bot.handoff.reading import LONGEST, Problem, Read, read_answer
from bot.handoff.receiving import NotTaking, counted, receive, when_read, why_not_taking
from bot.handoff.store import TooLong
from bot.handoff.tally import Counted
from bot.handoff.view import first_things, sections
from bot.widget import form
from bot.widget.form import Filled
from bot.widget.pages import shown
from bot.words import Words

log = logging.getLogger(__name__)
IDLE = dt.timedelta(minutes=30)
# Texts in, the words about danger and whether it is certain out: the door's safety net.
Listen = Callable[[Sequence[str]], "Tuple[List[Dict[str, Any]], bool]"]


@dataclass(frozen=True)
class View:
    """A page: the template's name, what it needs, and the HTTP status."""

    page: str
    given: Dict[str, Any] = field(default_factory=dict, repr=False)
    status: int = 200


class Tell:
    """The form. ``listen`` hears danger."""

    def __init__(self, words: Words, listen: Listen, idle: dt.timedelta = IDLE) -> None:
        self._words, self._listen, self._open = words, listen, OpenForms(idle)

    def start(self, now: dt.datetime) -> View:
        """The first page; while contact-taking is off, why, and whom to ring."""
        off = why_not_taking()
        if off is not None:
            said = [m.as_dict() for m in self._words.say("contact_off", now, words=off)]
            return View("tell_off", {"title": "contact_off_title", "said": shown(said)})
        return self._ask(Filled(id=str(uuid.uuid4())), {}, now, [])

    def post(self, fields: Mapping[str, str], now: dt.datetime, may_send: Callable[[], bool]) -> View:
        """The page that follows a form post. Nothing raises for what people type; an error of the store is said.

        ``may_send`` is asked before a contact is kept: False if this address has sent too much in this minute.
        """
        view, begun = self._post(fields, now, may_send), "begun" in fields
        if view.page == "tell_stopped" and begun:
            counted(Counted.STOPPED, _open_question(fields), now)
        if not begun and view.page == "tell_questions" and view.status == 200:
            counted(Counted.BEGUN, "form", now)
            begun = True
        if begun and "hidden" in view.given:
            view.given["hidden"].append(("begun", "yes"))
            state = dict(view.given["hidden"])
            self._open.shows(state["id"], _open_question(state), now)
        elif begun:
            self._open.ends(form.read_fields(fields).id)
        return view

    def count_left(self, now: dt.datetime) -> None:
        """Count the forms that nobody has sent on for too long, by the question that stood open."""
        self._open.count_left(now)

    def practitioner_answers(self, fields: Mapping[str, str], now: dt.datetime) -> "Answers | None":
        """The answers of a practitioner's form that is at its check, to make a file of; None if it is not."""
        filled = form.read_fields(fields)
        answers, problems = form.answers_of(filled, filled.seen, london(now).date())
        at_check = not problems and not filled.asked and not form.next_page(answers, filled.seen)
        return answers if at_check and path_of(answers) is Path.PRACTITIONER else None

    def _post(self, fields: Mapping[str, str], now: dt.datetime, may_send: Callable[[], bool]) -> View:
        filled, today = form.read_fields(fields), london(now).date()
        if "safe" in fields and filled.texts.get("danger") == "yes":
            filled = replace(filled, texts={**filled.texts, "danger": "no"})
        everything = filled.seen + tuple(k for k in filled.asked if k not in filled.seen)
        urgent, certain = self._hear(filled, everything if "send" in fields else filled.asked, now)
        if "stop" in fields:
            return View("tell_stopped", {"title": "tell_stopped_title", "said": shown(urgent)})
        if certain and "send" not in fields and "safe" not in fields:
            return self._interrupt(filled, urgent)
        if "safe" in fields:
            urgent = []  # said on the page before
        if "back" in fields:
            return self._back(filled, urgent, now)
        if "change" in fields:
            return self._ask(form.without(filled, (fields["change"],)), self._read(filled, filled.seen, today), now, [])
        answers, problems = form.answers_of(filled, everything, today)
        problems = {k: p for k, p in problems.items() if k in filled.asked or "send" in fields}
        problems.update({k: Problem("tell_date_part") for k in filled.asked if form.half_a_date(filled, k)})
        if problems:
            return self._again(filled, answers, problems, urgent, now)
        said = urgent + [m for key in filled.asked for m in self._at_once(key, answers, now)]
        filled = form.turned(filled)
        if form.next_page(answers, filled.seen):
            return self._ask(filled, answers, now, said)
        if "send" not in fields:
            return self._check(filled, answers, said, now)
        if not may_send():
            return self._check(filled, answers, urgent + self._say("tell_too_many", now) + self._say("help_lines", now), now, 429)
        return self._send(filled, answers, urgent, now)

    def _read(self, filled: Filled, keys: Tuple[str, ...], today: dt.date) -> Answers:
        return form.answers_of(filled, keys, today)[0]

    def _hear(self, filled: Filled, keys: Tuple[str, ...], now: dt.datetime) -> "Tuple[List[Dict[str, Any]], bool]":
        """What is to be said first, and whether danger is plain: a yes to the gate, or danger in any of the fields."""
        if "danger" in keys and filled.texts.get("danger") == "yes":
            return self._say("utter_danger_now", now), True
        return self._listen([filled.texts.get(key, "") for key in keys])

    def _back(self, filled: Filled, urgent: List[Dict[str, Any]], now: dt.datetime) -> View:
        last = filled.pages[-1] if filled.pages else ()
        earlier = form.without(filled, last)
        return self._ask(earlier, self._read(earlier, earlier.seen, london(now).date()), now, urgent)

    def _ask(self, filled: Filled, answers: Answers, now: dt.datetime, said: List[Dict[str, Any]]) -> View:
        asked = form.next_page(answers, filled.seen)
        return self._questions(filled, answers, [a.key for a in asked], {}, said, now)

    def _again(self, filled: Filled, answers: Answers, problems: Mapping[str, Problem], said: List[Dict[str, Any]], now: dt.datetime) -> View:
        keys = [k for k in (filled.asked or filled.seen) if k in filled.asked or k in problems]
        view = self._questions(filled, answers, keys, problems, said, now)
        return View(view.page, view.given, 422)

    def _questions(self, filled: Filled, answers: Answers, keys: List[str], problems: Mapping[str, Problem],
                   said: List[Dict[str, Any]], now: dt.datetime) -> View:
        questions = [self._question(key, filled, answers, problems.get(key), now) for key in keys]
        return View("tell_questions", {
            "title": "tell_title", "first": not filled.seen, "said": shown(said), "questions": questions,
            "when_read": when_read(self._words, now), "wrong": [q for q in questions if q["error"]],
            "child": question_of(keys[0]).group.value == "child" and keys[0].partition(":")[2],
            "hidden": _hidden(filled, keys, {k: filled.texts.get(k, "") for k in problems}), "back": bool(filled.pages)})

    def _question(self, key: str, filled: Filled, answers: Answers, problem: "Problem | None", now: dt.datetime) -> Dict[str, Any]:
        question, text = question_of(key), filled.texts.get(key, "")
        must = path_of(answers) in question.required
        choices = [(value, self._words.text(f"choice_{question.id}_{value}", now)) for value in question.choices]
        if choices and not must and question.id != "more_children":
            choices += [] if "unsure" in question.choices else [("i don't know", self._words.text("tell_do_not_know", now))]
            choices.append(("skip", self._words.text("tell_leave_out", now)))
        parts = filled.boxes.get(key) or (form.date_parts(text) if form.is_date(key) else None)
        read = answers.get(key, {})
        return {"key": key, "id": key.replace(":", "-"), "kind": question.kind.value, "long": question.long,
                "label": self._words.text(f"label_{question.id}", now),
                "text": text[len(" ".join(filter(None, parts))):].strip() if parts else text,
                "asks": self._words.say(self._own(words_key("ask", key, answers)), now)[0].text, "choices": choices,
                "chosen": read.get("value") or text, "parts": parts or ("", "", ""),
                "why": self._words.text(f"why_{question.id}", now) if f"why_{question.id}" in self._words.entries else "",
                "error": self._problem(key, problem, now) if problem else ""}

    def _problem(self, key: str, problem: Problem, now: dt.datetime) -> str:
        if problem.key.startswith("need_") and question_of(key).kind is Kind.CHOICE:
            return self._words.text("tell_choose", now)
        return self._words.say(self._own(problem.key), now, max_characters=f"{LONGEST:,}")[0].text

    def _own(self, key: str) -> str:
        """The form's own words where the conversation's would not fit, such as those that say what to type."""
        return f"tell_{key}" if f"tell_{key}" in self._words.entries else key

    def _interrupt(self, filled: Filled, urgent: List[Dict[str, Any]]) -> View:
        return View("tell_urgent", {"title": "tell_urgent_title", "said": shown(urgent),
                                    "hidden": [*_hidden(filled, [], {}), ("asked", ",".join(filled.asked))]})

    def _check(self, filled: Filled, answers: Answers, said: List[Dict[str, Any]], now: dt.datetime, status: int = 200) -> View:
        content = payload(answers)
        return View("tell_check", {
            "title": "tell_check_title", "said": shown(said), "sections": sections(content, lambda k: self._words.text(k, now)),
            "first": first_things(content, lambda k: self._words.text(k, now)), "remarks": self._remarks(filled, answers, now),
            "files": ["docx", "json"] if path_of(answers) is Path.PRACTITIONER else [], "hidden": _hidden(filled, [], {})}, status)

    def _remarks(self, filled: Filled, answers: Answers, now: dt.datetime) -> Dict[str, List[str]]:
        """What to look at once more, by key: a postcode, number or address that looks unusual."""
        found = {}
        for key in answers:
            reading = read_answer(key, filled.texts.get(key, ""), answers, london(now).date(), insist=True)
            if isinstance(reading, Read):
                found[key] = [self._words.text(k, now, **given) for k, given in reading.remarks if k.endswith("_odd")]
        return found

    def _send(self, filled: Filled, answers: Answers, urgent: List[Dict[str, Any]], now: dt.datetime) -> View:
        try:
            receipt = receive(answers, filled.id, now)
        except NotTaking:
            off = [m.as_dict() for m in self._words.say("contact_off", now, words=why_not_taking() or "")]
            return self._check(filled, answers, urgent + off, now, 503)
        except TooLong:
            return self._again(filled, answers, {longest(answers): Problem("contact_too_long")}, urgent, now)
        except Exception as error:
            log.error("contact_not_kept error=%s", type(error).__name__)
            return self._check(filled, answers, urgent + self._say("tell_not_kept", now) + self._say("help_lines", now), now, 503)
        log.info("contact_received reference=%s path=%s", receipt.reference, path_of(answers).value)
        return View("tell_sent", {"title": "tell_sent_title", "said": shown(urgent), "reference": receipt.reference, "code": receipt.return_code,
                                  "practitioner": path_of(answers) is Path.PRACTITIONER, "when_read": when_read(self._words, now)})

    def _at_once(self, key: str, answers: Answers, now: dt.datetime) -> List[Dict[str, Any]]:
        said = AT_ONCE.get((key, str(answers.get(key, {}).get("value"))))
        return self._say(said, now) if said else []

    def _say(self, key: str, now: dt.datetime) -> List[Dict[str, Any]]:
        urgent = self._words.entries[key].opens_with_999
        return [{**m.as_dict(), "custom": {"urgent": urgent}} for m in self._words.say(key, now)]


def _open_question(fields: Mapping[str, str]) -> str:
    """The question that stands open on a page: the first that it asks, or the check of the answers."""
    return (form.read_fields(fields).asked or (CHECK,))[0].partition(":")[0]


def _hidden(filled: Filled, asking: List[str], was: Mapping[str, str]) -> List[Tuple[str, str]]:
    """The fields that carry the state along; what is asked on this page has fields of its own."""
    out = [("id", filled.id), ("pages", "|".join(",".join(page) for page in filled.pages))]
    if asking:
        out.append(("asked", ",".join(asking)))
    out += [(key, text) for key, text in filled.texts.items() if key not in asking and text]
    return out + [(f"was~{key}", text) for key, text in was.items() if text]
