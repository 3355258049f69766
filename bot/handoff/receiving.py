"""Take a contact that was checked, from the conversation or from the form, and say when it will next be read."""
from __future__ import annotations

import datetime as dt
import functools
import os

from bot.contacts.hours import Status
from bot.contacts.next_open import in_words, next_open
from bot.contacts.routes import status
from bot.handoff.payload import payload
from bot.handoff.plan import path_of
from bot.handoff.questions import Answers
from bot.handoff.sealing import read_public
from bot.handoff.settings import StoreSettings
from bot.handoff.store import Receipt, Store
from bot.words import Words


@functools.lru_cache(maxsize=1)
def store() -> Store:
    """The contact store; opened on first use."""
    return Store.open(StoreSettings.from_env(os.environ).database_url)


def receive(answers: Answers, contact_id: str, now: dt.datetime) -> Receipt:
    """Seal and keep the answers. The same id is kept once. Any error means that nothing was kept."""
    settings = StoreSettings.from_env(os.environ)
    return store().receive(payload(answers), path_of(answers).value, read_public(settings.keys), now, contact_id=contact_id,
                           destinations=settings.destinations)


def when_read(words: Words, now: dt.datetime) -> str:
    """When a contact sent now will next be read, in words."""
    gateway = status(words.directory, words.directory["gateway"], now)
    if gateway is Status.OPEN:
        return words.text("read_soon", now)
    following = next_open(words.directory, "gateway", now)
    if following is None:
        return words.text("read_unsure", now)
    return words.text("read_later", now, when=in_words(following, now))
