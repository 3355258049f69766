import subprocess
import sys
import threading
import traceback
import uuid
from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa

from bot.handoff import store as store_module
from bot.handoff.database import reading
from bot.handoff.parcel import Parcel
from bot.handoff.sealing import open_sealed, read_private
from bot.handoff.store import NoSuchReference, NotKept, Progress, Store, TooLong
from bot.handoff.tables import State, audit_table, contact_table, outbox_table
from tests.handoff.cast import MARKER, MONDAY, a_contact


def rows(store, table):
    with store.engine.begin() as db:
        return db.execute(sa.select(table)).all()


def sizes(store):
    return tuple(len(rows(store, table)) for table in (contact_table, audit_table, outbox_table))


def test_a_contact_is_kept_with_its_audit_and_its_place_in_the_outbox(store, public_key, keys):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    [contact], [audit], [outbox] = rows(store, contact_table), rows(store, audit_table), rows(store, outbox_table)
    assert (contact.reference, contact.received_at) == (receipt.reference, MONDAY)
    assert (audit.contact_id, audit.what, audit.at) == (contact.id, "received", MONDAY)
    assert (outbox.contact_id, outbox.destination, outbox.state, outbox.due_at) == (contact.id, "desk", "waiting", MONDAY)
    assert Parcel.read(open_sealed(read_private(keys), contact.sealed)).contact == a_contact()


def test_another_connection_sees_the_contact_as_soon_as_the_receipt_exists(store, database_url, public_key):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    other = Store.open(database_url)
    assert other.state_of(receipt.reference, MONDAY).state is State.WAITING
    other.engine.dispose()


def test_the_state_of_a_contact_is_told_without_its_content(store, public_key):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    progress = store.state_of(receipt.reference.lower().replace("-", " "), MONDAY)
    assert progress == Progress(State.WAITING, MONDAY, delivered_at=None, late=False)
    assert MARKER not in repr(progress)


@pytest.mark.parametrize("typed", ["CDFH-JKMN", "", "'; drop table contact; --", MARKER, "\x00"])
def test_an_unknown_reference_is_said_to_be_unknown(store, typed):
    assert store.state_of(typed, MONDAY) == NoSuchReference()


def test_a_contact_that_is_not_delivered_within_a_day_is_late(store, public_key):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    assert not store.state_of(receipt.reference, MONDAY + timedelta(hours=24)).late
    assert store.state_of(receipt.reference, MONDAY + timedelta(hours=24, seconds=1)).late
    assert store.counts(MONDAY + timedelta(hours=25)).late == 1


def test_a_reference_that_is_taken_is_not_given_twice(store, public_key, monkeypatch):
    references = iter(["CDFH-JKMN", "CDFH-JKMN", "CDFH-JKMN", "CDFH-JKMP"])
    monkeypatch.setattr(store_module, "new_reference", lambda: next(references))
    first = store.receive(a_contact(), "public", public_key, MONDAY)
    second = store.receive(a_contact(), "public", public_key, MONDAY)
    assert (first.reference, second.reference) == ("CDFH-JKMN", "CDFH-JKMP")
    assert sizes(store) == (2, 2, 2)


def test_if_no_reference_is_free_nothing_is_promised(store, public_key, monkeypatch):
    monkeypatch.setattr(store_module, "new_reference", lambda: "CDFH-JKMN")
    store.receive(a_contact(), "public", public_key, MONDAY)
    with pytest.raises(NotKept):
        store.receive(a_contact(), "public", public_key, MONDAY)
    assert sizes(store) == (1, 1, 1)


def test_the_same_draft_sent_twice_is_kept_once_with_the_same_receipt(store, public_key):
    draft = str(uuid.uuid4())
    first = store.receive(a_contact(), "public", public_key, MONDAY, contact_id=draft)
    again = store.receive(a_contact(), "public", public_key, MONDAY + timedelta(minutes=1), contact_id=draft)
    assert again == first and sizes(store) == (1, 1, 1)


