"""The delivery's sign of life: every few seconds it tells the desk that it lives and what waits, and hears of the off switch."""
from __future__ import annotations

import datetime as dt
import json
import logging
import threading
import uuid
from typing import Any, Callable, List, Optional, Sequence, Tuple

import requests

from bot.contacts.hours import london
from bot.handoff.database import reading, utc_now
from bot.handoff.quiet import place_of
from bot.handoff.retention import held_here
from bot.handoff.settings import HandoffSettings
from bot.handoff.signing import Purpose, signature_headers
from bot.handoff.store import Store
from bot.handoff.switch import Standing, remember, standing
from bot.handoff.tally import since

log = logging.getLogger(__name__)
EVERY = 10.0        # seconds: so long may the public see an old state of the switch
TIMEOUT = (3, 5)
_DAYS_TOLD = 2      # the desk keeps a day's last total; yesterday's may have grown since it was told
_DAYS_ANEW = 14     # after the desk, or we, were away
MOST_HELD = 3_000   # so many does the desk take in one pulse
_MOST_COUNTS = 500  # as many as the desk takes in one pulse


class Pulse:
    """Beats while it is entered, beside the delivery: a desk that hangs holds up no contact."""

    def __init__(self, settings: HandoffSettings, clock: Callable[[], dt.datetime] = utc_now, every: float = EVERY) -> None:
        self._settings, self._clock, self._every = settings, clock, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        self._thread.join(sum(TIMEOUT))

    def _run(self) -> None:
        store: Optional[Store] = None
        days = _DAYS_ANEW
        while not self._stop.is_set():
            try:
                store = store or Store.open(self._settings.database_url)
                known = standing(store.engine)
                heard, days = beat(store, self._settings, self._clock(), days), _DAYS_TOLD
                if heard != known:
                    beat(store, self._settings, self._clock())      # so that the desk sees at once that we know
            except requests.RequestException as error:
                days = _DAYS_ANEW
                log.warning("pulse_not_heard error=%s", type(error).__name__)
            except Exception as error:  # the next pulse may be heard
                log.error("pulse_broke error=%s at=%s", type(error).__name__, place_of(error))
            self._stop.wait(self._every)


def beat(store: Store, settings: HandoffSettings, now: dt.datetime, days: int = _DAYS_TOLD) -> Standing:
    """Beat once, with the counts of so many days; in several pulses if one cannot hold them.

    Returns how the switch stands by what the desk said. Raises ``requests.RequestException`` if it did not hear.
    """
    counts = since(store.engine, london(now).date() - dt.timedelta(days=days - 1))
    for first in range(0, max(len(counts), 1), _MOST_COUNTS):
        heard = _tell(store, settings, now, counts[first:first + _MOST_COUNTS])
    return heard


def _held(store: Store) -> List[str]:
    """What is on legal hold here, so that nobody erases it at the desk."""
    with reading(store.engine).begin() as db:
        held = sorted(held_here(db))
    if len(held) > MOST_HELD:
        log.error("too_many_holds many=%d told=%d", len(held), MOST_HELD)
    return held[:MOST_HELD]


def _tell(store: Store, settings: HandoffSettings, now: dt.datetime, told: Sequence[Tuple[dt.date, str, str, int]]) -> Standing:
    counts, known = store.counts(now), standing(store.engine)
    body = json.dumps({
        "waiting": counts.waiting + counts.sending, "stuck": counts.stuck, "late": counts.late, "switch_known": known.number,
        "bell": settings.alarm is not None, "held": _held(store),
        "counts": [{"day": day.isoformat(), "what": what, "which": which, "many": many}
                   for day, what, which, many in told]}).encode()
    with requests.Session() as session:
        session.trust_env = settings.desk_url.startswith("https://")
        reply = session.post(f"{settings.desk_url}/pulse", data=body, timeout=TIMEOUT, allow_redirects=False, headers={
            "Content-Type": "application/json", **signature_headers(settings.desk_secret, str(uuid.uuid4()), body, now, Purpose.PULSE)})
    if reply.status_code != 200:
        raise requests.HTTPError(f"http {reply.status_code}")
    said = reply.json()["switch"]
    heard = Standing(int(said["number"]), said["taking"] is not False, str(said["why"]))
    if heard != known:
        remember(store.engine, heard)
        log.info("switch_heard number=%d taking=%s", heard.number, heard.taking)
    return heard
