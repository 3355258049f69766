"""A desk with staff, a lab on a copy of the guidance, and young people without names."""
import re
import shutil
import sys
import uuid

import pytest

from bot.guidance_files import ROOT
from bot.live_words import live_words
from tests.desk.conftest import Person, RealDesk, quick_hashes  # noqa: F401 - a fixture
from tests.handoff.conftest import clock, database_url, everything_logged  # noqa: F401 - fixtures


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the guidance that may be written into."""
    shutil.copytree(ROOT / "guidance", tmp_path / "guidance")
    for name in ("bot.guidance_files", "bot.wording_lab.wording_files", "bot.wording.catalogue", "bot.wording.elsewhere", "bot.live_words", "bot.wording.baseline",
                 "bot.wording.votes", "bot.wording_lab.tally", "bot.wording_lab.sign_off"):
        __import__(name)
        monkeypatch.setattr(sys.modules[name], "ROOT", tmp_path)
    live_words.cache_clear()
    yield tmp_path
    live_words.cache_clear()


@pytest.fixture
def house(database_url, tmp_path, clock, files):  # noqa: F811
    real = RealDesk(database_url, tmp_path / "keys", clock, chat_url="http://127.0.0.1:9")   # nothing listens there
    for name in ("will", "wanda"):
        real.add(name, "worker")
    yield real
    real.desk.inbox.engine.dispose()


def meeting_of(worker, *walks):
    """A worker begins a meeting. Returns its code and address."""
    reply = worker.post("/wording/begin", {"walks": list(walks) or ["first_words"]})
    assert reply.status_code == 303, reply.get_data(as_text=True)
    page = worker.get(reply.location).get_data(as_text=True)
    return re.search(r'id="code">(\w+)<', page).group(1), reply.location


class Young(Person):
    """Somebody in the group, on a phone."""

    def __init__(self, app, code=None):
        super().__init__(app, "")
        if code:
            reply = self.enters(code)
            assert reply.status_code == 303, reply.get_data(as_text=True)

    def token(self):
        page = self.http.get("/lab/left").get_data(as_text=True) + self.http.get("/lab/walk", follow_redirects=True).get_data(as_text=True)
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def enters(self, code):
        return self.post("/lab", {"code": code})

    def sends(self, *answers):
        return self.http.post("/lab/answers", json={"answers": list(answers)}, headers={"X-CSRFToken": self.token()})


def tap(kind, about, value, walk="first_words", **more):
    return {"id": str(uuid.uuid4()), "walk": walk, "kind": kind, "about": str(about), "value": value, **more}
