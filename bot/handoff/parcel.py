"""A contact on its way: what is sealed, what is sent and what the desk reads are the same bytes."""
from __future__ import annotations

import json
import re
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Mapping, Optional, Tuple

from bot.handoff.database import utc
from bot.handoff.questions import Path

LARGEST = 150_000           # bytes; the desk's door takes 200,000
# No look-alikes (0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V, 4 A) and no vowels, so that no word appears.
LETTERS = "CDFHJKMNPRTWXY3479"
_REFERENCE = re.compile(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")


class BadParcel(Exception):
    """Not a contact. ``reasons`` name keys, never values."""

    def __init__(self, reasons: Tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def contact_id(draft_id: str, answers: Mapping[str, Any]) -> str:
    """The id of a contact: the same for the same answers of the same draft, so that sending it twice sends it once."""
    return str(uuid.uuid5(uuid.UUID(draft_id), json.dumps(answers, sort_keys=True)))


@dataclass(frozen=True)
class Parcel:
    """One contact with its ids. Printing it shows the ids only."""

    contact_id: str
    reference: str
    path: str
    received_at: datetime
    schema_version: int
    contact: Mapping[str, Any] = field(repr=False)

    def as_bytes(self) -> bytes:
        """As JSON in UTF-8. Every character that was typed is kept, broken ones too."""
        return json.dumps({"id": self.contact_id, "reference": self.reference, "path": self.path,
                           "received_at": utc(self.received_at).isoformat(), "schema_version": self.schema_version,
                           "contact": self.contact}, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass")

    @classmethod
    def read(cls, data: bytes) -> "Parcel":
        """Read and check what ``as_bytes`` wrote. Raises ``BadParcel`` with every reason."""
        try:
            content = json.loads(data.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError):
            raise BadParcel(("the body is not JSON in UTF-8",)) from None
        if not isinstance(content, dict):
            raise BadParcel(("the body must be a JSON object",))
        reasons = tuple(f'"{key}" {must_be}' for key, (test, must_be) in _KEYS.items() if not test(content.get(key)))
        if reasons:
            raise BadParcel(reasons)
        return cls(content["id"], content["reference"], content["path"], utc(datetime.fromisoformat(content["received_at"])),
                   content["schema_version"], content["contact"])


def new_reference() -> str:
    """Eight characters that can be read out on the phone. It grants nothing."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def tidy_reference(typed: str) -> Optional[str]:
    """A reference as somebody typed it ("cdfh jkmn") in the form we keep, or None if it cannot be one."""
    letters = re.sub(r"[\s\-‐‑‒–—.]", "", typed[:40]).upper()
    reference = f"{letters[:4]}-{letters[4:]}"
    return reference if _REFERENCE.fullmatch(reference) else None


def is_id(value: Any) -> bool:
    """True for a UUID in its usual form."""
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(utc(datetime.fromisoformat(value)))
    except (ValueError, OverflowError):
        return False


_KEYS = {
    "id": (is_id, "must be a UUID in lower case"),
    "reference": (lambda v: isinstance(v, str) and bool(_REFERENCE.fullmatch(v)), "must look like CDFH-JKMN"),
    "path": (lambda v: isinstance(v, str) and v in {p.value for p in Path}, "must be public, practitioner or child"),
    "received_at": (_is_moment, "must be an ISO 8601 time with its zone"),
    "schema_version": (lambda v: type(v) is int and 0 < v < 10_000, "must be a number from 1"),
    "contact": (lambda v: isinstance(v, dict) and bool(v), "must be an object with at least one answer"),
}
