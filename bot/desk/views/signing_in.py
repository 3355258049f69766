"""Signing in and out, and the one-time links with which people begin."""
from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pyotp
import segno
from flask import Blueprint, abort, redirect, request, session
from markupsafe import Markup

from bot.desk.access import safe_next
from bot.desk.desk import desk, now
from bot.desk.oidc import OidcError, begin, finish
from bot.desk.people import PeopleError
from bot.desk.person import Person
from bot.desk.showing import page

pages = Blueprint("signing_in", __name__)
REFUSED = ("That did not work. Check the name, the password and the code. Five wrong tries lock a name for 15 minutes; "
           "a manager can unlock it.")


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """Name, password and one-time code, on one page."""
    after = safe_next(request.values.get("next", "/"))
    if request.method == "GET":
        return page("sign_in.html", error="", name="", after=after, oidc=desk().options.oidc is not None)
    if not desk().may_try(desk().options.proxies.caller(request.remote_addr or "unknown", request.headers.getlist("X-Forwarded-For"))):
        abort(429)
    given = request.form
    person = desk().people.check(given.get("name", ""), given.get("password", ""), given.get("code", ""), now())
    if person is None:
        return page("sign_in.html", 403, error=REFUSED, name=given.get("name", "")[:120], after=after, oidc=desk().options.oidc is not None)
    return _in(person, after)


@pages.post("/sign-out")
def sign_out() -> Any:
    """End the session."""
    desk().visits.end(str(session.get("token", "")))
    session.clear()
    return redirect("/sign-in", 303)


@pages.route("/welcome/<token>", methods=["GET", "POST"])
def welcome(token: str) -> Any:
    """Behind a one-time link. Looking at the page does not use it up: mail programs look at links too."""
    person = desk().people.behind_link(token, now())
    if person is None:
        return page("error.html", 404, title="This link was used or is too old", written="",
                    what_to_do="Ask a manager for a new one. For the demonstration, start the service again: it prints a new link.")
    if person.demonstration:
        if request.method == "GET":
            return page("demonstration.html", token=token)
        used = desk().people.use_demonstration_link(token, now())
        return _in(used, "/") if used else abort(404)
    totp = _totp_of(token)
    if request.method == "POST":
        try:
            given = request.form
            if given.get("password", "") != given.get("again", ""):
                raise PeopleError("The two passwords differ. Type the same one twice.")
            return _in(desk().people.set_up(token, given.get("password", ""), totp, given.get("code", ""), now()), "/")
        except PeopleError as error:
            return page("welcome.html", 400, error=str(error), **_setting_up(person, token, totp))
    return page("welcome.html", error="", **_setting_up(person, token, totp))


@pages.get("/sign-in/elsewhere")
def elsewhere() -> Any:
    """Go to the organisation's own sign-in."""
    oidc = desk().options.oidc
    if oidc is None:
        abort(404)
    try:
        return redirect(begin(oidc, _back_url(), session), 303)
    except OidcError as error:
        return page("sign_in.html", 503, error=str(error), name="", after="/", oidc=True)


@pages.get("/sign-in/back")
def back() -> Any:
    """Come back from there, as somebody who was added here."""
    oidc = desk().options.oidc
    if oidc is None:
        abort(404)
    try:
        name = finish(oidc, _back_url(), request.args, session, now())
    except OidcError as error:
        return page("sign_in.html", 403, error=str(error), name="", after="/", oidc=True)
    person = desk().people.known_elsewhere(name, now())
    if person is None:
        return page("sign_in.html", 403, name="", after="/", oidc=True,
                    error="Your organisation knows you, but nobody has added you to this desk. Ask a manager.")
    return _in(person, "/")


def _in(person: Person, after: str) -> Any:
    session.clear()     # nothing from before signing in goes on
    session["token"] = desk().visits.begin(person, now())
    return redirect(after, 303)


def _back_url() -> str:
    return f"{desk().settings.desk_url}/sign-in/back"


def _totp_of(token: str) -> str:
    """The one-time-code secret that belongs to a link: the same each time the page is loaded, and kept nowhere until it is used."""
    return base64.b32encode(hmac.new(desk().options.key, f"totp {token}".encode(), hashlib.sha256).digest()[:20]).decode()


def _setting_up(person: Person, token: str, totp: str) -> Any:
    address = pyotp.TOTP(totp).provisioning_uri(name=person.name, issuer_name="Plymouth front door desk")
    picture = Markup(segno.make(address, error="m").svg_inline(scale=5))  # noqa: S704
    return {"person": person, "token": token, "picture": picture, "secret": " ".join(totp[i:i + 4] for i in range(0, len(totp), 4))}
