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
from tests.postgres import _as_postgres, _binaries, an_empty_database

FULL = os.environ.get("FRONTDOOR_FAILURES") == "full"
CONTACTS, KILLS = (2000, 20) if FULL else (200, 3)


@pytest.fixture(autouse=True)
def dice():
    """The same in each run, so that red means a change; others at full size and for `make explore`."""
    always_new = FULL or os.environ.get("FRONTDOOR_PROPERTIES") == "explore"
    seed = int(os.environ.get("FRONTDOOR_SEED", random.randrange(10 ** 6) if always_new else 4471))
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


@pytest.fixture(params=["sqlite", "postgresql"])
def two_databases(request, tmp_path):
    """Two of a kind."""
    if request.param == "sqlite":
        yield tuple(f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "two"))
    else:
        server = request.getfixturevalue("postgres_server")
        with an_empty_database(server) as one, an_empty_database(server) as two:
            yield one, two


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_poisoned_contacts_do_not_delay_the_good_ones(two_databases, tmp_path):
    """Two deliveries side by side, one with poison, handed contacts in turn: whatever else the machine does, it does to both."""
    clean, poisoned = (Storm(url, tmp_path / name, 400 if FULL else 120, 0, poison=poison, calm=1.0, skewed=False)
                       for url, name, poison in zip(two_databases, ("clean", "poisoned"), (0.0, 0.05)))
    both = (clean, poisoned)
    try:
        for storm in both:
            storm.start_worker()
            storm.warms_up()
        for number in range(clean.contacts):
            for storm in both if number % 2 else both[::-1]:
                storm.hand_over(range(number, number + 1))
                time.sleep(0.02)
        for storm in both:
            storm.waits_for_the_good(60)
        middle, late = ([times[int(len(times) * share)] for times in (clean.delays(), poisoned.delays())] for share in (0.5, 0.95))
        print(f"delay, s, without and with {len(poisoned.poisoned)} poisoned ones: median {middle[0]:.3f} and {middle[1]:.3f}, "
              f"95th percentile {late[0]:.3f} and {late[1]:.3f}")
        assert all(len(storm.delays()) == len(storm.handed_over) - len(storm.poisoned) for storm in both), "lost"
        assert len(poisoned.poisoned) > 1 and not set(poisoned.receiver.times) & set(poisoned.poisoned)
        assert middle[1] < 2 * max(middle[0], 0.05)
        assert late[1] < 2 * max(late[0], 1), "from the commit to the receiver: two seconds, when healthy"
    finally:
        for storm in both:
            storm.closes()
