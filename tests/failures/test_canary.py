"""What a person types in a contact is found, after sending, in no byte of any file but the sealed contact: on both databases."""
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from bot.handoff.parcel import Parcel
from bot.handoff.sealing import open_sealed, read_private
from tests.answering import fill_in
from tests.handoff.conftest import database_url  # noqa: F401 - a fixture
from tests.handoff.taking import PUBLIC
from tests.service import Service, free_port, reference_in, wait_until_up

NAME, PHONE, ADDRESS, SENTENCE = "Zebulonquist Farnaby", "01632 960987", "77 Quillfeather Ginnel", "the lantern heron waits by the tin bath every evening"
ANSWERS = {**PUBLIC, "child": NAME, "you": f"friend of {NAME}", "phone": PHONE, "address": ADDRESS, "worry": SENTENCE, "parents": f"mum, {PHONE}"}
CANARIES = [word.encode() for word in ("Zebulonquist", "960987", "Quillfeather", "lantern heron")]


def part(folder, module, env):
    with (folder / f"{module}.log").open("wb") as out:
        return subprocess.Popen([sys.executable, "-W", "ignore", "-X", "faulthandler", "-m", module], env=env, stdout=out, stderr=subprocess.STDOUT)


@pytest.mark.slow
def test_a_canary_is_found_in_the_opened_contact_and_nowhere_else(database_url, tmp_path, request):  # noqa: F811
    postgres = database_url.startswith("postgresql")
    places = {"FRONTDOOR_DATABASE_URL": database_url, "FRONTDOOR_DESK_PORT": str(free_port()), "FRONTDOOR_DESK_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db",
              "FRONTDOOR_KEYS": str(tmp_path / "keys"), "FRONTDOOR_DESK_SECRET": "s" * 40, "PYTHONFAULTHANDLER": "1"}
    places["FRONTDOOR_DESK_URL"] = f"http://127.0.0.1:{places['FRONTDOOR_DESK_PORT']}"
    if postgres:
        from bot.handoff.sealing import make_keys
        make_keys(tmp_path / "keys")
        places["FRONTDOOR_CONVERSATIONS_URL"] = database_url
    chat = Service(tmp_path, **places)
    env = {**os.environ, **places, "PYTHONPATH": os.getcwd()}
    others = [part(tmp_path, module, env) for module in ("bot.desk.server", "bot.handoff.worker")]
    try:
        chat.wait()
        wait_until_up(places["FRONTDOOR_DESK_URL"], others[0])      # a contact that finds no desk is tried again only later
        session = chat.begin()
        fill_in(chat, session, ANSWERS)
        reference = reference_in(chat.words("yes, send it", session))
        chat.words(f"has anyone seen {reference}", session)
        chat.get("/health")
        chat.get("/metrics")
        engine = sa.create_engine(database_url, future=True)
        end = time.monotonic() + 40
        while True:
            with engine.connect() as db:
                state, sealed = db.execute(sa.text("SELECT state, sealed FROM contact")).one()
            if state == "delivered" or time.monotonic() > end:
                break
            time.sleep(0.2)
        assert state == "delivered"
        chat.process.send_signal(signal.SIGABRT)        # and what a crash prints
        chat.process.wait(15)
        if postgres:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.execute(sa.text("CHECKPOINT"))
        engine.dispose()
    finally:
        for process in others:
            process.send_signal(signal.SIGABRT)
            process.wait(15)
        chat.stop()
    opened = Parcel.read(open_sealed(read_private(tmp_path / "keys"), bytes(sealed)))
    assert all(canary in opened.as_bytes() for canary in CANARIES)
    folders = [tmp_path, *([request.getfixturevalue("postgres_server")] if postgres else [])]
    looked = 0
    for file in (f for folder in folders for f in folder.rglob("*") if f.is_file() and not f.is_symlink()):
        content = file.read_bytes()
        looked += len(content)
        assert not [c for c in CANARIES if c in content], file
    assert looked > 100_000
    if not postgres:
        with sqlite3.connect(tmp_path / "conversations.db") as db:
            assert db.execute("SELECT count(*) FROM conversation").fetchone()[0] >= 1, "there was something to look at"
