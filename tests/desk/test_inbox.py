import threading

import pytest
import sqlalchemy as sa

from bot.desk.inbox import DeskState, Inbox, Kept, NoSuchContact
from bot.desk.tables import audit as desk_audit
from bot.desk.tables import contacts as desk_contact
from bot.handoff.sealing import SealingError, make_keys
from tests.handoff.cast import MARKER, MONDAY, a_contact
from tests.handoff.test_parcel import ID, a_parcel


@pytest.fixture
def inbox(database_url, tmp_path):
    make_keys(tmp_path / "keys")
    opened = Inbox.open(database_url, tmp_path / "keys")
    yield opened
    opened.engine.dispose()


def test_a_contact_is_kept_once_and_listed_newest_first(inbox):
    assert inbox.keep(a_parcel(), MONDAY) is Kept.NEW
    assert inbox.keep(a_parcel(), MONDAY) is Kept.REPEAT
    later = a_parcel(contact_id=ID.replace("6f", "7f"), reference="CDFH-JKMP", received_at=MONDAY.replace(hour=12))
    inbox.keep(later, MONDAY)
    assert [(c.reference, c.state) for c in inbox.list_contacts()] == [
        ("CDFH-JKMP", DeskState.DELIVERED), ("CDFH-JKMN", DeskState.DELIVERED)]
    assert MARKER not in repr(inbox.list_contacts())


def test_many_threads_keep_the_same_contact_once(inbox):
    kept = []
    threads = [threading.Thread(target=lambda: kept.append(inbox.keep(a_parcel(), MONDAY))) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(kept) == [Kept.NEW] + [Kept.REPEAT] * 7


def test_who_opened_a_contact_and_when_is_written_beside_it(inbox):
    inbox.keep(a_parcel(), MONDAY)
    later = MONDAY.replace(hour=11)
    assert inbox.show("cdfh jkmn", "Ade Okafor", later).contact == a_contact()
    inbox.show("CDFH-JKMN", "Bethan Rees", later)
    assert inbox.history("CDFH-JKMN") == ((MONDAY, "arrived", "worker"), (later, "seen", "Ade Okafor"),
                                          (later, "seen", "Bethan Rees"))
    assert inbox.list_contacts()[0].state is DeskState.SEEN


@pytest.mark.parametrize("who", ["", "  ", "x"])
def test_nobody_reads_without_a_name(inbox, who):
    inbox.keep(a_parcel(), MONDAY)
    with pytest.raises(ValueError, match="name"):
        inbox.show("CDFH-JKMN", who, MONDAY)
    assert inbox.list_contacts()[0].state is DeskState.DELIVERED


def test_if_it_cannot_be_written_that_somebody_read_it_nobody_reads_it(inbox):
    inbox.keep(a_parcel(), MONDAY)
    with inbox.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE desk_audit")
    with pytest.raises(sa.exc.DBAPIError):
        inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
    assert inbox.list_contacts()[0].state is DeskState.DELIVERED


def test_what_could_not_be_opened_was_not_seen(inbox, tmp_path):
    inbox.keep(a_parcel(), MONDAY)
    (tmp_path / "keys" / "contact.private").unlink()
    with pytest.raises(SealingError):
        inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
    assert inbox.list_contacts()[0].state is DeskState.DELIVERED
    assert [what for _, what, _ in inbox.history("CDFH-JKMN")] == ["arrived"]


@pytest.mark.parametrize("typed", ["CDFH-JKMP", "", MARKER])
def test_an_unknown_reference_is_said_to_be_unknown_and_not_repeated(inbox, typed):
    with pytest.raises(NoSuchContact) as unknown:
        inbox.show(typed, "Ade Okafor", MONDAY)
    assert MARKER not in str(unknown.value)


def test_a_contact_that_takes_anothers_reference_is_noticed(inbox):
    inbox.keep(a_parcel(), MONDAY)
    assert inbox.keep(a_parcel(contact_id=ID.replace("6f", "7f")), MONDAY) is Kept.REFERENCE_TAKEN
    assert len(inbox.list_contacts()) == 1


@pytest.mark.parametrize("change", [desk_audit.update().values(who="nobody"), desk_audit.delete()])
def test_the_desks_audit_can_only_grow(inbox, change):
    inbox.keep(a_parcel(), MONDAY)
    with pytest.raises(sa.exc.DBAPIError, match="append only"), inbox.engine.begin() as db:
        db.execute(change)


def test_at_rest_the_contact_is_sealed(inbox):
    inbox.keep(a_parcel(), MONDAY)
    inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
    with inbox.engine.begin() as db:
        [row] = db.execute(sa.select(desk_contact)).all()
    assert MARKER.encode() not in bytes(row.sealed) and MARKER not in repr(row)


def test_nothing_typed_is_in_the_desks_files_or_log(tmp_path, everything_logged):
    make_keys(tmp_path / "keys")
    inbox = Inbox.open(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys")
    with inbox.engine.connect():        # an open connection keeps the write-ahead log on disk
        inbox.keep(a_parcel(), MONDAY)
        inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
        files = [f for f in tmp_path.rglob("*") if f.is_file()]
        assert {"desk.db", "desk.db-wal"} <= {f.name for f in files}
        assert [f.name for f in files if MARKER.encode() in f.read_bytes()] == []
    assert MARKER not in everything_logged.text
