"""The commands about contacts, as somebody would run them."""
import json
import os
import subprocess
import sys

import pytest

from bot.handoff.database import utc_now
from bot.handoff.outbox import NeedsAPerson, deliver_next
from bot.handoff.sealing import read_public
from bot.handoff.store import Store
from tests.desk_process import DeskProcess
from tests.handoff.cast import MARKER, a_contact


@pytest.fixture
def frontdoor(tmp_path, keys):
    env = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_")}
    env.update(FRONTDOOR_DATABASE_URL=f"sqlite:///{tmp_path}/contacts.db", FRONTDOOR_KEYS=str(keys), PYTHONWARNINGS="ignore",
               FRONTDOOR_DESK_SECRET="s" * 40)

    def run(*words):
        done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.cli", *words], env=env, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr
    run.env = env
    return run


@pytest.fixture
def stuck(tmp_path, keys):
    store = Store.open(f"sqlite:///{tmp_path}/contacts.db")
    reference = store.receive(a_contact(), "public", read_public(keys), utc_now()).reference
    deliver_next(store, lambda claim: NeedsAPerson("http 410"), utc_now)
    return reference


def test_status_names_what_is_stuck_and_what_to_do_and_retry_frees_it(frontdoor, stuck):
    code, said = frontdoor("outbox", "status")
    assert code == 1 and f"stuck: {stuck} to desk: http 410" in said and "outbox retry" in said
    assert frontdoor("outbox", "retry", stuck, "--as", "Ade Okafor")[0] == 0
    assert "waiting 1" in frontdoor("outbox", "status")[1]


def test_a_contact_is_held_exported_released_and_erased_with_a_name_and_a_reason(frontdoor, stuck, tmp_path):
    why = ("--as", "Ade Okafor", "--reason", "a court asked")
    with DeskProcess(tmp_path) as desk:
        frontdoor.env.update(desk.env)
        frontdoor.env.pop("FRONTDOOR_DESK_SECRET")
        code, said = frontdoor("hold", stuck, *why)
        assert code == 0 and "here or at the desk" in said
        code, said = frontdoor("erase", stuck, *why)
        assert code == 1 and "legal hold" in said
        code, said = frontdoor("export", stuck, *why)
        assert code == 0 and json.loads(said)["contact"] == a_contact()
        assert frontdoor("release", stuck, *why)[0] == frontdoor("erase", stuck, *why, "--manager")[0] == 0
        assert MARKER not in frontdoor("export", stuck, *why)[1]
        assert frontdoor("erase", stuck)[0] == 2, "without a name and a reason"


def test_while_the_desk_is_silent_a_hold_counts_here_and_nothing_is_erased(frontdoor, stuck):
    frontdoor.env["FRONTDOOR_DESK_URL"] = "http://127.0.0.1:9"
    why = ("--as", "Ade Okafor", "--reason", "a court asked")
    code, said = frontdoor("hold", stuck, *why)
    assert code == 0 and "The desk could not be told" in said
    assert "The desk could not be told" in frontdoor("release", stuck, *why)[1]
    code, said = frontdoor("erase", stuck, *why, "--manager")
    assert code == 1 and "try again when the desk answers" in said


def test_keys_rotate_and_what_was_sealed_still_opens(frontdoor, stuck):
    code, said = frontdoor("keys", "rotate", "--reseal")
    assert code == 0 and "1 contact(s) sealed again" in said
    assert MARKER in frontdoor("export", stuck, "--as", "Ade Okafor", "--reason", "to see")[1]


def test_tables_and_retention_say_what_they_did(frontdoor, stuck):
    assert "shape" in frontdoor("database", "upgrade")[1]
    assert frontdoor("retention")[1].startswith("0 contact(s) erased")
    assert frontdoor("retention", "--days", "0")[0] == 2
    code, said = frontdoor("database", "grant", "frontdoor_chat")
    assert code == 1 and "PostgreSQL" in said
