"""Passwords and one-time codes: which will do, how they are kept, whether they match."""
from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Optional

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from bot.handoff.database import utc

SHORTEST_PASSWORD = 12
_STEP = 30      # seconds of a one-time code
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("so that an unknown name takes as long as a known one")


def digest(token: str) -> str:
    """How a secret that we gave out is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def why_weak(password: str) -> Optional[str]:
    """What to do about a password that is too easy to guess; None if it will do."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Choose a password of at least {SHORTEST_PASSWORD} characters. Three random words are a good one."
    if len(password) > 200:
        return "Choose a password of at most 200 characters."
    if len(set(password.lower())) < 5:
        return "Choose a password with more different characters."
    return None


def kept_password(password: str) -> str:
    """How a password is kept."""
    return _hasher.hash(password)


def password_fits(kept: Optional[str], password: str) -> bool:
    """True if it is the password that was kept. For somebody who has none it takes as long, and is false."""
    try:
        return _hasher.verify(kept or _NOBODY, password) and kept is not None
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False


def matching_step(totp: str, code: str, now: datetime) -> Optional[int]:
    """The half-minute to which a one-time code belongs, if it is this one or a neighbour, else None."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return None
    step = int(utc(now).timestamp()) // _STEP
    for near in (step, step - 1, step + 1):
        if hmac.compare_digest(pyotp.TOTP(totp).generate_otp(near), digits):
            return near
    return None
