"""Forgetting: never before a decision, never what is on hold, and then to the last byte."""
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.handoff import retention, worker
from bot.handoff.outbox import Delivered, TryLater, claim_due, deliver_next, record
from bot.handoff.retention import MayNot, erase, export, forget_due, hold, release, reseal
from bot.handoff.sealing import open_sealed, read_all_private, read_private, read_public, rotate
from bot.handoff.settings import HandoffSettings
from bot.handoff.store import Store
from bot.handoff.tables import State, audit_table, contact_table
from tests.handoff.cast import MARKER, MONDAY, a_contact
from tests.handoff.test_store import rows

LATER = MONDAY + timedelta(days=31)


@pytest.fixture
def delivered(store, public_key, clock):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    deliver_next(store, lambda claim: Delivered(), clock)
    return receipt.reference


def decided(store, at=MONDAY):
    for contact_id in store.not_acknowledged():
        store.note_at_desk(contact_id, at, at, at)


def nowhere(ids):
    """A desk that holds none of them for a court."""
    return frozenset()


def what_and_why(store):
    return [(row.what, row.who, row.why) for row in sorted(rows(store, audit_table), key=lambda r: r.number)]


def test_what_nobody_decided_about_is_kept_for_ever(store, delivered):
    assert forget_due(store, MONDAY + timedelta(days=5000), nowhere).erased == 0
    assert store.state_of(delivered, MONDAY).state is State.DELIVERED


def test_what_was_decided_about_goes_after_its_days_and_not_before(store, delivered):
    decided(store)
    assert forget_due(store, MONDAY + timedelta(days=29), nowhere).erased == 0
    assert forget_due(store, LATER, nowhere).erased == 1
    assert store.state_of(delivered, LATER).state is State.ERASED
    assert [row.sealed for row in rows(store, contact_table)] == [b""]
    assert what_and_why(store)[-1] == ("erased", "retention", "acknowledged more than 30 days ago")


def test_the_worker_forgets_by_itself_and_the_days_are_a_setting(store, desk, delivered, clock, keys, database_url):
    decided(store)
    settings = HandoffSettings(database_url, desk.url, keys, desk.settings.desk_secret, kept_days=10)
    clock.moves(days=9)
    worker.forget(store, settings, clock())
    assert store.state_of(delivered, MONDAY).state is State.DELIVERED
    stop = threading.Event()
    thread = threading.Thread(target=worker._look_after, args=(settings, stop, clock, 0.01))
    thread.start()
    try:
        clock.moves(days=1, seconds=1)
        give_up = time.monotonic() + 20
        while store.state_of(delivered, MONDAY).state is not State.ERASED and time.monotonic() < give_up:
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(10)
    assert what_and_why(store)[-1] == ("erased", "retention", "acknowledged more than 10 days ago")


def test_every_contact_is_asked_about_however_many_wait(store, public_key, clock, keys, monkeypatch):
    references = [store.receive(a_contact(), "public", public_key, MONDAY).reference for _ in range(7)]
    while deliver_next(store, lambda claim: Delivered(), clock):
        pass
    monkeypatch.setattr(worker, "ASKED_AT_ONCE", 3)
    asked = []

    def ask(ids, *_):
        asked.append(len(ids))
        return {i: {"seen_at": MONDAY.isoformat()} for i in ids}
    monkeypatch.setattr(worker, "ask_desk", ask)
    worker.look(store, HandoffSettings("", "http://127.0.0.1:9", keys, b"s" * 32), clock)
    assert asked == [3, 3, 1]
    assert all(store.state_of(r, MONDAY).seen_at == MONDAY for r in references)


def test_a_legal_hold_keeps_it_until_it_is_released(store, delivered):
    decided(store)
    hold(store, delivered, "Ade Okafor", "a court asked for it", MONDAY)
    assert forget_due(store, LATER, nowhere).__dict__ == {"erased": 0, "held": 1, "unsure": 0}
    with pytest.raises(MayNot, match="hold"):
        erase(store, delivered, "Ade Okafor", "asked for", LATER, nowhere, manager=True)
    release(store, delivered, "Ade Okafor", "the court is done", LATER)
    assert forget_due(store, LATER, nowhere).erased == 1


def test_a_delivered_contact_is_erased_by_a_manager_only(store, delivered):
    with pytest.raises(MayNot, match="manager"):
        erase(store, delivered, "Ade Okafor", "sent by mistake", MONDAY, nowhere)
    erase(store, delivered, "Ade Okafor", "sent by mistake", MONDAY, nowhere, manager=True)
    assert what_and_why(store)[-1] == ("erased", "Ade Okafor", "sent by mistake")
    with pytest.raises(MayNot, match="before"):
        erase(store, delivered, "Ade Okafor", "sent by mistake", MONDAY, nowhere, manager=True)


