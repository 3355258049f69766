"""Read an answer: a pure function from what was typed to the answer as it is kept, or to a named problem.

The words of a problem and of a warning are in guidance/wording/contact.yml under its key. What was typed is always kept as
it was typed, in ``said``; nothing is corrected.
"""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Dict, Mapping, Tuple, Union

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import DamerauLevenshtein

from bot.handoff import heard
from bot.handoff.birth import InTheFuture, NoSuchDate, read_birth
from bot.handoff.choices import choose
from bot.handoff.plan import is_required, next_asked, path_of, question_of
from bot.handoff.questions import Answer, Answers, Kind, Path, Question, State

LONGEST = 20_000    # characters in one answer: a pasted e-mail of three thousand words is taken


@dataclass(frozen=True)
class Read:
    """The answer to keep. ``remarks`` are wording keys to say beside it, each with what it is filled with."""

    answer: Answer = field(repr=False)
    remarks: Tuple[Tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why it cannot be kept as an answer: the wording key that says what to do."""

    key: str


Reading = Union[Read, Problem]


def read_answer(key: str, text: str, answers: Answers, today: dt.date, insist: bool = False) -> Reading:
    """Read what was typed for the question of ``key``, given the other answers.

    ``insist``: the person has seen the problem and says the same again; what can be kept as typed then is.
    """
    question, said = question_of(key), text.strip()
    if len(said) > LONGEST:
        return Problem("answer_too_long")
    state = _state_said(question, said)
    if state is not None:
        if is_required(key, answers):
            return Problem(f"need_{question.id}")
        anonymous = question.id == "you" and state is State.SKIPPED
        return Read({"state": state.value, **({"anonymous": True} if anonymous else {})}, (("contact_anonymous", {}),) if anonymous else ())
    reading = _READERS[question.kind](question, said, today, insist)
    if isinstance(reading, Read) and question.required and path_of(answers) is Path.PRACTITIONER and not re.search(r"\w", said):
        return Problem(f"need_{question.id}")
    return reading


def read_form(texts: Mapping[str, str], today: dt.date, insisted: Tuple[str, ...] = ()) -> "Tuple[Answers, Dict[str, Problem]]":
    """Read a filled-in form at once: texts by key. Returns the answers in the order asked, and the problems by key.

    Reads along the plan, so that a field that does not apply is left out, and an empty one counts as skipped.
    """
    answers: Answers = {}
    problems: Dict[str, Problem] = {}
    asked = next_asked(answers)
    while asked is not None:
        reading = read_answer(asked.key, texts.get(asked.key, ""), answers, today, asked.key in insisted)
        if isinstance(reading, Problem):
            problems[asked.key] = reading
            answers[asked.key] = {"state": State.SKIPPED.value}     # so that what follows is read as well
        else:
            answers[asked.key] = reading.answer
        asked = next_asked(answers)
    return {key: answer for key, answer in answers.items() if key not in problems}, problems


def _state_said(question: Question, said: str) -> "State | None":
    if question.id == "you" and heard.is_anonymous(said):
        return State.SKIPPED
    if not said or heard.is_skip(said):
        return State.NOT_APPLICABLE if heard.is_not_applicable(said) else State.SKIPPED
    if heard.is_unknown(said) and not (question.kind is Kind.CHOICE and "unsure" in question.choices):
        return State.UNKNOWN
    if question.kind in (Kind.PHONE, Kind.EMAIL) and heard.is_none(said):
        return State.NOT_APPLICABLE
    return None


def _text(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    return Read(_given(said))


def _choice(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    value = said if said in question.choices else choose(question.id, said)
    if value is None and (question.required or question.id == "more_children"):     # the only answers that are not kept as said
        return Problem(f"need_{question.id}")
    return Read({**_given(said), **({"value": value} if value else {})})


def _birth(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    try:
        birth = read_birth(said, today)
    except InTheFuture:
        return Read({**_given(said), "kind": "said"}) if insist else Problem("birth_in_future")
    except NoSuchDate:
        return Read({**_given(said), "kind": "said"}) if insist else Problem("birth_no_such_date")
    answer: Answer = {**_given(said), "kind": birth.kind}
    if birth.years is not None:
        answer["years"] = birth.years
    if birth.date is None:
        return Read(answer)
    answer.update(date=birth.date.isoformat(), shown=birth.in_words)
    return Read(answer, (("birth_read_back" if birth.kind == "exact" else "birth_due_read_back", {"date_in_words": birth.in_words}),))


_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.I)
_ALMOST_POSTCODE = re.compile(r"\bPL\s?\d{1,2}\s*[a-z\d]{1,4}\s*$|\b[a-z]{1,2}\d{1,2}\s+\d{1,2}[a-z]{0,3}\s*$", re.I)


def _address(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    odd = _ALMOST_POSTCODE.search(said) and not _POSTCODE.search(said)
    return Read(_given(said), (("postcode_odd", {}),) if odd else ())


def _phone(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    digits = re.sub(r"\D", "", said)
    if not digits:
        return Read(_given(said))       # "ring me at school", "i dont have credit": their words are the answer
    found = list(phonenumbers.PhoneNumberMatcher(said, "GB", leniency=phonenumbers.Leniency.POSSIBLE))
    if not found or _TOO_LONG.search(said):
        return Read(_given(said)) if insist else Problem("phone_not_possible")
    valid = any(phonenumbers.is_valid_number(m.number) for m in found) or _for_drama(digits)
    return Read(_given(said), () if valid else (("phone_odd", {}),))


_TOO_LONG = re.compile(r"(?:\d[\s./()\-]{0,2}){16}")


def _for_drama(digits: str) -> bool:
    """Numbers that are set aside for stories are not worth a warning: people who try the service use them."""
    return re.sub(r"^(?:00)?44|^0", "", digits).startswith(("1632960", "7700900"))


_MAIL = re.compile(r"[^\s<>,;]+@[^\s<>,;]+|[^\s<>,;]+ at [^\s<>,;]+ dot [^\s<>,;]+", re.I)
_KNOWN_PROVIDERS = ("gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com", "yahoo.co.uk",
                    "icloud.com", "btinternet.com", "sky.com", "aol.com", "nhs.net", "plymouth.gov.uk")


def _email(question: Question, said: str, today: dt.date, insist: bool) -> Reading:
    match = _MAIL.search(said)
    if match is None:
        looks = "@" in said or re.fullmatch(r"\S+\.\S+", said)
        return Problem("email_not_possible") if looks and not insist else Read(_given(said))
    if "@" not in match[0]:
        return Read(_given(said))       # "sam at example dot org": a person can read it
    try:
        domain = validate_email(re.sub(r"^mailto:", "", match[0].rstrip(".")), check_deliverability=False, test_environment=True).domain.lower()
    except EmailNotValidError:
        return Read(_given(said)) if insist else Problem("email_not_possible")
    typo = domain not in _KNOWN_PROVIDERS and any(DamerauLevenshtein.distance(domain, known) <= 1 for known in _KNOWN_PROVIDERS)
    return Read(_given(said), (("email_odd", {}),) if typo else ())


_READERS = {Kind.TEXT: _text, Kind.CHOICE: _choice, Kind.BIRTH: _birth, Kind.ADDRESS: _address, Kind.PHONE: _phone, Kind.EMAIL: _email}


def _given(said: str) -> Answer:
    return {"state": State.GIVEN.value, "said": said}
