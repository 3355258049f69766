"""Take a contact that was checked, from the conversation or from the form, and say when it will next be read."""
from __future__ import annotations

import datetime as dt
import functools
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Optional

from bot.contacts.hours import Status
from bot.contacts.next_open import in_words, next_open
from bot.contacts.routes import status
from bot.handoff.parcel import contact_id
from bot.handoff.payload import payload
from bot.handoff.plan import path_of
from bot.handoff.questions import Answers
from bot.handoff.sealing import read_public
from bot.handoff.settings import StoreSettings
from bot.handoff.store import NotKept, Receipt, Store
from bot.handoff.switch import standing
from bot.handoff.tally import Counted, count
from bot.words import Words

log = logging.getLogger(__name__)
_counting = ThreadPoolExecutor(1, thread_name_prefix="counting")


@functools.lru_cache(maxsize=1)
def store() -> Store:
    """The contact store; opened on first use."""
    return Store.open(StoreSettings.from_env(os.environ).database_url)


class NotTaking(NotKept):
    """The desk has turned contact-taking off. Keep what was typed on the screen, and show the numbers."""


def receive(answers: Answers, draft_id: str, now: dt.datetime) -> Receipt:
    """Seal and keep the answers of a draft. The same answers of the same draft are kept, and counted, once. Any error means that nothing was kept."""
    if why_not_taking() is not None:
        raise NotTaking("contacts are not taken now; do not say that we have it")
    settings = StoreSettings.from_env(os.environ)
    receipt = store().receive(payload(answers), path_of(answers).value, read_public(settings.keys), now, contact_id=contact_id(draft_id, answers),
                              draft_id=draft_id, destinations=settings.destinations)
    if not receipt.repeat:
        counted(Counted.SENT, path_of(answers).value, now)
    return receipt


def why_not_taking() -> Optional[str]:
    """Why contacts are not taken now, in the desk's words for the public; None while they are.

    If the switch cannot be read they are: that they cannot be kept either is said when somebody sends one.
    """
    try:
        said = standing(store().engine)
    except Exception as error:
        log.error("switch_not_read error=%s", type(error).__name__)
        return None
    return None if said.taking else said.why


def counted(what: Counted, which: str, now: dt.datetime) -> None:
    """Count something that happened. Returns at once and never raises: nobody waits for a count."""
    _counting.submit(_count, what, which, now)


def _count(what: Counted, which: str, now: dt.datetime) -> None:
    try:
        count(store().engine, what, which, now)
    except Exception as error:
        log.warning("not_counted what=%s error=%s", what.value, type(error).__name__)


def when_read(words: Words, now: dt.datetime) -> str:
    """When a contact sent now will next be read, in words."""
    gateway = status(words.directory, words.directory["gateway"], now)
    if gateway is Status.OPEN:
        return words.text("read_soon", now)
    following = next_open(words.directory, "gateway", now)
    if following is None:
        return words.text("read_unsure", now)
    return words.text("read_later", now, when=in_words(following, now))
