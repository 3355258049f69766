"""Nothing is lost, nothing doubled, every reference exists: through kills, moods, lost databases, full disks and wrong clocks.

``make failures`` runs it at full size (2,000 contacts, 20 kills, on each database); ``make test`` at a tenth.
"""
import os
import random
import time

import pytest
import sqlalchemy as sa

from bot.handoff.tables import contact_table, outbox_table
from tests.failures.storm import Storm
from tests.handoff.conftest import database_url  # noqa: F401 - a fixture
from tests.postgres import _as_postgres, _binaries

FULL = os.environ.get("FRONTDOOR_FAILURES") == "full"
CONTACTS, KILLS = (2000, 20) if FULL else (200, 3)


@pytest.fixture(autouse=True)
def dice():
    seed = int(os.environ.get("FRONTDOOR_SEED", random.randrange(10 ** 6)))
    print(f"seed {seed}")
    random.seed(seed)


def restarts(folder):
    """PostgreSQL goes down without warning and comes back."""
    def trouble(storm):
        for _ in range(3 if FULL else 1):
            time.sleep(random.uniform(2, 4))
            _as_postgres(_binaries() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "-l", folder / "log", "restart")
    return trouble


def no_room_then_locked(storm):
    """SQLite's disk is full for a while; later somebody holds the file."""
    time.sleep(1)
    def full(connection, *_):
        connection.execute("PRAGMA max_page_count=1")
    sa.event.listen(storm.store.engine, "checkout", full)
    time.sleep(1.5)
    sa.event.remove(storm.store.engine, "checkout", full)
    sa.event.listen(storm.store.engine, "checkout", lambda c, *_: c.execute("PRAGMA max_page_count=1073741823"))
    time.sleep(1)
    with storm.store.engine.begin():
        time.sleep(6)       # longer than anybody waits for it


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_storm_loses_or_doubles_a_contact(database_url, tmp_path, request):  # noqa: F811
    storm = Storm(database_url, tmp_path, CONTACTS, KILLS)
    try:
        postgres = database_url.startswith("postgresql")
        storm.rages(restarts(request.getfixturevalue("postgres_server")) if postgres else no_room_then_locked, workers=2)
        storm.clears_up()
        good = {r: words for r, words in storm.promised.items() if r not in storm.poisoned}
        with storm.store.engine.begin() as db:
            there = {row.reference: row.state for row in db.execute(sa.select(contact_table.c.reference, contact_table.c.state))}
            queued = db.execute(sa.select(sa.func.count()).select_from(outbox_table)).scalar()
        arrived = {c["reference"]: c["contact"]["worry"] for c in storm.receiver.kept.values()}
        print(f"promised {len(storm.promised)}, poisoned {len(storm.poisoned)}, told that it was not saved {storm.not_kept} times, requests {storm.receiver.requests}, "
              f"worst delay {storm.delays()[-1]:.1f} s")
        assert len(storm.promised) == CONTACTS == len(there), "kept twice, or not at all"
        assert set(storm.promised) <= set(there), "a reference was given to a person and is not kept"
        assert {r: arrived.get(r) for r in good} == good, "lost, or not what was said"
        assert len(arrived) == len(storm.receiver.kept), "the same contact twice under two ids"
        assert not set(arrived) & set(storm.poisoned)
        assert queued == len(there), "a contact without a place in the outbox"
        assert all(there[r] != "delivered" for r in storm.poisoned), "what cannot be delivered is never said to be"
    finally:
        storm.closes()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_poisoned_contacts_do_not_delay_the_good_ones(database_url, tmp_path):  # noqa: F811
    middle = {}
    for poison in (0.0, 0.05):
        storm = Storm(database_url, tmp_path / str(poison), 400 if FULL else 120, 0, poison=poison, calm=1.0, skewed=False)
        try:
            storm.start_worker()
            time.sleep(3)
            for number in range(storm.contacts):
                storm.hand_over(range(number, number + 1))
                time.sleep(0.02)
            storm.clears_up(60)
            delays = storm.delays()
            assert len(delays) == storm.contacts - len(storm.poisoned)
            middle[poison] = (delays[len(delays) // 2], delays[int(len(delays) * 0.95)])
        finally:
            storm.closes()
    print("median and 95th percentile of the delay, s:", middle)
    assert middle[0.05][0] < 2 * max(middle[0.0][0], 0.05)
    assert middle[0.05][1] < 2, "from the commit to the receiver, when healthy"
