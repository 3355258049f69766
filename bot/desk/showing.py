"""Turn what the desk knows into pages: times, waiting and errors in words."""
from __future__ import annotations

from datetime import datetime
from typing import Any, Optional, Tuple

from flask import g, make_response, render_template, request

from bot.contacts.hours import london
from bot.desk.clocks import how_long
from bot.desk.desk import desk, now
from bot.desk.inbox import DeskState, Listed
from bot.desk.person import Role
from bot.desk.settings import HERE

STATE_WORDS = {DeskState.DELIVERED: "Not opened", DeskState.SEEN: "Opened", DeskState.ACKNOWLEDGED: "Decided", DeskState.PASSED: "Passed on",
               DeskState.ERASED: "Erased"}
_COLOURS = {DeskState.DELIVERED: "govuk-tag--red", DeskState.SEEN: "govuk-tag--yellow", DeskState.ACKNOWLEDGED: "govuk-tag--blue",
            DeskState.PASSED: "govuk-tag--green", DeskState.ERASED: "govuk-tag--grey"}
PATH_WORDS = {"public": "Member of the public", "practitioner": "Practitioner", "child": "Child or young person"}
ROLE_WORDS = {Role.READER: "Reader", Role.WORKER: "Worker", Role.MANAGER: "Manager"}
_ERRORS = {
    400: ("There is a problem", "The page could not be read. Go back, load the page again, and try once more."),
    403: ("You cannot do this", "Your role does not include it. Ask a manager if you need it."),
    404: ("There is nothing here", "The page or contact does not exist, or it is not yours to see. Search for the reference in the inbox."),
    405: ("This cannot be done here", "Go back to the inbox and start from there."),
    413: ("That is too long", "Make it shorter, and send it again."),
    429: ("Too many tries", "Wait a minute, then try again."),
    503: ("The desk cannot do this now", "Nothing was lost. Wait a minute, then try again. If it stays so, tell whoever runs the service.")}


def moment(at: Optional[datetime]) -> str:
    """A time in London: "Monday 23 November 2026, 09:30"."""
    if at is None:
        return ""
    local = london(at)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def short(at: Optional[datetime]) -> str:
    """A time in a table: "23 Nov, 09:30"."""
    if at is None:
        return ""
    local = london(at)
    return f"{local.day} {local:%b}, {local:%H:%M}"


def waiting(contact: Listed) -> str:
    """Where a contact stands against its clock, in words that need no colour."""
    at, due = now(), contact.due
    if contact.erased_at is not None:
        return "Erased"
    if contact.passed_at is not None:
        return f"Passed on after {how_long(contact.received_at, contact.passed_at)}"
    awaited = "to open" if contact.worker_seen_at is None else "to decide" if contact.acknowledged_at is None else "to pass on"
    if due is None:
        return f"Waiting {how_long(contact.received_at, at)}"
    if due < at:
        return f"OVERDUE {awaited}, by {how_long(due, at)}"
    return f"{how_long(at, due)} left {awaited}"


def is_overdue(contact: Listed) -> bool:
    """True if its next thing should have happened by now."""
    return contact.due is not None and contact.due < now()


def state_words(contact: Listed) -> str:
    """The state, and whether those who opened it could decide."""
    if contact.state is DeskState.SEEN and contact.worker_seen_at is None:
        return "Opened by a reader only"
    return STATE_WORDS[contact.state]


def state_colour(contact: Listed) -> str:
    """The class of the state's tag."""
    return _COLOURS[contact.state]


def flag_words(flag: str) -> str:
    """What comes first, in words."""
    return "A child is telling us themself" if flag == "child" else desk().say(f"first_{flag}")


def happened_words(what: str) -> str:
    """A line of a contact's history, a decision in its words."""
    key = what.partition("acknowledged: ")[2]
    return f"decided: {desk().inbox.rules.expectations.decisions.get(key, key)}" if key else what


def person_words(name: str) -> str:
    """How somebody is called, by sign-in name; names of processes stay as they are."""
    found = g.setdefault("shown_as", {})
    if name not in found:
        person = desk().people.find(name)
        found[name] = person.shown_as if person else name
    return str(found[name])


def page(template: str, status: int = 200, **given: Any) -> Any:
    """A page."""
    return make_response(render_template(template, **given), status)


def problem(status: int, code: str, reasons: Tuple[str, ...]) -> Any:
    """A refusal for programs, as JSON."""
    return {"error": {"code": code, "message": "; ".join(reasons), "reasons": list(reasons)}}, status


def error_page(status: int) -> Any:
    """A refusal for people."""
    title, what_to_do = _ERRORS.get(status, _ERRORS[400])
    return page("error.html", status, title=title, what_to_do=what_to_do, written=written())


def signed_out() -> Any:
    """What somebody wrote after their session had ended is shown to them, so that it is not lost."""
    return page("error.html", 401, title="You were signed out",
                what_to_do="Nobody had used this page for a while, so the desk signed you out. Sign in again, then go on where you were.",
                written=written(), sign_in=True)


def written() -> str:
    """What somebody has just written in a box, to hand back to them."""
    if request.method != "POST":
        return ""
    try:
        return "\n".join(request.form[key] for key in ("text", "why", "passed_as") if request.form.get(key, "").strip())[:20_000]
    except Exception:   # a body that cannot be read holds nothing to hand back
        return ""


def door_words(door: str) -> str:
    """A front door, in a sentence."""
    return "our own front door" if door == HERE else f"the front door “{door}”"


FILTERS = {"door_words": door_words, "moment": moment, "short": short, "waiting": waiting, "is_overdue": is_overdue, "state_words": state_words,
           "state_colour": state_colour, "flag_words": flag_words, "person_words": person_words, "happened_words": happened_words,
           "path_words": lambda path: PATH_WORDS.get(path, path), "role_words": ROLE_WORDS.__getitem__}
