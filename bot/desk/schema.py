"""Check a contact against the published JSON Schema of its version, and say what is wrong without what was typed."""
from __future__ import annotations

import functools
from typing import Any, Tuple

from jsonschema import Draft202012Validator

from bot.handoff.parcel import Parcel
from bot.handoff.payload import json_schema
from bot.handoff.questions import SCHEMA_VERSION

_MOST_REASONS = 20
_RULES = {"type": "has the wrong type", "enum": "is not one of those allowed", "const": "has the wrong value",
          "required": "lacks a part that must be there",
          "additionalProperties": "has a part that the schema does not know", "maxItems": "has too many parts", "format": "is not a date",
          "uniqueItems": "names something twice", "minimum": "is too small"}


def reasons_against(parcel: Parcel) -> Tuple[str, ...]:
    """Why a contact does not fit its schema; nothing if it does. Places and rules are named, values never.

    A version that this desk does not know is refused: better stuck with an alarm at the sender than kept and half shown.
    Version 1, from before the schema was published, is taken as it is.
    """
    if parcel.schema_version == 1 < SCHEMA_VERSION:
        return ()
    if parcel.schema_version != SCHEMA_VERSION:
        return (f'"schema_version" must be {SCHEMA_VERSION}: this desk reads no other; bring sender and desk to the same version',)
    if parcel.contact.get("path") != parcel.path:
        return ('"contact.path" must be the same as "path"',)
    errors = sorted(_validator().iter_errors(parcel.contact), key=lambda e: [str(p) for p in e.absolute_path])
    return tuple(dict.fromkeys(f'"contact{e.json_path[1:]}" {_RULES.get(str(e.validator), "does not fit the schema")}'
                               for e in errors))[:_MOST_REASONS]


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    return Draft202012Validator(json_schema())
