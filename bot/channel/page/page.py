"""The public pages: filled from the contacts file, with the headers they are sent with."""
from __future__ import annotations

import html
import json
import re
from pathlib import Path
from types import MappingProxyType
from typing import Dict, Mapping, Match, Optional, Tuple

from bot.contacts.directory import Directory

FOLDER = Path(__file__).parent

# path -> (file, content type): everything the public door serves besides its API
ROUTES: Mapping[str, Tuple[str, str]] = MappingProxyType({
    "/": ("index.html", "text/html; charset=utf-8"),
    "/help": ("help.html", "text/html; charset=utf-8"),
    "/chat.css": ("chat.css", "text/css; charset=utf-8"),
    "/chat.js": ("chat.js", "text/javascript; charset=utf-8"),
})

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
))

HEADERS: Mapping[str, str] = MappingProxyType({
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # also for the style and the script: a shared computer's cache shall not tell that somebody was here
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
})

# Numbers that somebody can ring (or text) just as they stand. Not here: the digits pressed during a
# silent call and the relay prefixes, which do nothing useful when they are dialled alone.
_RING = ("gateway", "out_of_hours", "childline", "samaritans", "nspcc", "police", "nhs111", "emergency")
_TEXT = ("shout",)
_PLACEHOLDER = re.compile(r"\{\{(?:(tel|sms):)?(.*?)\}\}", re.DOTALL)


class PageError(LookupError):
    """A page asks for something that it was not given."""


def render(name: str, numbers: Mapping[str, str]) -> str:
    """The file with every placeholder filled. Raises ``PageError`` rather than show a page with a gap in it."""
    if name not in {file for file, _ in ROUTES.values()}:
        raise PageError(f"there is no page {name!r}")

    def fill(found: Match[str]) -> str:
        scheme, key = found.groups()
        if key == "link_numbers" and not scheme:
            return html.escape(_link_numbers(numbers))
        value = _value(numbers, key)
        if scheme:
            return html.escape(f"{scheme}:{_digits(value)}")
        return html.escape(value).replace("\n", "<br>\n")

    return _PLACEHOLDER.sub(fill, (FOLDER / name).read_text(encoding="utf-8"))


def numbers_from(directory: Directory, route_lines: str) -> Dict[str, str]:
    """What ``render`` needs, out of the contacts file and the sentence about hours."""
    wanted: Dict[str, Optional[str]] = {key: directory[key].phone for key in _RING}
    wanted["silent"] = directory["silent_999"].phone
    wanted["relay"] = directory["relay"].phone
    wanted["relay_emergency"] = directory["relay_999"].phone
    wanted["shout"] = directory["shout"].text_number
    wanted["shout_word"] = directory["shout"].text_word
    wanted["gateway_email"] = directory["gateway"].email
    wanted["route_lines"] = route_lines
    return {key: value for key, value in wanted.items() if value}


def _link_numbers(numbers: Mapping[str, str]) -> str:
    """The numbers that the chat may turn into links, as JSON: as people read them -> where the link goes."""
    links = {_value(numbers, key): "tel:" + _digits(_value(numbers, key)) for key in _RING}
    links.update({_value(numbers, key): "sms:" + _digits(_value(numbers, key)) for key in _TEXT})
    return json.dumps(links)


def _value(numbers: Mapping[str, str], key: str) -> str:
    value = numbers.get(key, "")
    if not value.strip():
        raise PageError(f"the page needs {key!r} and nobody gave it")
    return value


def _digits(value: str) -> str:
    return re.sub(r"\s", "", value)
