"""The signature with which the worker and a receiver know each other, in the shape of Standard Webhooks."""
import base64
import binascii
import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum
from typing import Dict, Mapping, Optional

ID = "Webhook-Id"
TIMESTAMP = "Webhook-Timestamp"
SIGNATURE = "Webhook-Signature"
WINDOW = timedelta(minutes=5)


class Purpose(str, Enum):
    """What a message is for. Its id begins with this and is signed, so that one path's message proves nothing at another."""

    CONTACT = ""        # the id is the contact's own: receivers know repeats by it
    PULSE = "pulse_"
    STATES = "states_"
    ALARM = "alarm_"


def signature_headers(secret: bytes, message_id: str, body: bytes, now: datetime, purpose: Purpose = Purpose.CONTACT) -> Dict[str, str]:
    """Headers that prove who sent a body, what for, under which id, and when."""
    message_id, timestamp = purpose.value + message_id, str(int(now.timestamp()))
    return {ID: message_id, TIMESTAMP: timestamp, SIGNATURE: _signature(secret, message_id, timestamp, body)}


def why_refused(secret: bytes, headers: Mapping[str, str], body: bytes, now: datetime, purpose: Purpose = Purpose.CONTACT) -> Optional[str]:
    """None if a body was signed with our secret, for this purpose, within the last five minutes, else what is wrong."""
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get(ID.lower(), ""), given.get(TIMESTAMP.lower(), "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return f"{TIMESTAMP} must be the time in whole seconds since 1970"
    expected = _signature(secret, message_id, timestamp, body).encode()
    # several may be given while a secret is being changed
    if not any(hmac.compare_digest(expected, one.encode("utf-8", "replace")) for one in given.get(SIGNATURE.lower(), "").split()):
        return f"{SIGNATURE} does not match; both sides need the same secret"
    if next((p for p in Purpose if p.value and message_id.startswith(p.value)), Purpose.CONTACT) is not purpose:
        return f"signed for another path: here {ID} must begin with {purpose.value}" if purpose.value else "signed for another path"
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        return "signed too long ago, or the two clocks differ by more than five minutes"
    return None


def _signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = message_id.encode("utf-8", "replace") + b"." + timestamp.encode("ascii") + b"." + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode("ascii")


def _key(secret: bytes) -> bytes:
    """A secret as Standard Webhooks writes it ("whsec_…"), or any other as it stands."""
    if secret.startswith(b"whsec_"):
        try:
            return base64.b64decode(secret[6:], validate=True)
        except binascii.Error:
            return secret
    return secret
