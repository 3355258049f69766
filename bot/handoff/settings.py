"""Everything the deployment decides about contacts. Wrong settings stop the start, with all problems at once."""
from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Optional, Tuple, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import ArgumentError

from bot.handoff import destinations
from bot.handoff.destinations import Destination
from bot.handoff.sealing import PRIVATE, PUBLIC, SealingError, make_keys
from bot.settings import LOOPBACK, SettingsError, local_secret, number, secret

CONTACTS = "FRONTDOOR_DATABASE_URL"
DESK_URL = "FRONTDOOR_DESK_URL"
DESK_DATABASE = "FRONTDOOR_DESK_DATABASE_URL"
DESK_PORT = "FRONTDOOR_DESK_PORT"
KEYS = "FRONTDOOR_KEYS"
ALARM = "FRONTDOOR_ALARM"
RETENTION_DAYS = "FRONTDOOR_RETENTION_DAYS"
DESK_SECRET = "FRONTDOOR_DESK_SECRET"  # noqa: S105 - the name of a variable
_DEFAULTS = {CONTACTS: "sqlite:///var/contacts.db", DESK_URL: "http://127.0.0.1:5080",
             DESK_DATABASE: "sqlite:///var/desk.db", DESK_PORT: "5080", KEYS: "var/keys"}
_SHORTEST_SECRET = 32
S = TypeVar("S")


@dataclass(frozen=True)
class StoreSettings:
    """What the chat needs: it keeps and seals, and can neither open nor send."""

    database_url: str = field(repr=False)
    keys: Path
    destinations: Tuple[str, ...] = ("desk",)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "StoreSettings":
        """Read and check. Raises ``SettingsError``."""
        read = _Reader(env)
        return read.checked(lambda: cls(read.database(CONTACTS), read.keys(), read.destination_names()))


@dataclass(frozen=True)
class HandoffSettings:
    """What the worker needs."""

    database_url: str = field(repr=False)
    desk_url: str
    keys: Path
    desk_secret: bytes = field(repr=False)
    others: Mapping[str, Destination] = field(default_factory=dict)     # besides the desk
    alarm: Optional[Destination] = None
    alarm_hours: float = 4.0                                            # working hours of Gateway
    kept_days: int = 30                                                 # after the desk has acknowledged a contact

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "HandoffSettings":
        """Read and check. Raises ``SettingsError``."""
        read = _Reader(env)
        return read.checked(lambda: cls(read.database(CONTACTS), read.desk_url(), read.keys(), read.desk_secret(),
                                        read.others(), read.alarm(), read.alarm_hours(), read.kept_days()))


@dataclass(frozen=True)
class DeskSettings:
    """What the desk needs: its own database, never the chat's."""

    database_url: str = field(repr=False)
    desk_url: str
    port: int
    keys: Path
    desk_secret: bytes = field(repr=False)

    @property
    def host(self) -> str:
        """The name under which others reach the desk."""
        return _host(self.desk_url)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "DeskSettings":
        """Read and check. Raises ``SettingsError``."""
        read = _Reader(env)
        return read.checked(lambda: cls(read.database(DESK_DATABASE), read.desk_url(), read.port(), read.keys(),
                                        read.desk_secret()))