def test_a_contact_that_is_on_its_way_to_one_of_its_destinations_is_not_erased_under_it(store, public_key, clock):
    receipt = store.receive(a_contact(), "public", public_key, MONDAY, destinations=("desk", "casework"))
    claimed = claim_due(store, clock())
    with pytest.raises(MayNot, match="delivered right now"):
        erase(store, receipt.reference, "Mona Person", "a test of ours", clock(), nowhere, manager=True)
    record(store, claimed, TryLater("http 503"), clock())
    erase(store, receipt.reference, "Mona Person", "a test of ours", clock(), nowhere, manager=True)
    assert store.state_of(receipt.reference, clock()).state is State.ERASED and claim_due(store, LATER) is None


def meanwhile(monkeypatch, name, first):
    """While retention does ``name``, somebody else does ``first``: as far as the database lets them."""
    before = getattr(retention, name)

    def with_company(*given, **named):
        thread = threading.Thread(target=first)
        thread.start()
        thread.join(2)
        return before(*given, **named)
    monkeypatch.setattr(retention, name, with_company)


def test_what_is_erased_while_keys_are_changed_is_not_written_back(store, delivered, keys, monkeypatch):
    rotate(keys)
    meanwhile(monkeypatch, "seal", lambda: quietly(erase, store, delivered, "Mona Person", "a test of ours", MONDAY, manager=True))
    reseal(store, keys)
    for _ in range(50):
        if store.state_of(delivered, MONDAY).state is State.ERASED:
            break
        time.sleep(0.1)
    else:
        erase(store, delivered, "Mona Person", "a test of ours", MONDAY, nowhere, manager=True)
    assert [row.sealed for row in rows(store, contact_table)] == [b""]


def test_a_hold_that_is_put_on_while_retention_runs_counts_or_is_refused(store, delivered, monkeypatch):
    """Never both: the word that it is held, and the contact gone."""
    decided(store)
    held = []
    meanwhile(monkeypatch, "_erase", lambda: held.append(quietly(hold, store, delivered, "Mona Person", "the court asked", LATER)))
    forget_due(store, LATER, nowhere)
    for _ in range(80):
        if held:
            break
        time.sleep(0.1)
    gone = store.state_of(delivered, LATER).state is State.ERASED
    assert gone is not held[0]


def quietly(act, *given, **named):
    """True if it was done."""
    try:
        act(*given, **named)
    except (MayNot, SQLAlchemyError):
        return False
    return True


@pytest.mark.parametrize("who, why", [("", "because"), ("Ade Okafor", ""), (" ", " ")])
def test_nobody_erases_holds_or_exports_without_a_name_and_a_reason(store, delivered, keys, who, why):
    for do in (lambda: erase(store, delivered, who, why, MONDAY, nowhere, manager=True), lambda: hold(store, delivered, who, why, MONDAY),
               lambda: export(store, delivered, who, why, read_all_private(keys), MONDAY)):
        with pytest.raises(MayNot, match="written down"):
            do()


def test_an_erased_contact_is_in_no_byte_of_the_database(tmp_path, keys):
    store = Store.open(f"sqlite:///{tmp_path}/contacts.db")
    reference = store.receive(a_contact(), "public", read_public(keys), MONDAY).reference
    [sealed] = [row.sealed for row in rows(store, contact_table)]
    with pytest.raises(MayNot, match="nobody has seen it yet"):
        erase(store, reference, "Ade Okafor", "asked for", MONDAY, nowhere)
    erase(store, reference, "Ade Okafor", "asked for", MONDAY, nowhere, manager=True)
    for file in tmp_path.glob("contacts.db*"):
        assert sealed[:24] not in file.read_bytes() and sealed[-24:] not in file.read_bytes(), file
    assert store.state_of(reference, MONDAY).state is State.ERASED


def test_an_export_is_for_a_reviewer_and_is_written_down(store, delivered, keys):
    found = export(store, delivered, "Ade Okafor", "subject access request", read_all_private(keys), MONDAY)
    assert found["contact"] == a_contact()
    assert "review" in found["for"]
    assert what_and_why(store)[-1] == ("exported", "Ade Okafor", "subject access request")


def test_after_a_rotation_old_and_new_contacts_open_and_new_ones_only_with_the_new_key(store, keys):
    before = read_private(keys)
    store.receive(a_contact(), "public", read_public(keys), MONDAY)
    rotate(keys)
    store.receive(a_contact(), "public", read_public(keys), MONDAY)
    sealed = [bytes(row.sealed) for row in rows(store, contact_table)]
    assert all(MARKER.encode() in open_sealed(read_all_private(keys), one) for one in sealed)
    assert reseal(store, keys) == 1 and reseal(store, keys) == 0
    for row in rows(store, contact_table):
        assert MARKER.encode() in open_sealed(read_private(keys), row.sealed)
        with pytest.raises(Exception, match="cannot be opened"):
            open_sealed(before, row.sealed)


def test_audit_tells_who_and_when_and_holds_nothing_that_was_typed(store, delivered):
    assert [what for what, _, _ in what_and_why(store)] == ["received", "delivered"]
    assert MARKER not in str(what_and_why(store))
