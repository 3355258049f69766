"""The public process on PostgreSQL: it writes contacts down and reads how far they are, and can do nothing else."""
import pytest
import sqlalchemy as sa

from bot.comments import Comments
from bot.handoff.database import open_engine
from bot.handoff.rights import grant, statements
from bot.handoff.store import NoSuchReference, Progress, Store
from tests.handoff.cast import MONDAY, a_contact

NOT_ALLOWED = ("SELECT sealed FROM contact", "SELECT * FROM contact", "UPDATE contact SET state = 'delivered'", "DELETE FROM contact", "SELECT * FROM outbox",
               "UPDATE outbox SET attempts = 0", "DELETE FROM outbox", "DELETE FROM status_try", "UPDATE return_code SET hashed = ''", "SELECT * FROM legal_hold",
               "SELECT who FROM audit", "DELETE FROM audit", "UPDATE heartbeat SET who = ''", "DROP TABLE contact", "CREATE TABLE mine (n int)", "TRUNCATE contact CASCADE")


@pytest.fixture
def public_store(postgres_url):
    owner = Store.open(postgres_url)
    with owner.engine.begin() as db:
        db.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        db.exec_driver_sql("DO $$ BEGIN CREATE ROLE frontdoor_chat LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    grant(owner.engine, "frontdoor_chat")
    store = Store.open(postgres_url.replace("postgres@", "frontdoor_chat@"))
    yield store
    store.engine.dispose()
    with owner.engine.begin() as db:
        db.exec_driver_sql("DROP OWNED BY frontdoor_chat")
    owner.engine.dispose()


def test_it_writes_a_contact_down_and_answers_how_far_it_is(public_store, public_key):
    receipt = public_store.receive(a_contact(), "public", public_key, MONDAY)
    assert isinstance(public_store.answer(receipt.reference, receipt.return_code, MONDAY), Progress)
    assert public_store.answer(receipt.reference, "CDF-HJK-MNP", MONDAY) == NoSuchReference()


def test_it_keeps_a_comment_on_our_words_and_cannot_read_one(public_store, postgres_url, keys):
    mine, theirs = Comments(public_store.engine, keys), Comments.open(postgres_url, keys)
    mine.keep("utter_greet", "too many words", MONDAY.date())
    assert [c.comment for c in theirs.all()] == ["too many words"]
    with pytest.raises(sa.exc.ProgrammingError):
        mine.all()


@pytest.mark.parametrize("statement", NOT_ALLOWED)
def test_it_may_do_nothing_else(public_store, public_key, statement):
    public_store.receive(a_contact(), "public", public_key, MONDAY)
    with pytest.raises(sa.exc.ProgrammingError, match=r"(?i)InsufficientPrivilege|permission denied|must be owner"), public_store.engine.begin() as db:
        db.exec_driver_sql(statement)


@pytest.mark.parametrize("role", ["", "x; DROP TABLE contact", "Robert'); --", "UPPER"])
def test_a_role_is_a_name_and_nothing_else(role):
    with pytest.raises(ValueError, match="small letters"):
        statements(role)


def test_sqlite_says_that_it_has_no_roles(tmp_path):
    with pytest.raises(ValueError, match="PostgreSQL"):
        grant(open_engine(f"sqlite:///{tmp_path}/contacts.db"), "frontdoor_chat")
