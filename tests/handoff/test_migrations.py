"""The tables change shape up and down, on both databases, and no contact is lost on the way."""
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.handoff.database import open_engine
from bot.handoff.migrations import WrongShape, current, downgrade, head, upgrade
from bot.handoff.store import Store
from bot.handoff.tables import State, tables
from tests.handoff.cast import MONDAY, a_contact


@pytest.fixture
def engine(database_url):
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def shape(engine):
    with engine.connect() as db:
        return current(db)


def test_the_migrations_make_the_tables_that_the_code_expects(engine):
    upgrade(engine)
    with engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), tables) == []


def test_every_step_goes_up_and_down_and_up_again(engine):
    upgrade(engine)
    for to in ("0001", "base"):
        downgrade(engine, to)
        assert shape(engine) == (None if to == "base" else to)
    assert [name for name in sa.inspect(engine).get_table_names() if name != "alembic_version"] == []
    upgrade(engine)
    assert shape(engine) == head()


def test_comments_kept_before_they_were_part_of_this_stay(engine):
    upgrade(engine, "0003")
    with engine.begin() as db:
        tables.tables["sealed_comment"].create(db)
        db.execute(tables.tables["sealed_comment"].insert().values(day=MONDAY.date(), about="utter_greet", comment=b"x"))
    upgrade(engine)
    with engine.connect() as db:
        assert db.execute(sa.select(tables.tables["sealed_comment"].c.about)).scalars().all() == ["utter_greet"]


def test_a_contact_of_the_first_shape_is_still_there_and_can_be_asked_about(engine, database_url, public_key):
    upgrade(engine, "0001")
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO contact (id, reference, path, received_at, sealed, schema_version, state) VALUES "
                           "('6f1c8f0e-4c5c-4c5e-9a3e-0d6e3f1b2a77', 'CDFH-JKMN', 'public', '2026-11-23 09:30:00', 'x', 1, 'waiting')")
        db.exec_driver_sql("DROP TABLE alembic_version")       # as it was made before there were migrations
    store = Store.open(database_url)
    assert store.state_of("CDFH-JKMN", MONDAY).state is State.WAITING
    assert store.receive(a_contact(), "public", public_key, MONDAY).reference
    assert shape(store.engine) == head()
    downgrade(store.engine, "0001")
    assert len(store.engine.connect().execute(sa.text("SELECT id FROM contact")).all()) == 2
    store.engine.dispose()


def test_what_happened_cannot_be_rewritten_in_any_shape(engine):
    upgrade(engine)
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO contact (id, reference, path, received_at, sealed, schema_version, state) VALUES "
                           "('a', 'CDFH-JKMN', 'public', '2026-11-23 09:30:00', 'x', 1, 'waiting')")
        db.exec_driver_sql("INSERT INTO audit (contact_id, at, what, who) VALUES ('a', '2026-11-23 09:30:00', 'received', 'chat')")
    for statement in ("UPDATE audit SET who = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(sa.exc.DBAPIError), engine.begin() as db:
            db.exec_driver_sql(statement)


def test_an_account_that_may_not_change_tables_says_what_to_run(postgres_url):
    owner = open_engine(postgres_url)
    with owner.begin() as db:
        db.exec_driver_sql("DROP ROLE IF EXISTS passer_by")
        db.exec_driver_sql("CREATE ROLE passer_by LOGIN")
        db.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with pytest.raises(WrongShape, match="frontdoor database upgrade"):
        Store.open(postgres_url.replace("postgres@", "passer_by@"))
    owner.dispose()
