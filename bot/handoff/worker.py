"""The process that carries contacts to the desk. Start it with ``python -m bot.handoff.worker``."""
from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from datetime import datetime, timedelta
from typing import Callable, Optional

from nacl.public import PrivateKey
from sqlalchemy.exc import SQLAlchemyError

from bot.handoff.database import utc_now
from bot.handoff.delivery import deliver
from bot.handoff.outbox import Claim, NeedsAPerson, Outcome, deliver_next
from bot.handoff.parcel import BadParcel, Parcel
from bot.handoff.quiet import place_of
from bot.handoff.sealing import SealingError, open_sealed, read_private
from bot.handoff.settings import HandoffSettings, SettingsError
from bot.handoff.store import Store

log = logging.getLogger(__name__)
PAUSE = 1.0
BEAT_EVERY = timedelta(seconds=15)
SILENT_AFTER = timedelta(minutes=3)     # no beat for this long rings the bell; sending may take a lease


def run(settings: HandoffSettings, stop: threading.Event, clock: Callable[[], datetime] = utc_now,
        pause: float = PAUSE) -> None:
    """Deliver what is due until ``stop`` is set. Lives through a lost database or desk; a missing key stops the start."""
    private = read_private(settings.keys)
    store: Optional[Store] = None
    beaten: Optional[datetime] = None
    log.info("worker_started")
    while not stop.is_set():
        outcome: Optional[Outcome] = None
        try:
            store = store or Store.open(settings.database_url)
            now = clock()
            if beaten is None or now - beaten >= BEAT_EVERY:
                store.beat(socket.gethostname()[:120], now)
                beaten = now
            outcome = deliver_next(store, lambda claim: send_opened(claim, private, settings, clock), clock)
        except (SQLAlchemyError, OSError) as error:
            log.error("worker_lost_database error=%s at=%s", type(error).__name__, place_of(error))
        if outcome is None:
            stop.wait(pause)
    log.info("worker_stopped")


def send_opened(claim: Claim, private: PrivateKey, settings: HandoffSettings,
                clock: Callable[[], datetime] = utc_now) -> Outcome:
    """Open a contact, just before sending it, and send it."""
    try:
        parcel = Parcel.read(open_sealed(private, claim.sealed))
    except SealingError:
        return NeedsAPerson("cannot be opened with this key")
    except BadParcel:
        return NeedsAPerson("what was sealed is not a contact")
    if parcel.contact_id != claim.contact_id:
        return NeedsAPerson("what was sealed is another contact")
    return deliver(parcel, settings, clock)


def main() -> int:
    """Run until told to stop (SIGTERM or Ctrl-C). A contact on its way is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        run(HandoffSettings.from_env(os.environ), stop)
    except (SettingsError, SealingError) as error:      # both are written to be shown
        print(f"The worker cannot start: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
