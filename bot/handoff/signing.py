"""The signature with which the worker and a receiver know each other, in the shape of Standard Webhooks."""
import base64
import binascii
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Dict, Mapping, Optional

ID = "Webhook-Id"
TIMESTAMP = "Webhook-Timestamp"
SIGNATURE = "Webhook-Signature"
WINDOW = timedelta(minutes=5)


def signature_headers(secret: bytes, message_id: str, body: bytes, now: datetime) -> Dict[str, str]:
    """Headers that prove who sent a body, under which id, and when."""
    timestamp = str(int(now.timestamp()))
    return {ID: message_id, TIMESTAMP: timestamp, SIGNATURE: _signature(secret, message_id, timestamp, body)}


def why_refused(secret: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> Optional[str]:
    """None if a body was signed with our secret within the last five minutes, else what is wrong."""
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get(ID.lower(), ""), given.get(TIMESTAMP.lower(), "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return f"{TIMESTAMP} must be the time in whole seconds since 1970"
    expected = _signature(secret, message_id, timestamp, body).encode()
    # several may be given while a secret is being changed
    if not any(hmac.compare_digest(expected, one.encode("utf-8", "replace")) for one in given.get(SIGNATURE.lower(), "").split()):
        return f"{SIGNATURE} does not match; both sides need the same secret"
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
