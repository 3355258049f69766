"""The code with which somebody may ask later whether their contact was seen. Shown once; only its hash is kept."""
from __future__ import annotations

import hashlib
import re
from typing import Optional

from nacl import pwhash
from nacl.exceptions import CryptoError, InvalidkeyError

from bot.handoff.parcel import LETTERS

_LENGTH = 9         # of 18 letters: 37 bits, with five tries an hour
_OPS, _MEMORY = 2, 8 * 1024 * 1024      # Argon2id in about 10 ms: somebody waits for the reference
_CODE = re.compile(f"[{LETTERS}]{{3}}-[{LETTERS}]{{3}}-[{LETTERS}]{{3}}")


def code_of(draft_id: str) -> str:
    """The code of a draft: nine characters in three groups, without look-alikes.

    ``draft_id`` is a random UUID that only the conversation knows and that is kept nowhere, so sending a draft twice gives the same code.
    """
    number = int.from_bytes(hashlib.sha256(b"return code of " + draft_id.encode("ascii")).digest(), "big")
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(_LENGTH))
    return f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def tidy_code(typed: str) -> Optional[str]:
    """A code as somebody typed it in the form we made, or None if it cannot be one."""
    letters = re.sub(r"[\s\-‐‑‒–—.]", "", typed[:40]).upper()
    code = f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"
    return code if _CODE.fullmatch(code) else None


def hashed(code: str) -> str:
    """The form in which a code is kept."""
    return pwhash.argon2id.str(code.encode("ascii"), opslimit=_OPS, memlimit=_MEMORY).decode("ascii").rstrip("\0")


def matches(code: str, kept: str) -> bool:
    """True if the code, as somebody typed it, is the one that was hashed."""
    try:
        return bool(pwhash.verify(kept.encode("ascii"), (tidy_code(code) or "").encode("ascii")))
    except (InvalidkeyError, CryptoError, ValueError):
        return False


NOBODYS = hashed("no code at all")
