"""The desk: a process of its own that takes contacts in and shows that they are there."""
from __future__ import annotations

import logging
from datetime import datetime
from typing import Callable, Tuple
from zoneinfo import ZoneInfo

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from bot.desk.inbox import DeskState, Inbox, Kept
from bot.handoff.database import utc_now
from bot.handoff.parcel import BadParcel, Parcel
from bot.handoff.quiet import place_of
from bot.handoff.settings import DeskSettings
from bot.handoff.signing import why_refused

log = logging.getLogger(__name__)
LARGEST_BODY = 200_000
LONDON = ZoneInfo("Europe/London")
STATE_WORDS = {DeskState.DELIVERED: "Not opened yet", DeskState.SEEN: "Opened"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
                               "frame-ancestors 'none'",
    "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}


def create_app(settings: DeskSettings, clock: Callable[[], datetime] = utc_now) -> Flask:
    """Make the desk's web application."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    # A page elsewhere must not reach us by naming its own host and pointing it at this machine.
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost", "[::1]", settings.host]
    app.add_template_filter(_in_words, "in_words")
    app.add_template_filter(STATE_WORDS.__getitem__, "state_in_words")
    inbox = Inbox.open(settings.database_url, settings.keys)

    @app.post("/inbox")
    def take_in() -> Tuple[Response, int]:
        body = request.get_data()
        refused = why_refused(settings.desk_secret, dict(request.headers), body, clock())
        if refused:
            return _no(401, "not_signed", (refused,))
        try:
            parcel = Parcel.read(body)
        except BadParcel as bad:
            return _no(400, "bad_contact", bad.reasons)
        if request.headers.get("Idempotency-Key", parcel.contact_id) != parcel.contact_id:
            return _no(400, "bad_contact", ('the Idempotency-Key must be the same as "id"',))
        kept = inbox.keep(parcel, clock())
        log.info("contact_taken_in id=%s kept=%s bytes=%d", parcel.contact_id, kept.value, len(body))
        if kept is Kept.REFERENCE_TAKEN:
            return _no(422, "reference_taken", ("another contact has this reference; a person must look at both",))
        if kept is Kept.REPEAT:
            return jsonify(state="delivered", repeat=True), 200
        return jsonify(state="delivered"), 201

    @app.get("/health")
    def health() -> Response:
        oldest = inbox.oldest_unopened()
        return jsonify(status="ok", contacts=inbox.counts(), oldest_unopened=oldest.isoformat() if oldest else None)

    @app.get("/")
    def home() -> str:
        contacts = inbox.list_contacts()
        return render_template("desk.html", contacts=contacts,
                               unopened=sum(c.state is DeskState.DELIVERED for c in contacts))

    @app.get("/desk.css")
    def style() -> Response:
        return Response(render_template("desk.css"), mimetype="text/css")

    @app.errorhandler(Exception)
    def broke(error: Exception) -> Tuple[Response, int]:
        if isinstance(error, HTTPException):
            return _no(error.code or 500, "refused", (error.name,))
        log.error("desk_broke error=%s at=%s", type(error).__name__, place_of(error))    # its text may hold the contact
        return _no(503, "broke", ("the desk could not do this; it will be tried again",))

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return app


def _in_words(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def _no(status: int, code: str, reasons: Tuple[str, ...]) -> Tuple[Response, int]:
    return jsonify(error={"code": code, "message": "; ".join(reasons), "reasons": list(reasons)}), status
