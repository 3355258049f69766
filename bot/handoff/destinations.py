"""Where contacts go: the desk always, and what FRONTDOOR_DESTINATIONS names besides. Several at once, each on its own."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Callable, Dict, List, Optional, Tuple, Union
from urllib.parse import urlsplit

from bot.settings import LOOPBACK

NAMES = "FRONTDOOR_DESTINATIONS"
DESK = "desk"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
Get = Callable[[str], Optional[str]]


@dataclass(frozen=True)
class Webhook:
    """A receiver over HTTPS that checks our signature."""

    url: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A mailbox. ``content`` is "reference" (the mail says only that a contact waits) or "form" (it is attached)."""

    host: str
    port: int
    over: str       # "smtps", "starttls" or, on this machine only, "plain"
    sender: str
    to: str
    user: str = ""
    password: str = field(default="", repr=False)
    content: str = "reference"


Destination = Union[Webhook, Mail]


def names(get: Get, problems: List[str]) -> Tuple[str, ...]:
    """The destinations that are named; the desk is always one."""
    written = [n.strip() for n in (get(NAMES) or DESK).split(",") if n.strip()]
    for name in written:
        if not _NAME.fullmatch(name):
            problems.append(f"{NAMES} must be names in small letters with commas between, such as desk,casework")
            return (DESK,)
    return tuple(dict.fromkeys([DESK, *written]))


def read(get: Get, secret: Get, problems: List[str]) -> Dict[str, Destination]:
    """Every destination but the desk. ``get`` and ``secret`` read a variable; what is wrong is added to ``problems``."""
    found: Dict[str, Destination] = {}
    for name in names(get, problems):
        if name != DESK:
            one = destination(f"FRONTDOOR_TO_{name.upper()}", get, secret, problems)
            if one is not None:
                found[name] = one
    return found


def destination(prefix: str, get: Get, secret: Get, problems: List[str]) -> Optional[Destination]:
    """One destination from the variables that begin with ``prefix``."""
    url = get(f"{prefix}_URL") or ""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.username or parts.password or not host:
        problems.append(f"{prefix}_URL must look like https://host/path, smtps://host or smtp://host, without a name or password in it")
        return None
    if parts.scheme in ("https", "http"):
        return _webhook(prefix, url, host, secret, problems)
    if parts.scheme in ("smtps", "smtp"):
        return _mail(prefix, parts.scheme, host, port, get, secret, problems)
    problems.append(f"{prefix}_URL must start with https://, smtps:// or smtp://")
    return None


def _webhook(prefix: str, url: str, host: str, secret: Get, problems: List[str]) -> Optional[Webhook]:
    if not url.startswith("https://") and host not in LOOPBACK:
        problems.append(f"{prefix}_URL must start with https:// (http:// is for this same machine only)")
        return None
    shared = secret(f"{prefix}_SECRET")
    if not shared or len(shared) < 32:
        problems.append(f"{prefix}_SECRET must have at least 32 characters")
        return None
    return Webhook(url, shared.encode())


def _mail(prefix: str, scheme: str, host: str, port: Optional[int], get: Get, secret: Get, problems: List[str]) -> Optional[Mail]:
    sender, to, content = (get(f"{prefix}_{name}") or "" for name in ("FROM", "ADDRESS", "CONTENT"))
    wrong = [f"{prefix}_{name} must be an e-mail address" for name, value in (("FROM", sender), ("ADDRESS", to))
             if not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", value)]
    if content not in ("", "reference", "form"):
        wrong.append(f"{prefix}_CONTENT must be reference or form")
    problems += wrong
    if wrong:
        return None
    over = "smtps" if scheme == "smtps" else "plain" if host in LOOPBACK else "starttls"
    default = {"smtps": 465, "starttls": 587, "plain": 25}[over]
    return Mail(host, port or default, over, sender, to, get(f"{prefix}_USER") or "", secret(f"{prefix}_PASSWORD") or "", content or "reference")
