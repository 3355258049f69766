"""What the deployment decides about the desk beside the database and the keys. All problems at once, at the start."""
from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Mapping, Optional

from bot.handoff.destinations import Mail
from bot.handoff.settings import DeskSettings
from bot.proxies import Proxies
from bot.settings import LOOPBACK, SettingsError, local_secret, number, secret

_DOOR = re.compile(r"[a-z][a-z0-9-]{1,30}")
HERE = "here"


@dataclass(frozen=True)
class Oidc:
    """Signing in with the organisation's own accounts. People must still be added here: the provider names, we allow."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = "email"


@dataclass(frozen=True)
class Options:
    """``key`` signs cookies and locks one-time-code secrets; ``doors`` maps each other front door to its secret."""

    key: bytes = field(repr=False)
    local: bool = False
    secure_cookies: bool = False
    idle_minutes: int = 30
    longest_hours: int = 10
    doors: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    mail: Optional[Mail] = None
    alarm_url: str = ""
    alarm_secret: bytes = field(default=b"", repr=False)
    oidc: Optional[Oidc] = None
    silent_minutes: int = 3
    tries_a_minute: int = 30
    chat_url: str = "http://127.0.0.1:5005"     # the wording lab plays its walks there
    proxies: Proxies = Proxies()
    lab_kept_days: int = 180                    # words of the group, after they were decided about

    @classmethod
    def from_env(cls, env: Mapping[str, str], desk: DeskSettings) -> "Options":
        """Read and check. Raises ``SettingsError`` with every problem."""
        problems: List[str] = []
        local = desk.host in LOOPBACK and desk.database_url.startswith("sqlite:")
        options = cls(
            key=_key(env, desk.keys, local, problems), local=local, secure_cookies=desk.desk_url.startswith("https:"),
            idle_minutes=number(env, "FRONTDOOR_DESK_IDLE_MINUTES", 30, 5, 240, problems),
            longest_hours=number(env, "FRONTDOOR_DESK_LONGEST_HOURS", 10, 1, 24, problems),
            doors=_doors(env, problems), mail=_mail(env, problems), alarm_url=_alarm_url(env, problems),
            alarm_secret=(secret(env, "FRONTDOOR_DESK_ALARM_SECRET", problems) or "").encode(), oidc=_oidc(env, problems),
            silent_minutes=number(env, "FRONTDOOR_DESK_SILENT_MINUTES", 3, 1, 1440, problems), chat_url=_chat_url(env, problems),
            proxies=Proxies.from_env(env, problems), lab_kept_days=number(env, "FRONTDOOR_LAB_KEPT_DAYS", 180, 1, 3650, problems))
        if options.alarm_url and len(options.alarm_secret) < 32:
            problems.append("FRONTDOOR_DESK_ALARM_SECRET must have at least 32 characters: it signs what goes to FRONTDOOR_DESK_ALARM_URL")
        if problems:
            raise SettingsError(problems)
        return options


def _key(env: Mapping[str, str], keys: Path, local: bool, problems: List[str]) -> bytes:
    written = secret(env, "FRONTDOOR_DESK_KEY", problems)
    if written is None and local and not problems:
        try:
            written = local_secret(Path(keys) / "desk.key", secrets.token_hex(32))
        except OSError as error:
            problems.append(f"desk.key in FRONTDOOR_KEYS cannot be written ({type(error).__name__})")
            return b""
    if not written or len(written) < 32:
        problems.append("FRONTDOOR_DESK_KEY must be set, with at least 32 characters: it signs the desk's cookies")
    return (written or "").encode()


def _doors(env: Mapping[str, str], problems: List[str]) -> Dict[str, bytes]:
    found: Dict[str, bytes] = {}
    for n, line in enumerate((secret(env, "FRONTDOOR_DESK_DOORS", problems) or "").splitlines(), 1):
        name, _, shared = line.strip().partition(" ")
        if not name or name.startswith("#"):
            continue
        if not _DOOR.fullmatch(name) or name == HERE or len(shared.strip()) < 32 or name in found:
            problems.append(f"FRONTDOOR_DESK_DOORS, line {n}: write a name once (a to z, 0 to 9, -), a space, "
                            "and a secret of at least 32 characters")
        found[name] = shared.strip().encode()
    return found


def _mail(env: Mapping[str, str], problems: List[str]) -> Optional[Mail]:
    host = env.get("FRONTDOOR_SMTP_HOST", "").strip()
    to = tuple(a.strip() for a in env.get("FRONTDOOR_DESK_ALARM_TO", "").split(",") if a.strip())
    if not to:
        return None
    sender = env.get("FRONTDOOR_SMTP_FROM", "").strip()
    if not host or "@" not in sender or any("@" not in a for a in to):
        problems.append("FRONTDOOR_DESK_ALARM_TO needs e-mail addresses, and FRONTDOOR_SMTP_HOST and FRONTDOOR_SMTP_FROM with it")
    tls = env.get("FRONTDOOR_SMTP_TLS", "yes").strip()
    if tls not in ("yes", "no") or (tls == "no" and host not in LOOPBACK):
        problems.append("FRONTDOOR_SMTP_TLS must be yes; no is for a mail server on this same machine")
    return Mail(host, number(env, "FRONTDOOR_SMTP_PORT", 587, 1, 65535, problems), "starttls" if tls == "yes" else "plain", sender, ", ".join(to),
                env.get("FRONTDOOR_SMTP_USER", ""), secret(env, "FRONTDOOR_SMTP_PASSWORD", problems) or "")


def _alarm_url(env: Mapping[str, str], problems: List[str]) -> str:
    url = env.get("FRONTDOOR_DESK_ALARM_URL", "").strip()
    if url and not _is_safe(url):
        problems.append("FRONTDOOR_DESK_ALARM_URL must start with https:// (http:// is for this same machine only)")
    return url


def _chat_url(env: Mapping[str, str], problems: List[str]) -> str:
    url = env.get("FRONTDOOR_LAB_CHAT_URL", "").strip().rstrip("/") or f"http://127.0.0.1:{env.get('FRONTDOOR_PORT', '').strip() or '5005'}"
    if not _is_safe(url):
        problems.append("FRONTDOOR_LAB_CHAT_URL must start with https:// (http:// is for this same machine only)")
    return url


def _oidc(env: Mapping[str, str], problems: List[str]) -> Optional[Oidc]:
    issuer = env.get("FRONTDOOR_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    client, shared = env.get("FRONTDOOR_OIDC_CLIENT_ID", "").strip(), secret(env, "FRONTDOOR_OIDC_CLIENT_SECRET", problems) or ""
    if not client or not shared or not _is_safe(issuer):
        problems.append("FRONTDOOR_OIDC_ISSUER must start with https://, and needs FRONTDOOR_OIDC_CLIENT_ID and FRONTDOOR_OIDC_CLIENT_SECRET")
    return Oidc(issuer, client, shared, env.get("FRONTDOOR_OIDC_CLAIM", "email").strip())


def _is_safe(url: str) -> bool:
    from urllib.parse import urlsplit
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
    except ValueError:
        return False


def from_environment(env: Optional[Mapping[str, str]] = None) -> "tuple[DeskSettings, Options]":
    """Both kinds of settings of the desk. Raises ``SettingsError``."""
    env = os.environ if env is None else env
    desk = DeskSettings.from_env(env)
    return desk, Options.from_env(env, desk)
