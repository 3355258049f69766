"""Take parts away from the real service: people still reach 999 and the numbers."""
import shutil
import sqlite3
import time

import pytest

from tests.answering import fill_in
from tests.service import Service, reference_in

DANGER = "he has a knife and he is strangling my mum"


def still_safe(service: Service) -> None:
    session = service.begin()
    assert "999" in service.words(DANGER, session)[:60]
    assert "01752 668000" in service.words("I need a number for gateway", session)


def running(tmp_path, copy) -> Service:
    folder = tmp_path / "data"
    folder.mkdir()
    return Service(folder, root=copy).wait()


def test_without_the_model_file(tmp_path, copy):
    (copy / "models" / "front-door.tar.gz").unlink()
    service = running(tmp_path, copy)
    try:
        still_safe(service)
        assert '"status":"weakened"' in service.get("/health")[1]
    finally:
        service.stop()


def test_with_a_broken_model_and_no_voter(tmp_path, copy):
    (copy / "models" / "front-door.tar.gz").write_bytes(b"not a model")
    (copy / "models" / "safety-voter.npz").write_bytes(b"not weights")
    service = running(tmp_path, copy)
    try:
        still_safe(service)
        assert '"safety_net":"patterns"' in service.get("/health")[1]
    finally:
        service.stop()


def test_without_the_action_code(tmp_path, copy):
    shutil.rmtree(copy / "actions")
    service = running(tmp_path, copy)
    try:
        still_safe(service)
        assert "999" in service.words("what are the ten wishes")  # needs an action: the help lines answer
    finally:
        service.stop()


def test_without_the_sentence_encoder(tmp_path, copy):
    vocabulary = copy / "bot" / "understanding" / "vocabulary.txt"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + "changed\n", encoding="utf-8")
    service = running(tmp_path, copy)
    try:
        still_safe(service)
        assert '"safety_net":"spelling"' in service.get("/health")[1]
        assert "Ten Wishes" in service.words("what are the ten wishes")
    finally:
        service.stop()


def test_with_a_mistake_in_a_file_that_only_a_turn_needs_it_does_not_start(tmp_path, copy):
    file = copy / "guidance" / "did_you_mean.yml"
    file.write_text("ask_cost: Is it: free\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"ended with 3: The chat cannot start(.|\n)*did_you_mean\.yml:1"):
        running(tmp_path, copy)


def test_when_the_conversation_database_is_destroyed_under_it(tmp_path):
    service = Service(tmp_path).wait()
    try:
        session = service.begin()
        service.say("hello", session)
        with sqlite3.connect(tmp_path / "conversations.db") as db:
            db.execute("DROP TABLE shown")
            db.execute("DROP TABLE conversation")
        assert "999" in service.words(DANGER, session)[:60]
        assert "01752 668000" in service.words("number for gateway please", session)
    finally:
        service.stop()


def test_when_the_conversation_database_cannot_be_opened(tmp_path):
    service = Service(tmp_path, FRONTDOOR_CONVERSATIONS_URL=f"sqlite:///{tmp_path}/no/such/folder/x.db").wait()
    try:
        still_safe(service)
        assert "in memory" in service.get("/health")[1]
    finally:
        service.stop()


def test_when_the_contact_cannot_be_kept_it_says_so_keeps_the_answers_and_can_send_later(tmp_path):
    service = Service(tmp_path).wait()
    try:
        for goes_well in (True, False):  # one that goes well first
            session = service.begin()
            fill_in(service, session)
            if goes_well:
                reference_in(service.words("yes, send it", session))
        with sqlite3.connect(tmp_path / "contacts.db") as db:
            tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%'")]
            for table in tables:
                db.execute(f'ALTER TABLE "{table}" RENAME TO "away_{table}"')
        told = service.words("yes, send it", session)
        assert "could not save it" in told
        assert "reference" not in told.lower()
        with sqlite3.connect(tmp_path / "contacts.db") as db:
            for table in tables:
                db.execute(f'ALTER TABLE "away_{table}" RENAME TO "{table}"')
        reference_in(service.words("send it", session))
    finally:
        service.stop()


def test_a_contact_that_was_promised_survives_the_kill_of_the_chat(tmp_path):
    service = Service(tmp_path).wait()
    session = service.begin()
    fill_in(service, session)
    reference = reference_in(service.words("yes, send it", session))
    service.kill()
    with sqlite3.connect(tmp_path / "contacts.db") as db:
        rows = db.execute("SELECT reference, state FROM contact").fetchall()
    assert rows == [(reference, "waiting")]


def test_a_conversation_goes_on_after_the_chat_was_killed_and_started_again(tmp_path):
    service = Service(tmp_path).wait()
    session = service.begin()
    fill_in(service, session, until="birth")
    service.kill()
    again = Service(tmp_path).wait()
    try:
        time.sleep(0.1)
        assert "Robin" in again.words("read it back", session)
    finally:
        again.stop()
