"""Where people leave a contact without a word is counted by the question that stood open, and by nothing else."""
import datetime as dt
import sqlite3
import time

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot.conversations.store import Conversations, hashed_id
from bot.handoff import receiving
from bot.handoff.left import count_left
from bot.handoff.questions import BY_ID
from bot.handoff.tally import since
from bot.widget.tell import Tell
from bot.words import load_words
from tests.answering import START

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)
HALF_AN_HOUR = dt.timedelta(minutes=30)
MARKER = "heronlantern4471"


@pytest.fixture
def tally(tmp_path, monkeypatch):
    """What was counted, in a store of this test's own."""
    monkeypatch.setenv("FRONTDOOR_DATABASE_URL", f"sqlite:///{tmp_path}/contacts.db")
    monkeypatch.setenv("FRONTDOOR_KEYS", str(tmp_path / "keys"))
    receiving.store.cache_clear()

    def counts():
        receiving._counting.submit(lambda: None).result()       # it counts in a thread of its own
        return {(what, which): many for _, what, which, many in since(receiving.store().engine, NOW.date())}
    yield counts
    receiving.store.cache_clear()


@pytest.fixture
def form():
    return Tell(load_words(), lambda texts: ([], False), HALF_AN_HOUR)


def post(form, view, at=NOW, **typed):
    return form.post({**dict(view.given["hidden"]), **typed}, at, lambda: True)


def test_a_plain_form_that_is_left_counts_once_at_the_question_that_stood_open(form, tally):
    view = post(form, form.start(NOW), danger="no", who="public")
    view = post(form, view, worry=MARKER)
    standing = dict(view.given["hidden"])["asked"].partition(",")[0]
    form.count_left(NOW + HALF_AN_HOUR - dt.timedelta(seconds=1))
    assert ("left", standing) not in tally()
    for _ in range(3):
        form.count_left(NOW + HALF_AN_HOUR)
    assert tally() == {("begun", "form"): 1, ("left", standing): 1}


def test_a_plain_form_that_goes_on_or_is_stopped_is_not_left(form, tally):
    view = post(form, form.start(NOW), danger="no", who="public")
    later = NOW + dt.timedelta(minutes=29)
    view = post(form, view, later, worry=MARKER)
    form.count_left(NOW + HALF_AN_HOUR)
    assert tally() == {("begun", "form"): 1}, "whoever goes on has not left"
    post(form, view, later, stop="yes")
    form.count_left(later + HALF_AN_HOUR)
    assert not [key for key in tally() if key[0] == "left"] and len(tally()) == 2


def test_a_page_that_was_only_looked_at_is_nothing(form, tally):
    form.start(NOW)
    form.count_left(NOW + 2 * HALF_AN_HOUR)
    assert tally() == {}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_conversation_that_goes_quiet_counts_the_open_question_of_its_contact_once(database, request, tmp_path, tally):
    url = f"sqlite:///{tmp_path}/conversations.db" if database == "sqlite" else request.getfixturevalue("postgres_url")
    clock = [1000.0]
    opened = Conversations.open(url, MultiFernet([Fernet(Fernet.generate_key())]))
    store = Conversations(opened.engine, opened.fernet, clock=lambda: clock[0])

    def draft(asking):
        return {"events": [{"event": "slot", "name": "contact_draft", "value": asking and {"asking": asking, "answers": {"worry": {"said": MARKER}}}}]}
    left, sent, empty = store.begin(), store.begin(), store.begin()
    store.save_state(hashed_id(left), draft("birth:2"))
    store.save_state(hashed_id(sent), draft(None))
    clock[0] += 31 * 60
    here = store.begin()
    store.save_state(hashed_id(here), draft("worry"))
    for _ in range(3):
        many, states = store.forget_idle()
        count_left(states, NOW)
        assert many in (0, 3)
    assert tally() == {("left", "birth"): 1}
    assert store.touch(here) and not store.touch(left) and empty
    count_left(store.end(here), NOW)
    count_left(store.end(here), NOW)
    assert tally() == {("left", "birth"): 1, ("left", "worry"): 1}


def test_many_that_go_quiet_at_once_are_forgotten_a_few_at_a_time_and_all_are_counted(tmp_path, tally):
    clock = [1000.0]
    opened = Conversations.open(f"sqlite:///{tmp_path}/conversations.db", MultiFernet([Fernet(Fernet.generate_key())]))
    store = Conversations(opened.engine, opened.fernet, clock=lambda: clock[0])
    for _ in range(120):
        store.save_state(hashed_id(store.begin()), {"events": [{"event": "slot", "name": "contact_draft", "value": {"asking": "worry"}}]})
    clock[0] += 31 * 60
    rounds = []
    while not rounds or rounds[-1]:
        many, states = store.forget_idle()
        count_left(states, NOW)
        rounds.append(many)
    assert sum(rounds) == 120 and max(rounds) <= 50 and tally() == {("left", "worry"): 120}


def test_whoever_closes_the_chat_in_the_middle_of_a_contact_is_counted_and_nothing_they_said_is_kept(chat):
    session = chat.begin()
    chat.say(START, session)
    chat.say("no", session)
    chat.post("/webhooks/website/webhook", {"session": session, "message": "it is part of my job"})
    assert chat.post("/webhooks/website/session", {"session": session}, method="DELETE")[0] == 204
    file = chat.log.parent / "contacts.db"
    for _ in range(50):
        with sqlite3.connect(file) as db:
            rows = db.execute("SELECT which, many FROM tally WHERE what = 'left'").fetchall()
        if rows:
            break
        time.sleep(0.1)
    assert len(rows) == 1 and rows[0][0] in BY_ID and rows[0][1] == 1

