"""Stop the chat at every step of ``receive``: what was promised is there, and nothing is there by halves."""
import os
import signal
import subprocess
import sys

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.handoff.store import NotKept, Store
from bot.handoff.tables import State
from tests.handoff.cast import MONDAY, a_contact
from tests.handoff.test_store import sizes

STEPS = range(1, 9)     # begin, look, contact, audit, code, outbox, commit, after the commit
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from bot.handoff.sealing import read_public
from bot.handoff.store import Store
from tests.handoff.cast import MONDAY, a_contact
store, step, count = Store.open(sys.argv[1]), int(sys.argv[3]), 0
def kill(*_):
    global count
    count += 1
    if count == step:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(store.engine, "before_cursor_execute", kill)
event.listen(store.engine, "commit", kill)
receipt = store.receive(a_contact(), "public", read_public(Path(sys.argv[2])), MONDAY)
kill()
print(receipt.reference, flush=True)
"""


class Stopped(Exception):
    pass


@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_keeps_nothing_and_promises_nothing(store, public_key, step):
    count = 0

    def fail(*_):
        nonlocal count
        count += 1
        if count == step:
            raise Stopped

    for name in ("before_cursor_execute", "commit"):
        event.listen(store.engine, name, fail)
    try:
        receipt = store.receive(a_contact(), "public", public_key, MONDAY)
    except NotKept:
        receipt = None
    for name in ("before_cursor_execute", "commit"):
        event.remove(store.engine, name, fail)
    assert sizes(store) == ((0, 0, 0) if receipt is None else (1, 1, 1))
    assert receipt is not None or step <= 7
    assert store.receive(a_contact(), "public", public_key, MONDAY).reference, "the next one is kept as ever"


@pytest.mark.parametrize("step", STEPS)
def test_a_chat_killed_at_any_step_loses_nothing_that_it_promised(tmp_path, keys, step):
    url = f"sqlite:///{tmp_path}/contacts.db"
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(keys), str(step)], capture_output=True, text=True,
                          timeout=60, env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    store, promised = Store.open(url), done.stdout.strip()
    assert sizes(store) in ((0, 0, 0), (1, 1, 1)), "all of it or nothing of it"
    assert (sizes(store) == (1, 1, 1)) == (step == max(STEPS)), "the commit is the border"
    assert not promised, "killed before it could speak"


def test_a_chat_that_is_not_killed_promises_what_it_kept(tmp_path, keys):
    url = f"sqlite:///{tmp_path}/contacts.db"
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(keys), "99"], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert Store.open(url).state_of(done.stdout.strip(), MONDAY).state is State.WAITING, done.stderr


def test_a_full_disk_promises_nothing(sqlite_store, public_key):
    """SQLite's own limit on pages stands for the disk."""
    event.listen(sqlite_store.engine, "begin", lambda c: None)
    event.listen(sqlite_store.engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count=1"))
    with pytest.raises(NotKept):
        for _ in range(50):
            sqlite_store.receive({"worry": "x" * 20_000}, "public", public_key, MONDAY)
    with sqlite_store.engine.begin() as db:
        counted = [db.execute(sa.text(f"SELECT count(*) FROM {t}")).scalar() for t in ("contact", "audit", "outbox")]
    assert len(set(counted)) == 1