def test_two_presses_of_send_at_the_same_moment_make_one_contact(store, public_key):
    draft, receipts = str(uuid.uuid4()), []
    threads = [threading.Thread(target=lambda: receipts.append(
        store.receive(a_contact(), "public", public_key, MONDAY, contact_id=draft))) for _ in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(receipts) == 6 and len(set(receipts)) == 1 and sizes(store) == (1, 1, 1)


@pytest.mark.parametrize("contact, path, now, contact_id", [
    (a_contact(), MARKER, MONDAY, None), (a_contact(), "public", MONDAY.replace(tzinfo=None), None),
    ({}, "public", MONDAY, None), (a_contact(extra=object()), "public", MONDAY, None),
    (a_contact(extra=float("nan")), "public", MONDAY, None), (a_contact(), "public", MONDAY, MARKER)])
def test_what_cannot_be_kept_is_not_promised_and_not_repeated(store, public_key, everything_logged, contact, path, now,
                                                             contact_id):
    with pytest.raises(NotKept) as refused:
        store.receive(contact, path, public_key, now, contact_id=contact_id)
    assert sizes(store) == (0, 0, 0)
    assert MARKER not in "".join(traceback.format_exception(None, refused.value, refused.tb)) + everything_logged.text


def test_a_contact_too_long_for_the_desk_is_refused_while_it_is_still_on_the_screen(store, public_key):
    with pytest.raises(TooLong):
        store.receive({"worry": "ж" * 80_000}, "public", public_key, MONDAY)
    assert sizes(store) == (0, 0, 0)
    store.receive({"worry": "ж" * 70_000}, "public", public_key, MONDAY)


def test_every_path_is_accepted_and_times_are_kept_in_utc(store, public_key):
    summer = MONDAY.replace(month=7).astimezone(timezone(timedelta(hours=1)))
    for path in ("public", "practitioner", "child"):
        store.receive(a_contact(), path, public_key, summer)
    assert {r.received_at.utcoffset() for r in rows(store, contact_table)} == {timedelta(0)}
    assert {r.received_at for r in rows(store, contact_table)} == {summer}


@pytest.mark.parametrize("change", [audit_table.update().values(who="nobody"), audit_table.delete()])
def test_the_audit_can_only_grow(store, public_key, change):
    store.receive(a_contact(), "public", public_key, MONDAY)
    with pytest.raises(sa.exc.DBAPIError, match="append only"):
        with store.engine.begin() as db:
            db.execute(change)
    assert sizes(store) == (1, 1, 1)


def test_an_audit_line_needs_its_contact(store):
    with pytest.raises(sa.exc.IntegrityError), store.engine.begin() as db:
        db.execute(audit_table.insert().values(contact_id="nobody's", at=MONDAY, what="received", who="chat"))


def test_a_broken_database_keeps_nothing_promises_nothing_and_says_nothing(store, public_key, everything_logged):
    """On PostgreSQL the driver writes values into the statement, whatever hide_parameters says: only ids may be values."""
    with store.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE outbox")
    with pytest.raises(NotKept) as refused:
        store.receive(a_contact(), "public", public_key, MONDAY)
    assert rows(store, contact_table) == [] and rows(store, audit_table) == []
    assert "contact_not_kept error=" in everything_logged.text
    assert MARKER not in "".join(traceback.format_exception(None, refused.value, refused.tb)) + everything_logged.text
    assert MARKER not in repr(refused.value.__context__)


def test_errors_of_the_database_hide_the_values(sqlite_store):
    with pytest.raises(sa.exc.DBAPIError) as error, sqlite_store.engine.begin() as db:
        db.execute(sa.text("SELECT nothing FROM nowhere WHERE a = :typed"), {"typed": MARKER})
    assert MARKER not in str(error.value)


def test_processes_that_start_together_make_the_tables_once(database_url):
    opened, errors = [], []

    def start():
        try:
            opened.append(Store.open(database_url))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    [o.engine.dispose() for o in opened]
    assert errors == [] and len(opened) == 12


def test_sqlite_keeps_a_write_ahead_log_waits_its_turn_and_is_private(sqlite_store, public_key, tmp_path):
    sqlite_store.receive(a_contact(), "public", public_key, MONDAY)
    with sqlite_store.engine.begin() as db:
        pragmas = [db.exec_driver_sql(f"PRAGMA {p}").scalar() for p in
                   ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")]
    assert pragmas == ["wal", 5000, 1, 2]
    assert (tmp_path / "contacts.db").stat().st_mode & 0o077 == 0


def test_opening_it_again_drops_no_lock_of_this_process(sqlite_store, tmp_path):
    """Whoever closes the file by hand loses their locks, and the next to leave clears the log under their feet."""
    file, log = tmp_path / "contacts.db", tmp_path / "contacts.db-wal"
    passing_by = f"import sqlite3; db = sqlite3.connect({str(file)!r}); db.execute('create table passing_by (n)'); db.close()"
    with reading(sqlite_store.engine).begin() as held:
        held.execute(sa.select(contact_table.c.id)).all()
        before = log.stat().st_ino
        Store.open(f"sqlite:///{file}")
        subprocess.run([sys.executable, "-c", passing_by], check=False, timeout=30)
        assert log.exists() and log.stat().st_ino == before


def test_a_database_in_memory_is_refused():
    with pytest.raises(ValueError, match="must be a file"):
        Store.open("sqlite://")


def test_a_state_can_be_asked_while_somebody_else_writes(sqlite_store, public_key):
    receipt = sqlite_store.receive(a_contact(), "public", public_key, MONDAY)
    with sqlite_store.engine.begin() as db:
        db.execute(contact_table.update().values(state="stuck"))
        assert sqlite_store.state_of(receipt.reference, MONDAY).state is State.WAITING


def test_a_heartbeat_is_remembered(store):
    assert store.last_beat() is None
    store.beat("one", MONDAY)
    store.beat("one", MONDAY + timedelta(seconds=20))
    store.beat("two", MONDAY)
    assert store.last_beat() == MONDAY + timedelta(seconds=20)
