"""Who may do what at the desk. What is not listed here is closed, to everybody."""
from __future__ import annotations

from enum import Enum
from typing import Any, Mapping, Optional, Union
from urllib.parse import quote, urlsplit

from flask import Flask, g, redirect, request, session
from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, NotFound

from bot.desk.desk import desk, now
from bot.desk.person import Person, Role
from bot.desk.showing import signed_out


class Door(str, Enum):
    """Open without signing in."""

    ANYBODY = "anybody"
    SIGNED = "signed"       # the body is signed by a front door; the view checks it


Needs = Union[Role, Door]
_READER, _WORKER, _MANAGER = Role.READER, Role.WORKER, Role.MANAGER
RULES: Mapping[str, Mapping[str, Needs]] = {
    "static": {"GET": Door.ANYBODY, "HEAD": Door.ANYBODY},
    "receiving.take_in": {"POST": Door.SIGNED},
    "receiving.states": {"POST": Door.SIGNED},
    "receiving.pulse": {"POST": Door.SIGNED},
    "receiving.health": {"GET": Door.ANYBODY, "HEAD": Door.ANYBODY},
    "receiving.openapi": {"GET": Door.ANYBODY},
    "signing_in.sign_in": {"GET": Door.ANYBODY, "POST": Door.ANYBODY},
    "signing_in.sign_out": {"POST": _READER},
    "signing_in.welcome": {"GET": Door.ANYBODY, "POST": Door.ANYBODY},
    "signing_in.elsewhere": {"GET": Door.ANYBODY},
    "signing_in.back": {"GET": Door.ANYBODY},
    "inbox.home": {"GET": _READER},
    "inbox.count": {"GET": _READER},
    "contact.show": {"GET": _READER},
    "contact.printed": {"POST": _READER},
    "contact.note": {"POST": _WORKER},
    "contact.assign": {"POST": _WORKER},
    "contact.acknowledge": {"POST": _WORKER},
    "contact.pass_on": {"POST": _WORKER},
    "contact.export": {"POST": _WORKER},
    "erasing.erase": {"GET": _MANAGER, "POST": _MANAGER},
    "erasing.hold": {"POST": _MANAGER},
    "erasing.release": {"POST": _MANAGER},
    "running.alarms": {"GET": _READER},
    "running.switch": {"GET": _READER, "POST": _MANAGER},
    "running.record": {"GET": _MANAGER},
    "insight.home": {"GET": _READER},
    "insight.table": {"GET": _READER},
    "insight.plot": {"GET": _READER},
    "people.home": {"GET": _MANAGER},
    "people.add": {"POST": _MANAGER},
    "people.change": {"POST": _MANAGER},
    "lab.static": {"GET": Door.ANYBODY, "HEAD": Door.ANYBODY},
    "lab.enter": {"GET": Door.ANYBODY, "POST": Door.ANYBODY},       # from here on the view asks for a seat in a meeting
    "lab.walk": {"GET": Door.ANYBODY},
    "lab.answers": {"POST": Door.ANYBODY},
    "lab.did": {"GET": Door.ANYBODY},
    "lab.leave": {"POST": Door.ANYBODY},
    "lab.left": {"GET": Door.ANYBODY},
    "wording.home": {"GET": _WORKER},
    "wording.begin": {"POST": _WORKER},
    "wording.make_walk": {"POST": _WORKER},
    "wording.walk": {"GET": _WORKER, "POST": _WORKER},
    "wording.end": {"POST": _WORKER},
    "wording.results": {"GET": _WORKER},
    "wording.flagged": {"GET": _WORKER},
    "wording.see": {"POST": _WORKER},
    "wording.suggestion": {"GET": _WORKER, "POST": _WORKER},
}
FOR_PROGRAMS = ("/inbox", "/inbox/states", "/pulse", "/health", "/count.json", "/openapi.json", "/lab/answers")
# A page that asks by itself must not keep somebody signed in who has walked away.
_ASKED_BY_SCRIPT = ("inbox.count",)
# What concerns every front door is not for a manager of one.
_WHOLE = (*((page, verb) for page in RULES if page.startswith("wording.") for verb in ("GET", "POST")),
          ("people.home", "GET"), ("people.add", "POST"), ("people.change", "POST"), ("running.switch", "POST"), ("running.record", "GET"))


def needs(endpoint: str, method: str) -> Optional[Needs]:
    """What a request needs; None if it is closed."""
    return RULES.get(endpoint, {}).get(method)


def may(person: Person, endpoint: str, method: str) -> bool:
    """True if somebody who is signed in may do this at all; which contacts they see is asked for each contact."""
    needed = needs(endpoint, method)
    if isinstance(needed, Door):
        return True
    return needed is not None and person.role.may(needed) and not (person.doors and (endpoint, method) in _WHOLE)


def guard(app: Flask) -> None:
    """Let every request of the application pass here first."""
    app.before_request(_let_in)


def _let_in() -> Any:
    g.person = None
    refused = request.routing_exception
    if isinstance(refused, HTTPException) and refused.code == 400:     # not our name
        raise refused
    needed = needs(request.endpoint, request.method) if request.endpoint else None
    token = session.get("token")
    if token and not (needed is Door.SIGNED or (needed and request.endpoint == "static")):
        g.person = desk().visits.who(str(token), now(), counts_as_use=request.endpoint not in _ASKED_BY_SCRIPT)
    if isinstance(needed, Door):
        return None
    if g.person is None:
        if request.path in FOR_PROGRAMS and request.routing_exception is not None:
            raise request.routing_exception     # a program must not be sent to a sign-in page, which answers 200
        return _ask_to_sign_in()
    if request.routing_exception is not None:
        raise request.routing_exception
    if request.endpoint is None:
        raise NotFound
    if needed is None:
        raise MethodNotAllowed(valid_methods=sorted(RULES.get(request.endpoint, {}))) if RULES.get(request.endpoint) else Forbidden()
    if "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")):
        return "A page is opened by a person, not in advance.", 403     # else it would say "seen" and nobody saw it
    if not may(g.person, request.endpoint, request.method):
        raise Forbidden
    return None


def _ask_to_sign_in() -> Any:
    if request.method == "GET" and request.endpoint not in _ASKED_BY_SCRIPT:
        return redirect("/sign-in" + (f"?next={quote(request.path)}" if request.path != "/" else ""), 303)
    if request.endpoint in _ASKED_BY_SCRIPT:
        return {"error": {"code": "signed_out", "message": "sign in again"}}, 401
    return signed_out()


def safe_next(given: str) -> str:
    """A place of ours to go to after signing in; anything else becomes the inbox."""
    parts = urlsplit(given)
    inside = given.startswith("/") and not given.startswith(("//", "/\\")) and not parts.netloc and given.isprintable()
    return given if inside and "\\" not in given else "/"

