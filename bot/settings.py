"""The settings of the chat process, from the environment. Every problem is reported at once, at the start."""
from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Mapping, Optional, Tuple

from cryptography.fernet import Fernet, MultiFernet

from bot.guidance_files import ROOT

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """One or more settings are missing or wrong; the message lists all of them with what to do."""


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
            host=host, port=_number(env, "FRONTDOOR_PORT", 5005, 1, 65535, problems),
            conversations_url=env.get("FRONTDOOR_CONVERSATIONS_URL", f"sqlite:///{ROOT / 'var' / 'conversations.db'}"),
            conversation_keys=keys, rate_limit=limit, sessions_a_minute=sessions,
            max_characters=_number(env, "FRONTDOOR_MAX_CHARACTERS", 4000, 200, 20_000, problems),
            max_body_bytes=_number(env, "FRONTDOOR_MAX_BODY_BYTES", 64_000, 1_000, 1_000_000, problems),
            allowed_origins=tuple(o.strip() for o in env.get("FRONTDOOR_ALLOWED_ORIGINS", "").split(",") if o.strip()),
            idle_minutes=_number(env, "FRONTDOOR_IDLE_MINUTES", 30, 1, 240, problems))
        if problems:
            raise SettingsError("\n".join(problems))
        return cls(**values)  # type: ignore[arg-type]


def secret(env: Mapping[str, str], name: str, problems: List[str]) -> Optional[str]:
    """A secret from NAME, or from the file that NAME_FILE names."""
    if f"{name}_FILE" in env:
        try:
            return Path(env[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
        except OSError as error:
            problems.append(f"{name}_FILE cannot be read ({type(error).__name__}); check its path and rights")
            return None
    return env.get(name)


def _keys(env: Mapping[str, str], local: bool, problems: List[str]) -> Tuple[str, ...]:
    written = secret(env, "FRONTDOOR_CONVERSATION_KEYS", problems)
    if written is None and local:
        written = local_secret(ROOT / "var" / "keys" / "conversations.key", Fernet.generate_key().decode())
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
    """The secret in ``file``, written once with mode 0600 if it is not there. For the local default mode only."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(fresh)
    return fresh


def _rate(env: Mapping[str, str], local: bool, problems: List[str]) -> Tuple[Optional[int], Optional[int]]:
    written = env.get("FRONTDOOR_RATE_LIMIT", "40")
    if written == "off":
        if not local:
            problems.append("FRONTDOOR_RATE_LIMIT=off is honoured on loopback only; give a number of messages a minute")
        return None, None
    return _number(env, "FRONTDOOR_RATE_LIMIT", 40, 1, 10_000, problems), 30


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int, problems: List[str]) -> int:
    try:
        value = int(env.get(name, default))
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        problems.append(f"{name} must be a whole number from {low} to {high}")
    return value
