"""Hand one contact to the desk over HTTP, and sort its answer into three piles."""
from __future__ import annotations

import json
from datetime import datetime
from typing import Callable

import requests

from bot.handoff.database import utc_now
from bot.handoff.outbox import Delivered, NeedsAPerson, Outcome, TryLater
from bot.handoff.parcel import Parcel
from bot.handoff.settings import HandoffSettings
from bot.handoff.signing import signature_headers

TIMEOUT = (3, 10)
_LONGEST_RECEIPT = 10_000


def deliver(parcel: Parcel, settings: HandoffSettings, clock: Callable[[], datetime] = utc_now) -> Outcome:
    """Send a contact. ``Delivered`` only if the receiver says in its own words that it has it. Never raises for HTTP."""
    body = parcel.as_bytes()
    headers = {"Content-Type": "application/json", "Idempotency-Key": parcel.contact_id,
               **signature_headers(settings.desk_secret, body, clock())}
    try:
        with requests.Session() as session:
            # A proxy or .netrc of the machine must not see what goes to this same machine unencrypted.
            session.trust_env = settings.desk_url.startswith("https://")
            # No redirects: an expired session sends us to a sign-in page, which answers 200.
            with session.post(f"{settings.desk_url}/inbox", data=body, headers=headers, timeout=TIMEOUT,
                              allow_redirects=False, stream=True) as reply:
                return _sorted(reply)
    except requests.RequestException as error:
        return TryLater(type(error).__name__)


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
    text = next(reply.iter_content(_LONGEST_RECEIPT), b"")
    try:
        content = json.loads(text)
    except ValueError:
        return False
    return isinstance(content, dict) and content.get("state") == "delivered"
