"""The signature with which the worker and the desk know each other."""
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Dict, Mapping, Optional

TIMESTAMP = "X-Frontdoor-Timestamp"
SIGNATURE = "X-Frontdoor-Signature"
WINDOW = timedelta(minutes=5)


def signature_headers(secret: bytes, body: bytes, now: datetime) -> Dict[str, str]:
    """Headers that prove who sent a body, and when."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(secret, timestamp, body)}


def why_refused(secret: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> Optional[str]:
    """None if a body was signed with our secret within the last five minutes, else what is wrong."""
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return f"{TIMESTAMP} must be the time in whole seconds since 1970"
    expected = _signature(secret, timestamp, body)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        return f"{SIGNATURE} does not match; both sides need the same secret"
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        return "signed too long ago, or the two clocks differ by more than five minutes"
    return None


def _signature(secret: bytes, timestamp: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret, timestamp.encode("ascii") + b"." + body, hashlib.sha256).hexdigest()
