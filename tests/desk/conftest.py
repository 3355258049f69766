"""The cast of the desk's tests: three people, a stranger from another front door, and a contact or two."""
import uuid
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.desk.app import create_app
from bot.desk.person import Role
from bot.desk.settings import Options
from bot.handoff.parcel import Parcel, new_reference
from bot.handoff.sealing import make_keys
from bot.handoff.settings import DeskSettings
from tests.handoff.cast import MONDAY, SECRET
from tests.handoff.conftest import clock, database_url, desk, everything_logged  # noqa: F401 - fixtures

KEY = b"the key of the desk's tests, long enough"
OTHER_SECRET = b"the secret of the front door in Exeter, long"
PASSWORD = "three random words"


def said(text, **more):
    return {"state": "given", "said": text, **more}


def a_contact_of(path="public", first=(), children=(), **answers):
    """A parcel as the front door sends it."""
    answers = answers or {"worry": said("I heard shouting again last night.")}
    content = {"schema": 2, "path": path, "first": list(first), "answers": answers, "children": list(children)}
    return Parcel(str(uuid.uuid4()), new_reference(), path, MONDAY, 2, content)


class Person:
    """Somebody in a browser of their own, without the browser."""

    def __init__(self, app, name):
        self.name, self.http = name, app.test_client()

    def get(self, path, **more):
        return self.http.get(path, **more)

    def post(self, path, data=None, **more):
        """Post a form as a browser does: with the token of the session."""
        return self.http.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)

    def token(self):
        page = self.http.get("/sign-in").get_data(as_text=True)
        return page.partition('name="csrf_token" value="')[2].partition('"')[0]


class RealDesk:
    """The whole desk on a database of its own, with a clock that we move."""

    def __init__(self, database_url, keys, clock, **options):
        make_keys(keys)
        self.clock, self.settings = clock, DeskSettings(database_url, "http://localhost:5080", 5080, keys, SECRET)
        self.options = Options(key=KEY, local=True, doors={"exeter": OTHER_SECRET}, tries_a_minute=10_000, **options)
        self.app = create_app(self.settings, clock, self.options)
        self.desk = self.app.extensions["desk"]
        self.totp = {}

    def add(self, name, role, doors=(), shown_as=None):
        """Add somebody and let them set up their access through their link."""
        people = self.desk.people
        people.add(name, shown_as or f"{name.capitalize()} Person", Role(role), tuple(doors), "the tests", self.clock())
        self.totp[name] = pyotp.random_base32()
        people.set_up(people.make_link(name, "the tests", self.clock()), PASSWORD, self.totp[name], self.code(name), self.clock())
        self.clock.moves(seconds=31)    # a code is good once
        return people.find(name)

    def code(self, name):
        return pyotp.TOTP(self.totp[name]).at(self.clock())

    def nobody(self):
        return Person(self.app, "")

    def signed_in(self, name):
        """Somebody at the desk, signed in through the page."""
        person = Person(self.app, name)
        reply = person.post("/sign-in", {"name": name, "password": PASSWORD, "code": self.code(name)})
        assert reply.status_code == 303, reply.get_data(as_text=True)
        self.clock.moves(seconds=31)
        return person

    def arrives(self, parcel=None, door="here", **more):
        """A contact arrives. Returns its parcel."""
        parcel = parcel or a_contact_of(**more)
        self.desk.inbox.keep(parcel, self.clock(), door)
        return parcel


@pytest.fixture(autouse=True, scope="session")
def quick_hashes():
    """Argon2 with little work: the tests sign in hundreds of times. One test looks at the cost that people get."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.desk.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(autouse=True, scope="session")
def guidance_read_once():
    """Hundreds of desks are built here; the files that they read are the same."""
    from bot.contacts.directory import load_directory
    directory = load_directory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.desk.inbox.load_directory", lambda: directory)
        yield


@pytest.fixture
def real(tmp_path, clock):
    return RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock)


@pytest.fixture
def staffed(real):
    """With Rae, who reads; Will, who works; Mona, who manages; and Eve, who works for another front door only."""
    for name, role, doors in (("rae", "reader", ()), ("will", "worker", ()), ("mona", "manager", ()), ("eve", "worker", ("exeter",))):
        real.add(name, role, doors)
    return real


@pytest.fixture
def a_day():
    return timedelta(days=1)