class _Reader:
    """Reads variables and gathers what is wrong with them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._problems: List[str] = []

    def checked(self, build: Callable[[], S]) -> S:
        settings = build()
        if self._problems:
            raise SettingsError(self._problems)
        return settings

    def keys(self) -> Path:
        folder = Path(self._text(KEYS))
        if self._local() and not (folder / PUBLIC).exists():
            try:
                make_keys(folder)
            except (SealingError, OSError) as error:
                self._problems.append(f"{KEYS}: {error}" if isinstance(error, SealingError) else
                                      f"{KEYS}: the keys cannot be written ({type(error).__name__})")
        elif not (folder / PUBLIC).exists():
            self._problems.append(f"{KEYS} must be a folder with {PUBLIC} (and {PRIVATE} for the worker and the desk)")
        return folder

    def database(self, name: str) -> str:
        url = self._secret(name) or ""
        try:
            parts = make_url(url)
            kind, file = parts.get_backend_name(), parts.database
        except (ArgumentError, ValueError):
            kind, file = "", None
        if kind not in ("sqlite", "postgresql"):
            self._problems.append(f"{name} must start with sqlite:/// or postgresql://")
        elif kind == "sqlite" and file in (None, "", ":memory:"):
            self._problems.append(f"{name} must name a file: what is only in memory is lost")
        return url

    def desk_url(self) -> str:
        url = self._text(DESK_URL).rstrip("/")
        host, scheme = _host(url), url.partition(":")[0]
        if not host:
            self._problems.append(f"{DESK_URL} must look like https://desk.example.org, without a name or password in it")
        elif scheme != "https" and not (scheme == "http" and host in LOOPBACK):
            self._problems.append(f"{DESK_URL} must start with https:// (http:// is for this same machine only)")
        return url

    def port(self) -> int:
        return number(self._env, DESK_PORT, int(_DEFAULTS[DESK_PORT]), 1, 65535, self._problems)

    def kept_days(self) -> int:
        return retention_days(self._env, self._problems)

    def desk_secret(self) -> bytes:
        shared = self._secret(DESK_SECRET)
        if shared is None and self._local():
            file = Path(self._text(KEYS)) / "desk.secret"
            try:
                shared = local_secret(file, secrets.token_hex(32))
            except OSError as error:
                self._problems.append(f"{file} cannot be written or read ({type(error).__name__})")
                return b""
        if shared is None:
            self._problems.append(f"{DESK_SECRET} is not set")
        elif shared and len(shared) < _SHORTEST_SECRET:
            self._problems.append(f"{DESK_SECRET} must have at least {_SHORTEST_SECRET} characters")
        return (shared or "").encode("utf-8")

    def destination_names(self) -> Tuple[str, ...]:
        return destinations.names(self._env.get, self._problems)

    def others(self) -> Dict[str, Destination]:
        return destinations.read(self._env.get, self._secret, self._problems)

    def alarm(self) -> Optional[Destination]:
        if not self._env.get(f"{ALARM}_URL", "").strip():
            return None
        return destinations.destination(ALARM, self._env.get, self._secret, self._problems)

    def alarm_hours(self) -> float:
        try:
            hours = float(self._env.get(f"{ALARM}_HOURS", "").strip() or 4)
        except ValueError:
            hours = 0
        if not 0 < hours <= 40:
            self._problems.append(f"{ALARM}_HOURS must be a number of working hours, more than 0 and at most 40")
        return hours

    def _text(self, name: str) -> str:
        return self._env.get(name, "").strip() or _DEFAULTS[name]

    def _secret(self, name: str) -> Optional[str]:
        """From the variable or from the file that NAME_FILE names; a default exists for databases only."""
        return secret(self._env, name, self._problems) or _DEFAULTS.get(name)

    def _local(self) -> bool:
        """Everything on one machine with SQLite: the only place where we may make up secrets."""
        databases = (self._env.get(n, "").strip() or _DEFAULTS[n] for n in (CONTACTS, DESK_DATABASE))
        files = any(self._env.get(f"{n}_FILE", "").strip() for n in (CONTACTS, DESK_DATABASE))
        return _host(self._text(DESK_URL)) in LOOPBACK and not files and all(d.startswith("sqlite:") for d in databases)


def retention_days(env: Mapping[str, str], problems: List[str]) -> int:
    """How many days after the desk acknowledged it a contact is kept."""
    return number(env, RETENTION_DAYS, 30, 1, 3650, problems)


def _host(url: str) -> str:
    """The host of a plain address, or "" if it is not one."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and not (parts.username or parts.password or parts.query or parts.fragment)
        return (parts.hostname or "") if plain and parts.port != 0 else ""
    except ValueError:
        return ""
