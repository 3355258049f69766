"""The promises that no other test holds: what is said of them in docs/promises.md, imports, logs, and rest."""
import ast
import re
import subprocess

import pytest

from bot.guidance_files import ROOT
from tests.answering import fill_in
from tests.handoff.taking import PUBLIC
from tests.service import Service, reference_in

MARKER = "heronlantern4471"
ANSWERS = {**PUBLIC, "worry": f"he is out on the street until ten most nights, {MARKER}", "child": f"Robin {MARKER}", "address": f"1 {MARKER} Row",
           "school": f"{MARKER} Primary", "parents": f"mum is {MARKER}", "others": f"a sister, {MARKER}", "you": f"Sam {MARKER}", "phone": f"01632 960123 {MARKER}",
           "email": f"{MARKER}@example.org", "unsafe": f"he would be cross {MARKER}"}


def test_every_promise_names_a_test_that_exists():
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|bot)/[\w/]+\.py)::(test_\w+)`", text)
    assert len(named) >= 10
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


@pytest.mark.parametrize("package", ["safety", "contacts", "library", "handoff"])
def test_the_middle_imports_no_web_or_chatbot_framework(package):
    for file in (ROOT / "bot" / package).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in {"rasa", "rasa_sdk", "sanic", "flask", "werkzeug", "aiohttp"}, f"{file}: {name}"


@pytest.mark.parametrize("broken", ["nothing", "model", "actions", "database"])
def test_nothing_a_person_types_reaches_a_log_or_rests_readable(tmp_path, broken):
    environment = {}
    if broken == "database":
        environment["FRONTDOOR_DATABASE_URL"] = f"sqlite:///{tmp_path}/no/such/folder/contacts.db"
    service = Service(tmp_path, **environment).wait()
    try:
        session = service.begin()
        for text in (f"{MARKER}", f"what do i do if {MARKER}?", f"he has a knife {MARKER}", f"/{MARKER}"):
            service.say(text, session)
        service.say("carry on", session)
        fill_in(service, session, ANSWERS)
        service.post("/webhooks/website/webhook", None, raw=f'{{"session": "{MARKER}", '.encode())
        service.get(f"/{MARKER}?q={MARKER}")
        service.say("yes, send it", session)
    finally:
        service.stop()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert MARKER.encode() not in file.read_bytes(), file
            assert session.encode() not in file.read_bytes(), file


def test_when_the_contact_is_sent_its_answers_leave_the_conversation(tmp_path):
    from bot.conversations.store import Conversations, hashed_id
    from bot.settings import ChatSettings
    service = Service(tmp_path).wait()
    try:
        session = service.begin()
        fill_in(service, session, ANSWERS)
        reference_in(service.words("yes, send it", session))
        assert MARKER not in service.words("read it back", session)
    finally:
        service.stop()
    settings = ChatSettings.from_env({"FRONTDOOR_CONVERSATIONS_URL": f"sqlite:///{tmp_path / 'conversations.db'}"})
    store = Conversations.open(settings.conversations_url, settings.fernet())
    assert MARKER not in str(store.state(hashed_id(session)))
    assert MARKER not in str(store.shown(session))


def test_the_project_speaks_only_of_itself():
    listed = subprocess.run(["git", "grep", "-nIE", r"/[w]ork/|python[h]osted|pypi\.org/[s]imple|registry\.npm[j]s"], cwd=ROOT,
                            capture_output=True, text=True).stdout
    assert not listed
