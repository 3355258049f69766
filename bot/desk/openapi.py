"""What front doors may send to the desk, as an OpenAPI document."""
from __future__ import annotations

from typing import Any, Dict


def openapi_document() -> Dict[str, Any]:
    """The document (OpenAPI 3.1)."""
    return {}
