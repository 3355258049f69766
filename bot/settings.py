"""The settings of the chat process, and how every process reads its settings: from the environment, all problems at once, at the start."""
from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Mapping, Optional, Sequence, Tuple

from cryptography.fernet import Fernet, MultiFernet

from bot.guidance_files import ROOT
from bot.handoff.sealing import write_once
from bot.proxies import Proxies

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """One or more settings are missing or wrong. The message lists all of them with what to do; it never holds a setting's value."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(dict.fromkeys(problems)))


@dataclass(frozen=True)
class ChatSettings:
    """What the deployment decides for the public chat."""

    host: str
    port: int
    conversations_url: str
    conversation_keys: Tuple[str, ...] = field(repr=False)
    rate_limit: Optional[int] = 40         # messages a minute for one conversation; None = off
    sessions_a_minute: Optional[int] = 30  # new conversations a minute for one address; None = off
    max_characters: int = 4000
    max_body_bytes: int = 64_000
    allowed_origins: Tuple[str, ...] = ()
    idle_minutes: int = 30
    answer_seconds: float = 8.0
    proxies: Proxies = Proxies()

    def fernet(self) -> MultiFernet:
        """The keys that lock conversations; the first one locks, all of them unlock."""
        return MultiFernet([Fernet(k) for k in self.conversation_keys])

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "ChatSettings":
        """Read the environment. Raises ``SettingsError`` listing every problem."""
        problems: List[str] = []
        host = env.get("FRONTDOOR_HOST", "127.0.0.1")
        local = host in LOOPBACK
        limit, sessions = _rate(env, local, problems)
        keys = _keys(env, local, problems)
        values = dict(  # noqa: C408 - reads as the constructor does
            host=host, port=number(env, "FRONTDOOR_PORT", 5005, 1, 65535, problems),
            conversations_url=env.get("FRONTDOOR_CONVERSATIONS_URL", f"sqlite:///{ROOT / 'var' / 'conversations.db'}"),
            conversation_keys=keys, rate_limit=limit, sessions_a_minute=sessions,
            max_characters=number(env, "FRONTDOOR_MAX_CHARACTERS", 4000, 200, 20_000, problems),
            max_body_bytes=number(env, "FRONTDOOR_MAX_BODY_BYTES", 64_000, 1_000, 1_000_000, problems),
            allowed_origins=tuple(o.strip() for o in env.get("FRONTDOOR_ALLOWED_ORIGINS", "").split(",") if o.strip()),
            proxies=Proxies.from_env(env, problems), idle_minutes=number(env, "FRONTDOOR_IDLE_MINUTES", 30, 1, 240, problems))
        if problems:
            raise SettingsError(problems)
        return cls(**values)  # type: ignore[arg-type]


def secret(env: Mapping[str, str], name: str, problems: List[str]) -> Optional[str]:
    """A secret from NAME, or from the file that NAME_FILE names; None if neither is set, "" if it could not be read (the problem is added)."""
    value, file = env.get(name, "").strip(), env.get(f"{name}_FILE", "").strip()
    if value and file:
        problems.append(f"{name} and {name}_FILE are both set: keep one")
    elif file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
            problems += [] if value else [f"{name}_FILE names an empty file: write the secret into it"]
            return value
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{name}_FILE cannot be read ({type(error).__name__}); check its path and rights")
            return ""
    return value or None


def _keys(env: Mapping[str, str], local: bool, problems: List[str]) -> Tuple[str, ...]:
    written = secret(env, "FRONTDOOR_CONVERSATION_KEYS", problems)
    if written is None and local:
        written = local_secret(ROOT / "var" / "keys" / "conversations.key", Fernet.generate_key().decode()) or None
    if written == "":
        return ()  # reported already
    if not written:
        problems.append("FRONTDOOR_CONVERSATION_KEYS is not set; make one with: frontdoor keys conversation")
        return ()
    keys = tuple(k.strip() for k in written.split(",") if k.strip())
    try:
        [Fernet(k) for k in keys]
    except ValueError:
        problems.append("FRONTDOOR_CONVERSATION_KEYS is not a list of keys; make one with: frontdoor keys conversation")
    return keys


def local_secret(file: Path, fresh: str) -> str:
    """The secret in ``file``, written once, whole and with mode 0600, if it is not there. For the local default mode only. Raises ``OSError``."""
    write_once(file, fresh + "\n", 0o600)
    return file.read_text(encoding="utf-8").strip()


def _rate(env: Mapping[str, str], local: bool, problems: List[str]) -> Tuple[Optional[int], Optional[int]]:
    written = env.get("FRONTDOOR_RATE_LIMIT", "40")
    if written == "off":
        if not local:
            problems.append("FRONTDOOR_RATE_LIMIT=off is honoured on loopback only; give a number of messages a minute")
        return None, None
    return number(env, "FRONTDOOR_RATE_LIMIT", 40, 1, 10_000, problems), 30


def number(env: Mapping[str, str], name: str, default: int, low: int, high: int, problems: List[str]) -> int:
    """A whole number from ``low`` to ``high``; the default, and a problem added, if it is none."""
    text = env.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and low <= int(text[:8]) <= high):
        problems.append(f"{name} must be a whole number from {low} to {high}")
        return default
    return int(text)
