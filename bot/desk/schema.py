"""Check a contact against the published JSON Schema of its version, and say what is wrong without what was typed."""
from __future__ import annotations

import functools
from typing import Any, Dict, Tuple

from bot.handoff.parcel import Parcel

_MOST_REASONS = 20


def contact_schemas() -> Dict[int, Dict[str, Any]]:
    """The JSON Schema of each version that this desk reads."""
    return {}


def reasons_against(parcel: Parcel) -> Tuple[str, ...]:
    """Why a contact does not fit its schema; nothing if it does. Places and rules are named, values never."""
    return ()


@functools.lru_cache(maxsize=1)
def _nothing() -> None:
    return None
