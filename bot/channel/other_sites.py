"""Which pages of other sites may read our answers: those of FRONTDOOR_ALLOWED_ORIGINS, refusals and failures too."""
from __future__ import annotations

from typing import Dict

from sanic.request import Request


def for_site(request: Request) -> Dict[str, str]:
    """The headers with which a browser lets a page of an allowed site read this answer; none for any other site."""
    origin = request.headers.get("origin", "")
    if origin and origin in getattr(request.app.ctx, "allowed_origins", ()):
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin", "Access-Control-Allow-Headers": "Content-Type",
                "Access-Control-Allow-Methods": "POST, DELETE", "Access-Control-Max-Age": "3600"}
    return {}
