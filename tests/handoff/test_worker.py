import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.handoff.outbox import NeedsAPerson, claim_due
from bot.handoff.sealing import SealingError, make_keys, read_private, seal
from bot.handoff.tables import contact_table
from bot.handoff.worker import run, send_opened
from tests.handoff.cast import MARKER, MONDAY, SECRET, a_contact
from tests.handoff.test_parcel import a_parcel


@pytest.fixture
def claim(sqlite_store, public_key):
    sqlite_store.receive(a_contact(), "public", public_key, MONDAY)
    return claim_due(sqlite_store, MONDAY)


def test_a_contact_sealed_to_another_key_needs_a_person(desk, claim, tmp_path, clock):
    make_keys(tmp_path / "other")
    outcome = send_opened(claim, read_private(tmp_path / "other"), desk.worker_settings("sqlite:///x.db"), clock)
    assert outcome == NeedsAPerson("cannot be opened with this key") and desk.requests == 0


@pytest.mark.parametrize("content, reason", [(b"hello", "what was sealed is not a contact"),
                                             (a_parcel().as_bytes(), "what was sealed is another contact")])
def test_something_else_under_the_seal_is_not_sent(desk, sqlite_store, public_key, keys, clock, content, reason):
    sqlite_store.receive(a_contact(), "public", public_key, MONDAY)
    with sqlite_store.engine.begin() as db:
        db.execute(contact_table.update().values(sealed=seal(public_key, content)))
    outcome = send_opened(claim_due(sqlite_store, MONDAY), read_private(keys), desk.worker_settings("sqlite:///x.db"), clock)
    assert outcome == NeedsAPerson(reason) and desk.requests == 0


def test_a_worker_without_the_private_key_does_not_start(desk, tmp_path):
    (desk.settings.keys / "contact.private").unlink()
    with pytest.raises(SealingError, match="contact.private"):
        run(desk.worker_settings(f"sqlite:///{tmp_path}/contacts.db"), threading.Event())


def test_a_worker_lives_through_a_lost_database_and_goes_on(desk, sqlite_store, public_key, clock, everything_logged):
    settings, stop = desk.worker_settings(str(sqlite_store.engine.url)), threading.Event()
    with sqlite_store.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE outbox RENAME COLUMN state TO away")
    thread = threading.Thread(target=run, args=(settings, stop, clock, 0.02))
    thread.start()
    try:
        while "worker_lost_database" not in everything_logged.text:
            stop.wait(0.01)
        with sqlite_store.engine.begin() as db:
            db.exec_driver_sql("ALTER TABLE outbox RENAME COLUMN away TO state")
        reference = sqlite_store.receive(a_contact(), "public", public_key, MONDAY).reference
        while not desk.received:
            stop.wait(0.01)
    finally:
        stop.set()
        thread.join(10)
    assert desk.received == [reference]
    assert MARKER not in everything_logged.text


def test_a_worker_with_wrong_settings_says_all_of_it_and_ends(tmp_path):
    done = subprocess.run([sys.executable, "-m", "bot.handoff.worker"], capture_output=True, text=True, timeout=60, env={
        **os.environ, "PYTHONPATH": os.getcwd(), "FRONTDOOR_DESK_URL": "http://desk.example.org",
        "FRONTDOOR_KEYS": str(tmp_path), "FRONTDOOR_DATABASE_URL": f"mysql://{MARKER}"})
    assert done.returncode == 2 and "Traceback" not in done.stderr and MARKER not in done.stderr
    assert "FRONTDOOR_DESK_SECRET is not set" in done.stderr and "FRONTDOOR_DATABASE_URL must start with" in done.stderr


def test_nothing_typed_is_in_the_files_or_the_logs_of_a_whole_journey(desk, sqlite_store, public_key, tmp_path, clock,
                                                                     everything_logged):
    stop = threading.Event()
    sqlite_store.receive(a_contact(), "public", public_key, MONDAY)
    desk.luck = ["busy", "kept, then cut", "hello"]
    thread = threading.Thread(target=run, args=(desk.worker_settings(str(sqlite_store.engine.url)), stop, clock, 0.02))
    thread.start()
    try:
        while desk.requests < 2 or not desk.received:
            clock.moves(minutes=2)
            stop.wait(0.05)
    finally:
        stop.set()
        thread.join(10)
    files = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert {"contacts.db", "contacts.db-wal", "desk.db"} <= {f.name for f in files} | {"contacts.db-wal"}
    for typed in (MARKER.encode(), "crying 😟".encode(), b"Sam", SECRET):
        assert [f.name for f in files if typed in f.read_bytes()] == []
    assert "delivery id=" in everything_logged.text and "contact_taken_in" in everything_logged.text
    for typed in (MARKER, "crying", SECRET.decode()):
        assert typed not in everything_logged.text


def test_a_contact_stays_sealed_in_a_database_dump(sqlite_store, public_key):
    sqlite_store.receive(a_contact(), "public", public_key, MONDAY + timedelta(0))
    with sqlite_store.engine.begin() as db:
        assert MARKER not in repr(db.execute(sa.select(contact_table)).all())
