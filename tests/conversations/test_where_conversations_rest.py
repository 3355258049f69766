"""Where conversations rest: encrypted, short, forgotten on time; on SQLite and on PostgreSQL."""
import subprocess
import sys
import time

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot.conversations.store import Conversations, hashed_id

MARKER = "heronlantern4471"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'conversations.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(url):
    return Conversations.open(url, MultiFernet([Fernet(Fernet.generate_key())]))


def test_what_is_shown_comes_back_in_order(store):
    session = store.begin()
    store.show(session, [{"from": "you", "text": "one"}, {"from": "bot", "text": "two"}])
    assert [m["text"] for m in store.shown(session)] == ["one", "two"]


def test_an_id_that_was_not_issued_is_unknown(store):
    assert not store.touch("default")
    assert store.touch(store.begin())


def test_an_idle_conversation_is_refused_and_then_forgotten(url):
    now = [1000.0]
    store = Conversations.open(url, MultiFernet([Fernet(Fernet.generate_key())]))
    store = Conversations(store.engine, store.fernet, clock=lambda: now[0])
    session = store.begin()
    store.show(session, [{"from": "you", "text": "x"}])
    now[0] += 29 * 60
    assert store.touch(session)
    now[0] += 30 * 60
    assert not store.touch(session)
    assert store.forget_idle()[0] >= 1
    assert store.shown(session) == []


def test_somebody_who_goes_on_talking_is_never_idle(url):
    now = [1000.0]
    store = Conversations.open(url, MultiFernet([Fernet(Fernet.generate_key())]))
    store = Conversations(store.engine, store.fernet, clock=lambda: now[0])
    session = store.begin()
    for _ in range(200):
        now[0] += 29
        assert store.touch(session)
    now[0] += store.idle_seconds - 30
    assert store.touch(session)


def test_ending_forgets_at_once_and_a_late_save_does_not_bring_it_back(store):
    session = store.begin()
    store.save_state(hashed_id(session), {"events": [1]})
    store.end(session)
    store.save_state(hashed_id(session), {"events": [2]})
    assert store.state(hashed_id(session)) is None


def test_nothing_readable_rests_on_disk(tmp_path):
    store = Conversations.open(f"sqlite:///{tmp_path / 'c.db'}", MultiFernet([Fernet(Fernet.generate_key())]))
    session = store.begin()
    store.show(session, [{"from": "you", "text": MARKER}])
    store.save_state(hashed_id(session), {"events": [MARKER]})
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert MARKER.encode() not in content
        assert session.encode() not in content


def test_what_was_forgotten_leaves_the_log_of_the_database_too(tmp_path):
    store = Conversations.open(f"sqlite:///{tmp_path / 'c.db'}", MultiFernet([Fernet(Fernet.generate_key())]))
    session = store.begin()
    store.show(session, [{"from": "you", "text": "x" * 5000}])
    with store.engine.connect() as db:
        locked = bytes(db.exec_driver_sql("SELECT message FROM shown").scalar())
    store.end(session)
    store.write_back()
    assert (tmp_path / "c.db-wal").stat().st_size == 0
    assert not [file for file in tmp_path.iterdir() if locked[200:300] in file.read_bytes()]


def test_writing_back_in_memory_leaves_the_conversation_as_it_is():
    store = Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))
    session = store.begin()
    store.show(session, [{"from": "you", "text": "still here"}])
    store.write_back()
    assert store.touch(session)
    assert store.shown(session) == [{"from": "you", "text": "still here"}]


_TALK_AND_DIE = """
import os, signal, sys
from cryptography.fernet import Fernet, MultiFernet
from bot.conversations.store import Conversations
store = Conversations.open(sys.argv[1], MultiFernet([Fernet(sys.argv[2])]))
session = store.begin()
store.show(session, [{"from": "you", "text": "still here"}])
print(session, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_conversation_survives_the_kill_of_its_process(url):
    key = Fernet.generate_key()
    session = subprocess.run([sys.executable, "-W", "ignore", "-c", _TALK_AND_DIE, url, key.decode()], capture_output=True, text=True, timeout=60).stdout.strip()
    store = Conversations.open(url, MultiFernet([Fernet(key)]))
    assert store.touch(session)
    assert store.shown(session) == [{"from": "you", "text": "still here"}]


def test_a_turn_costs_less_than_three_milliseconds_of_our_own_work(tmp_path):
    """By the clock of the processor, in the quietest of three rounds; by the clock on the wall see docs/figures.md."""
    from tests.measure.contact_times import store_turn
    rounds = [sorted(store_turn(f"sqlite:///{tmp_path / f'c{n}.db'}", 200, clock=time.thread_time)) for n in range(3)]
    assert min(times[int(len(times) * 0.95)] for times in rounds) < 0.003


def test_keys_rotate_and_a_thrown_away_key_is_forgetting(tmp_path):
    old, new = Fernet(Fernet.generate_key()), Fernet(Fernet.generate_key())
    url = f"sqlite:///{tmp_path / 'c.db'}"
    store = Conversations.open(url, MultiFernet([old]))
    session = store.begin()
    store.show(session, [{"from": "you", "text": "x"}])
    assert Conversations.open(url, MultiFernet([new, old])).shown(session)
    assert Conversations.open(url, MultiFernet([new])).shown(session) == []


def test_what_is_kept_for_the_next_turn_does_not_grow_with_the_talk():
    from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.conversations.tracker_store import TURNS_KEPT, trimmed
    tracker = DialogueStateTracker("one", [])
    sizes = []
    for turn in range(120):
        for event in (UserUttered(f"words {turn}"), ActionExecuted("action_look_up"), BotUttered("an answer"), ActionExecuted("action_listen")):
            tracker.update(event)
        kept = trimmed(tracker)
        sizes.append(len(kept))
        tracker = DialogueStateTracker.from_events("one", kept)
    assert max(sizes[TURNS_KEPT + 1:]) == min(sizes[TURNS_KEPT + 1:]), "turn 100 costs what turn 10 does"
    assert f"words {119 - TURNS_KEPT}" not in str([e.as_dict() for e in trimmed(tracker)])
