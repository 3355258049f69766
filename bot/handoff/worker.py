"""The process that carries contacts to their destinations. Start it with ``python -m bot.handoff.worker``."""
from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from datetime import datetime, timedelta
from typing import Callable, Optional, Sequence, Union

from nacl.public import PrivateKey

from bot.handoff import alarms
from bot.handoff.database import utc, utc_now
from bot.handoff.delivery import ASKED_AT_ONCE, ask_desk, deliver, desk_rings, held_at_desk
from bot.handoff.outbox import Claim, NeedsAPerson, Outcome, deliver_next
from bot.handoff.parcel import BadParcel, Parcel
from bot.handoff.pulse import Pulse
from bot.handoff.quiet import place_of
from bot.handoff.retention import forget_due
from bot.handoff.sealing import SealingError, open_sealed, read_all_private
from bot.handoff.settings import HandoffSettings
from bot.handoff.store import Store
from bot.settings import SettingsError
from bot.words import load_words

log = logging.getLogger(__name__)
PAUSE = 0.5
CARRIERS = 4        # one that hangs on a slow receiver does not hold up the others
BEAT_EVERY = timedelta(seconds=15)
LOOK_EVERY = timedelta(minutes=1)
FORGET_EVERY = timedelta(days=1)
SILENT_AFTER = timedelta(minutes=3)     # no beat for this long rings the bell; sending may take a lease


def run(settings: HandoffSettings, stop: threading.Event, clock: Callable[[], datetime] = utc_now, pause: float = PAUSE) -> None:
    """Deliver what is due until ``stop`` is set. Lives through a lost database or desk; a missing key stops the start."""
    private = read_all_private(settings.keys)
    carriers = [threading.Thread(target=_carry, args=(number, private, settings, stop, clock, pause), daemon=True) for number in range(CARRIERS)]
    log.info("worker_started carriers=%d destinations=%d alarm=%s", CARRIERS, 1 + len(settings.others), settings.alarm is not None)
    for carrier in carriers:
        carrier.start()
    _look_after(settings, stop, clock, pause)
    for carrier in carriers:
        carrier.join()
    log.info("worker_stopped")


def _carry(number: int, private: Sequence[PrivateKey], settings: HandoffSettings, stop: threading.Event,
           clock: Callable[[], datetime], pause: float) -> None:
    """Deliver one contact after another. The first carrier takes what has been due longest, the others what is new first."""
    store: Optional[Store] = None
    while not stop.is_set():
        outcome: Optional[Outcome] = None
        try:
            store = store or Store.open(settings.database_url)
            outcome = deliver_next(store, lambda claim: send_opened(claim, private, settings, clock), clock, new_first=number > 0)
        except Exception as error:  # whatever it was, this carrier must live to try again: a dead one would go unnoticed
            log.error("worker_lost_database error=%s at=%s", type(error).__name__, place_of(error))
            stop.wait(min(1.0, 4 * pause))
        if outcome is None:
            stop.wait(pause)


def _look_after(settings: HandoffSettings, stop: threading.Event, clock: Callable[[], datetime], pause: float) -> None:
    """Say that the worker lives, learn what the desk did, and ring for what waits too long."""
    store: Optional[Store] = None
    beaten: Optional[datetime] = None
    looked: Optional[datetime] = None
    forgotten: Optional[datetime] = None
    while not stop.is_set():
        try:
            store, now = store or Store.open(settings.database_url), clock()
            if beaten is None or abs(now - beaten) >= BEAT_EVERY:
                store.beat(socket.gethostname()[:120], now)
                beaten = now
            if looked is None or abs(now - looked) >= LOOK_EVERY:
                looked = now
                look(store, settings, clock)
            if forgotten is None or abs(now - forgotten) >= FORGET_EVERY:
                forgotten = now
                forget(store, settings, now)
        except Exception as error:      # whatever it is, contacts are carried on
            log.error("worker_could_not_look error=%s at=%s", type(error).__name__, place_of(error))
        stop.wait(pause)


def look(store: Store, settings: HandoffSettings, clock: Callable[[], datetime] = utc_now) -> None:
    """Once: write down what the desk has seen and decided, then ring every alarm that is due and not the desk's."""
    waiting = store.not_acknowledged()
    for some in (waiting[n:n + ASKED_AT_ONCE] for n in range(0, len(waiting), ASKED_AT_ONCE)):
        for contact_id, state in ask_desk(some, settings, clock).items():
            if contact_id in some:
                store.note_at_desk(contact_id, _moment(state.get("seen_at")), _moment(state.get("acknowledged_at")), clock())
    store.notice_wrong_clocks(clock())
    words = load_words()
    alarms.ring(store, alarms.due(store, words, clock(), settings.alarm_hours, desk_rings(settings, clock)), settings.alarm, words, clock)


def forget(store: Store, settings: HandoffSettings, now: datetime) -> None:
    """Once: erase what the desk acknowledged long enough ago. Each erasure is in the audit; the log has the counts."""
    gone = forget_due(store, now, lambda ids: held_at_desk(ids, settings, lambda: now), settings.kept_days)
    log.info("retention erased=%d held=%d unsure=%d days=%d", gone.erased, gone.held, gone.unsure, settings.kept_days)


def _moment(written: object) -> Optional[datetime]:
    try:
        return utc(datetime.fromisoformat(written)) if isinstance(written, str) else None
    except ValueError:
        return None


def send_opened(claim: Claim, private: Union[PrivateKey, Sequence[PrivateKey]], settings: HandoffSettings,
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
    return deliver(parcel, settings, clock, claim.destination)


def main() -> int:
    """Run until told to stop (SIGTERM or Ctrl-C). A contact on its way is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = HandoffSettings.from_env(os.environ)
        with Pulse(settings):
            run(settings, stop)
    except (SettingsError, SealingError) as error:      # both are written to be shown
        print(f"The worker cannot start: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
