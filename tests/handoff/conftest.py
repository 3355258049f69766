import logging

import pytest

from bot.handoff.sealing import make_keys, read_public
from bot.handoff.store import Store
from tests.handoff.cast import Clock, Desk, Everything


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys(tmp_path):
    make_keys(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def public_key(keys):
    return read_public(keys)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """Both databases that we promise: the same tests run on each."""
    return f"sqlite:///{tmp_path}/contacts.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def store(database_url):
    opened = Store.open(database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_store(tmp_path):
    return Store.open(f"sqlite:///{tmp_path}/contacts.db")


@pytest.fixture
def desk(tmp_path, clock):
    """The real desk, with our clock."""
    opened = Desk(tmp_path, clock)
    yield opened
    opened.closes()


@pytest.fixture
def everything_logged():
    handler, root = Everything(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)
