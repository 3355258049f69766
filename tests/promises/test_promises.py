"""The promises that no other test holds: what is said of them in docs/promises.md, imports, logs, and rest."""
import re
import sqlite3
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot.conversations.store import Conversations, hashed_id
from bot.guidance_files import ROOT
from tests.answering import START, fill_in
from tests.handoff.taking import PUBLIC
from tests.journeys.test_journeys import NAMES
from tests.service import Service, reference_in

MARKER = "heronlantern4471"
ANSWERS = {**PUBLIC, "worry": f"he is out on the street until ten most nights, {MARKER}", "child": f"Robin {MARKER}", "address": f"1 {MARKER} Row",
           "school": f"{MARKER} Primary", "parents": f"mum is {MARKER}", "others": f"a sister, {MARKER}", "you": f"Sam {MARKER}", "phone": f"01632 960123 {MARKER}",
           "email": f"{MARKER}@example.org", "unsafe": f"he would be cross {MARKER}"}


NAMED = re.compile(r"`((?:tests|bot)/[\w/]+\.py)::(test_\w+)`")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "bot").rglob("*.md"))]


def test_every_test_that_a_page_names_exists():
    named = [(page, file, test) for page in PAGES for file, test in NAMED.findall(page.read_text(encoding="utf-8"))]
    assert len(named) > 80
    for page, file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{page.name}: {file}::{test}"


def test_a_test_is_named_with_its_folder():
    """Without it nobody would notice that it went."""
    for page in PAGES:
        short = [name for name in re.findall(r"`[^`\s]*\.py::[^`]*`", page.read_text(encoding="utf-8")) if not NAMED.fullmatch(name)]
        assert not short, f"{page.name}: {short}"


def test_every_numbered_promise_names_a_test():
    promises = re.split(r"^(?=\d+\. )", (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").partition("\n## ")[0], flags=re.M)[1:]
    assert [int(one.partition(".")[0]) for one in promises] == list(range(1, len(promises) + 1))
    assert len(promises) > 40
    assert not [one for one in promises if not NAMED.search(one)]


def test_every_journey_that_the_widgets_page_quotes_is_walked():
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").partition("## The widget, point by point")[2].partition("\n## ")[0]
    quoted = re.findall(r'"([^"]+)"', text)
    assert len(quoted) > 2
    for title in quoted:
        assert any(name.startswith(title.rstrip(" …")) for name in NAMES), title


@pytest.mark.parametrize("package", ["safety", "contacts", "library", "handoff"])
def test_the_middle_imports_no_web_or_chatbot_framework(package):
    """Seen in a fresh interpreter, so that an import by an import counts too. What Alembic runs by itself imports nothing of ours."""
    program = f"""
import importlib, pkgutil, sys
import bot.{package} as package
for module in pkgutil.walk_packages(package.__path__, "bot.{package}."):
    if not module.name.startswith("bot.handoff.migrations."):
        importlib.import_module(module.name)
print(sum(name.startswith("bot.{package}.") for name in sys.modules) > 3)
print([m for m in ("rasa", "rasa_sdk", "sanic", "flask", "werkzeug", "aiohttp", "bot.desk", "bot.channel") if m in sys.modules])
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.split("\n")[:2] == ["True", "[]"], done.stdout + done.stderr


def leaks(action):
    """A copy's action that fails with what was typed in its error."""
    text = action.read_text(encoding="utf-8")
    broken = text.replace("return self.respond(dispatcher, tracker)", "raise KeyError(all_said(tracker))")
    assert broken != text
    action.write_text(broken, encoding="utf-8")


@pytest.mark.parametrize("broken", ["nothing", "model", "actions", "database"])
def test_nothing_a_person_types_reaches_a_log_or_rests_readable(tmp_path, copy, broken):
    folder, environment = tmp_path / "data", {}
    folder.mkdir()
    if broken == "model":
        (copy / "models" / "front-door.tar.gz").unlink()
    if broken == "actions":
        leaks(copy / "actions" / "speaking.py")
    if broken == "database":
        environment["FRONTDOOR_DATABASE_URL"] = f"sqlite:///{tmp_path}/no/such/folder/contacts.db"
    service = Service(folder, root=copy, **environment).wait()
    try:
        session = service.begin()
        for text in (f"{MARKER}", f"what do i do if {MARKER}?", f"he has a knife {MARKER}", f"what are the ten wishes {MARKER}", f"/{MARKER}"):
            service.say(text, session)
        if broken in ("nothing", "database"):
            service.say("carry on", session)
            fill_in(service, session, ANSWERS)
        else:
            for text in (START, *ANSWERS.values()):
                service.say(text, session)
        service.post("/webhooks/website/webhook", None, raw=f'{{"session": "{MARKER}", '.encode())
        service.get(f"/{MARKER}?q={MARKER}")
        service.say("yes, send it", session)
    finally:
        service.stop()
    assert broken != "actions" or b"error=KeyError" in (folder / "chat.log").read_bytes()
    assert (folder / "chat.log").stat().st_size > 100
    with sqlite3.connect(folder / "conversations.db") as db:
        assert db.execute("SELECT count(*) FROM conversation").fetchone()[0] >= 1, "there was something to look at"
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert MARKER.encode() not in file.read_bytes(), file
            assert session.encode() not in file.read_bytes(), file


def test_when_the_contact_is_sent_its_answers_leave_the_conversation(tmp_path):
    key = Fernet.generate_key()
    service = Service(tmp_path, FRONTDOOR_CONVERSATION_KEYS=key.decode()).wait()
    store = Conversations.open(f"sqlite:///{tmp_path / 'conversations.db'}", MultiFernet([Fernet(key)]))
    try:
        session = service.begin()
        fill_in(service, session, ANSWERS)
        assert MARKER in str(store.state(hashed_id(session)))
        assert MARKER in str(store.shown(session))
        reference_in(service.words("yes, send it", session))
        assert MARKER not in service.words("read it back", session)
    finally:
        service.stop()
    state, shown = store.state(hashed_id(session)), store.shown(session)
    assert state and shown, "the conversation itself is still there"
    assert MARKER not in str(state)
    assert MARKER not in str(shown)


def test_the_project_speaks_only_of_itself():
    listed = subprocess.run(["git", "grep", "-nIE", r"/[w]ork/|python[h]osted|pypi\.org/[s]imple|registry\.npm[j]s"], cwd=ROOT,
                            capture_output=True, text=True).stdout
    assert not listed
