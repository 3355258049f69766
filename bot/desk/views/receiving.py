"""What programs ask: front doors that deliver, and whoever watches that the desk lives."""
from __future__ import annotations

import json
import logging
from typing import Any, Mapping, Optional, Tuple

from flask import Blueprint, Response, jsonify, request

from bot.desk.desk import desk, now
from bot.desk.inbox import Kept
from bot.desk.openapi import openapi_document
from bot.desk.pulse import BadPulse, Pulse
from bot.desk.schema import reasons_against
from bot.desk.settings import HERE
from bot.desk.showing import problem
from bot.desk.watch import rings
from bot.handoff.parcel import BadParcel, Parcel, is_id
from bot.handoff.signing import Purpose, why_refused

log = logging.getLogger(__name__)
MOST_ASKED = 500
pages = Blueprint("receiving", __name__)


def who_signed(body: bytes, purpose: Purpose) -> Tuple[Optional[str], str]:
    """The front door whose secret signed this request for this purpose, or None and why it is refused."""
    headers: Mapping[str, str] = dict(request.headers)
    refused = why_refused(desk().settings.desk_secret, headers, body, now(), purpose)
    if refused is None:
        return HERE, ""
    for door, secret in desk().options.doors.items():
        if why_refused(secret, headers, body, now(), purpose) is None:
            return door, ""
    return None, refused


@pages.post("/inbox")
def take_in() -> Any:
    """Take a contact in, once however often it comes."""
    body = request.get_data()
    door, refused = who_signed(body, Purpose.CONTACT)
    if door is None:
        return problem(401, "not_signed", (refused,))
    try:
        parcel = Parcel.read(body)
    except BadParcel as bad:
        return problem(400, "bad_contact", bad.reasons)
    if request.headers.get("Idempotency-Key", parcel.contact_id) != parcel.contact_id:
        return problem(400, "bad_contact", ('the Idempotency-Key must be the same as "id"',))
    reasons = reasons_against(parcel)
    if reasons and door != HERE:
        return problem(422, "bad_contact", reasons)
    if reasons:     # our own: a child may wait behind our mistake, so it is kept, and all of it is shown
        log.error("contact_does_not_fit id=%s reasons=%d", parcel.contact_id, len(reasons))
    kept = desk().inbox.keep(parcel, now(), door)
    log.info("contact_taken_in id=%s door=%s kept=%s bytes=%d", parcel.contact_id, door, kept.value, len(body))
    if kept is Kept.REFERENCE_TAKEN:
        return problem(422, "reference_taken", ("another contact has this reference; a person must look at both",))
    if kept is Kept.REPEAT:
        return jsonify(state="delivered", repeat=True), 200
    return jsonify(state="delivered"), 201


@pages.post("/pulse")
def pulse() -> Any:
    """Take a sign of life, and tell how the off switch stands."""
    body = request.get_data()
    door, refused = who_signed(body, Purpose.PULSE)
    if door is None:
        return problem(401, "not_signed", (refused,))
    try:
        heard = Pulse.read(json.loads(body))
    except (ValueError, RecursionError):
        return problem(400, "bad_pulse", ("the body is not JSON in UTF-8",))
    except BadPulse as bad:
        return problem(400, "bad_pulse", bad.reasons)
    desk().pulses.take(door, heard, now())
    turned = desk().switch.now()
    return jsonify(switch={"number": turned.number, "taking": turned.taking, "why": "" if turned.taking else turned.why})


@pages.post("/inbox/states")
def states() -> Any:
    """Tell a front door what became of its own contacts, so that it can answer whoever asks: times, never content."""
    body = request.get_data()
    door, refused = who_signed(body, Purpose.STATES)
    if door is None:
        return problem(401, "not_signed", (refused,))
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    asked = content.get("ids") if isinstance(content, dict) else None
    if not isinstance(asked, list) or len(asked) > MOST_ASKED or not all(is_id(i) for i in asked):
        return problem(400, "bad_question", (f'"ids" must be a list of at most {MOST_ASKED} ids',))
    return jsonify(states=desk().inbox.states(asked, door), rings=rings(desk(), now()))


@pages.get("/health")
def health() -> Any:
    """That the desk lives, and how many contacts wait; nothing about them."""
    oldest = desk().inbox.oldest_unopened()
    return jsonify(status="ok", contacts=desk().inbox.counts(), oldest_unopened=oldest.isoformat() if oldest else None)


@pages.get("/openapi.json")
def openapi() -> Any:
    """What front doors may send, as OpenAPI."""
    return Response(json.dumps(openapi_document(), indent=1), mimetype="application/json")
