"""The desk: a process of its own that takes contacts in, shows them to those who may see them, and rings when nobody does."""
from __future__ import annotations

import logging
import secrets
from datetime import datetime
from typing import Any, Callable, Optional

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from bot.desk.access import FOR_PROGRAMS, guard, may
from bot.desk.casework import Conflict, Erased
from bot.desk.desk import Desk
from bot.desk.inbox import NoSuchContact
from bot.desk.settings import Options
from bot.desk.showing import FILTERS, error_page, page, problem, written
from bot.desk.views import contact, erasing, inbox, insight, people, receiving, running, signing_in
from bot.handoff.database import utc_now
from bot.handoff.quiet import place_of
from bot.handoff.settings import DeskSettings
from bot.wording_lab import at_the_desk, in_the_meeting

log = logging.getLogger(__name__)
LARGEST_BODY = 200_000
_HEADERS = {
    "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}
_POLICY = ("default-src 'none'; style-src 'self'; script-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


def create_app(settings: DeskSettings, clock: Callable[[], datetime] = utc_now, options: Optional[Options] = None) -> Flask:
    """Make the desk's web application. Without options it lasts as long as the process: nobody stays signed in."""
    options = options or Options(key=secrets.token_bytes(32))
    app = Flask(__name__, static_url_path="/static")
    app.extensions["desk"] = Desk.build(settings, options, clock)
    app.config.update(
        SECRET_KEY=options.key, MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        # A page elsewhere must not reach us by naming its own host and pointing it at this machine.
        TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]", settings.host],
        SESSION_COOKIE_NAME="__Host-desk" if options.secure_cookies else "desk", SESSION_COOKIE_SECURE=options.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax" if options.oidc else "Strict", WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=3600)
    app.jinja_env.undefined = ChainableUndefined      # the components read what a page may leave out
    app.jinja_loader = ChoiceLoader([app.jinja_loader, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})])  # type: ignore[list-item]
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(may=lambda endpoint, method: bool(g.person) and may(g.person, endpoint, method))
    app.before_request(_make_nonce)
    guard(app)
    csrf = CSRFProtect(app)
    for part in (receiving, signing_in, inbox, contact, erasing, running, insight, people, in_the_meeting, at_the_desk):
        app.register_blueprint(part.pages)
    for name in ("take_in", "states", "pulse"):
        csrf.exempt(app.view_functions[f"receiving.{name}"])
    for rule in app.url_map.iter_rules():
        setattr(rule, "provide_automatic_options", False)   # noqa: B010 - Flask puts it there; every verb is listed or refused
    _refuse_kindly(app)
    app.after_request(_harden)
    app.context_processor(lambda: {"me": g.get("person"), "nonce": g.get("nonce", ""), "static": _static})
    return app


def _make_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _static(name: str) -> str:
    return f"/static/{name}"


def _harden(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(nonce=g.get("nonce") or secrets.token_urlsafe(16))
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_kindly(app: Flask) -> None:
    def refuse(status: int, code: str, reason: str) -> Any:
        return problem(status, code, (reason,)) if request.path in FOR_PROGRAMS else error_page(status)

    @app.errorhandler(CSRFError)
    def too_old(error: CSRFError) -> Any:
        return refuse(400, "refused", "the form was too old")

    @app.errorhandler(NoSuchContact)
    def unknown(error: NoSuchContact) -> Any:
        return refuse(404, "not_found", "there is no such contact")

    @app.errorhandler(Conflict)
    def changed(error: Conflict) -> Any:
        return refuse(409, "changed", "somebody else changed it")

    @app.errorhandler(Erased)
    def gone(error: Erased) -> Any:
        return page("erased.html", 410, contact=error.contact, history=error.history, written=written())

    @app.errorhandler(Exception)
    def broke(error: Exception) -> Any:
        if isinstance(error, HTTPException):
            return refuse(error.code or 500, "refused", error.name) if (error.code or 500) >= 400 else error.get_response()
        log.error("desk_broke error=%s at=%s", type(error).__name__, place_of(error))    # its text may hold the contact
        return refuse(503, "broke", "the desk could not do this; it will be tried again")
