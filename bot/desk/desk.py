"""Everything a page of the desk needs, made once."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Callable

from flask import current_app, g
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.desk.alarms import Alarms
from bot.desk.casework import Casework
from bot.desk.erasing import Erasing
from bot.desk.inbox import Inbox, Rules
from bot.desk.people import People
from bot.desk.person import Person
from bot.desk.pulse import Pulses
from bot.desk.settings import Options
from bot.desk.switch import Switch
from bot.desk.visits import Visits
from bot.handoff.settings import DeskSettings
from bot.live_words import live_words
from bot.wording_lab.lab import Lab
from bot.words import Words


@dataclass(frozen=True)
class Desk:
    """The parts, and the clock that they share."""

    settings: DeskSettings
    options: Options
    clock: Callable[[], datetime]
    inbox: Inbox
    casework: Casework
    erasing: Erasing
    people: People
    visits: Visits
    pulses: Pulses
    switch: Switch
    alarms: Alarms
    words: Words
    lab: Lab
    _tries: MemoryStorage = field(default_factory=MemoryStorage)   # the limiter itself holds it by a weak reference only

    @classmethod
    def build(cls, settings: DeskSettings, options: Options, clock: Callable[[], datetime]) -> "Desk":
        """Open the database and load the guidance. Raises what those raise."""
        inbox = Inbox.open(settings.database_url, settings.keys, Rules.load(options.key))
        words, pulses, casework = live_words(), Pulses(inbox.engine), Casework(inbox)
        return cls(settings, options, clock, inbox, casework, Erasing(casework), People(inbox.engine, options.key),
                   Visits(inbox.engine, timedelta(minutes=options.idle_minutes), timedelta(hours=options.longest_hours)),
                   pulses, Switch(inbox.engine), Alarms(inbox, pulses, words.directory, timedelta(minutes=options.silent_minutes)), words,
                   Lab.build(inbox.engine, settings.keys, words))

    def may_try(self, address: str) -> bool:
        """False if too many have tried to sign in from one address within a minute, whatever the names."""
        return bool(MovingWindowRateLimiter(self._tries).hit(parse(f"{self.options.tries_a_minute}/minute"), "sign-in", address))

    def say(self, key: str) -> str:
        """The words of a wording key; a key that has none is shown itself, so that nothing that arrived is hidden."""
        for known in (f"desk_{key}", key):
            if known in self.words.entries:
                return self.words.text(known, self.clock())
        return key.partition("_")[2].replace("_", " ").capitalize() or key


def desk() -> Desk:
    """The desk of the request that is answered now."""
    return current_app.extensions["desk"]  # type: ignore[no-any-return]


def me() -> Person:
    """Who asks. The guard has let them in."""
    return g.person  # type: ignore[no-any-return]


def now() -> datetime:
    """The time, by the desk's clock."""
    return desk().clock()
