"""Hand one contact to one destination, and sort its answer into three piles."""
from __future__ import annotations

import json
import logging
import os
import uuid
from datetime import datetime
from typing import Any, Callable, Dict, FrozenSet, Optional, Sequence, Set, Tuple

import requests

from bot.handoff import mail
from bot.handoff.database import utc_now
from bot.handoff.destinations import DESK, Mail, Webhook
from bot.handoff.form_file import DOCX, Template, as_docx, moment
from bot.handoff.outbox import Delivered, NeedsAPerson, Outcome, TryLater
from bot.handoff.parcel import Parcel
from bot.handoff.settings import HandoffSettings
from bot.handoff.signing import Purpose, signature_headers
from bot.words import Words, load_words

log = logging.getLogger(__name__)
TIMEOUT = (3, 10)
ASKED_AT_ONCE = 500     # as many as the desk answers for in one request
_LONGEST_RECEIPT = 10_000
_LONGEST_STATES = 500_000


def deliver(parcel: Parcel, settings: HandoffSettings, clock: Callable[[], datetime] = utc_now, destination: str = DESK) -> Outcome:
    """Send a contact. ``Delivered`` only if the receiver says in its own words that it has it. Never raises for HTTP or SMTP."""
    if destination == DESK:
        return _post(Webhook(f"{settings.desk_url}/inbox", settings.desk_secret), parcel, clock)
    to = settings.others.get(destination)
    if to is None:
        return NeedsAPerson("this destination is not set up")
    return _mail(to, parcel, clock) if isinstance(to, Mail) else _post(to, parcel, clock)


def ask_desk(ids: Sequence[str], settings: HandoffSettings, clock: Callable[[], datetime] = utc_now) -> Dict[str, Dict[str, Any]]:
    """What the desk did with at most ``ASKED_AT_ONCE`` contacts: by id, "seen_at" and "acknowledged_at". Empty if it cannot be asked now."""
    states = _ask(ids, settings, clock).get("states")
    return {key: value for key, value in states.items() if isinstance(value, dict)} if isinstance(states, dict) else {}


def held_at_desk(ids: Sequence[str], settings: HandoffSettings, clock: Callable[[], datetime] = utc_now) -> Optional[FrozenSet[str]]:
    """Which of these contacts the desk keeps for a court; None if the desk cannot be asked now."""
    held: Set[str] = set()
    for some in (ids[n:n + ASKED_AT_ONCE] for n in range(0, len(ids), ASKED_AT_ONCE)):
        states = _ask(some, settings, clock).get("states")
        if not isinstance(states, dict):
            return None
        held |= {key for key, state in states.items() if not isinstance(state, dict) or state.get("held", False) is not False}
    return frozenset(held)


def desk_rings(settings: HandoffSettings, clock: Callable[[], datetime] = utc_now) -> bool:
    """True if the desk has just said that it watches, and that its alarms reach people. A desk that is silent does not ring."""
    return _ask((), settings, clock).get("rings") is True


def _ask(ids: Sequence[str], settings: HandoffSettings, clock: Callable[[], datetime]) -> Dict[str, Any]:
    body = json.dumps({"ids": list(ids)}).encode()
    headers = {"Content-Type": "application/json", **signature_headers(settings.desk_secret, str(uuid.uuid4()), body, clock(), Purpose.STATES)}
    try:
        with requests.Session() as session:
            session.trust_env = settings.desk_url.startswith("https://")
            with session.post(f"{settings.desk_url}/inbox/states", data=body, headers=headers, timeout=TIMEOUT,
                              allow_redirects=False, stream=True) as reply:
                content = json.loads(_body(reply, _LONGEST_STATES)) if reply.status_code == 200 else {}
    except (requests.RequestException, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _post(to: Webhook, parcel: Parcel, clock: Callable[[], datetime]) -> Outcome:
    body = parcel.as_bytes()
    headers = {"Content-Type": "application/json", "Idempotency-Key": parcel.contact_id,
               **signature_headers(to.secret, parcel.contact_id, body, clock())}
    try:
        with requests.Session() as session:
            # A proxy or .netrc of the machine must not see what goes to this same machine unencrypted.
            session.trust_env = to.url.startswith("https://")
            # No redirects: an expired session sends us to a sign-in page, which answers 200.
            with session.post(to.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True) as reply:
                return _sorted(reply)
    except requests.RequestException as error:
        return TryLater(type(error).__name__)


def _mail(to: Mail, parcel: Parcel, clock: Callable[[], datetime]) -> Outcome:
    words, now = load_words(), clock()
    attached = _form(parcel, words, now) if to.content == "form" else ()
    return mail.send(to, parcel.contact_id, words.text("mail_contact_subject", now, reference=parcel.reference),
                     words.text("mail_contact_attached" if attached else "mail_contact", now, reference=parcel.reference), attached)


def _form(parcel: Parcel, words: Words, now: datetime) -> Tuple[mail.Attachment, ...]:
    """The contact as JSON and as a Word form; as JSON alone if the template cannot be used: the contact does not wait for that."""
    name = f"contact-{parcel.reference}"
    attached: Tuple[mail.Attachment, ...] = ((f"{name}.json", parcel.as_bytes(), "application/json"),)
    try:
        sent = words.text("form_sent", now, reference=parcel.reference)
        form = as_docx(parcel.contact, lambda key: words.text(key, now), moment(parcel.received_at), Template.from_env(os.environ), sent)
    except Exception as error:      # whatever the template does, its text may hold the contact
        log.error("form_not_attached id=%s error=%s", parcel.contact_id, type(error).__name__)
        return attached
    return (*attached, (f"{name}.docx", form, DOCX))


def _sorted(reply: requests.Response) -> Outcome:
    status = reply.status_code
    if status == 409:       # the receiver has it already
        return Delivered()
    if status in (200, 201):
        # A parked domain or a café's wireless answers 200 to anything.
        return Delivered() if _is_receipt(reply) else NeedsAPerson(f"http {status} without a receipt")
    if status in (408, 425, 429) or status >= 500:
        return TryLater(f"http {status}")
    return NeedsAPerson(f"http {status}")


def _is_receipt(reply: requests.Response) -> bool:
    try:
        content = json.loads(_body(reply, _LONGEST_RECEIPT))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("state") == "delivered"


def _body(reply: requests.Response, most: int) -> bytes:
    """What was answered, up to so many bytes, in however many pieces it comes. Raises ``requests.RequestException``."""
    body = b""
    for piece in reply.iter_content(most):
        body += piece
        if len(body) >= most:
            break
    return body[:most]
