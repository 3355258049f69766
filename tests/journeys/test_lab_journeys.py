"""A real browser goes through the wording lab on a phone-sized screen: lab.js walks, this module starts the desk and judges."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.contacts.directory import load_directory
from bot.desk.demonstration import demonstration_link
from bot.desk.desk import Desk
from bot.desk.settings import from_environment
from bot.handoff.database import utc_now
from tests.journeys.test_desk_journeys import CHROMIUM, _wait_for
from tests.service import ROOT, free_port

HERE = Path(__file__).resolve().parent
NAMES = re.findall(r"^  async '([^']+)' \(", (HERE / "lab.js").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    if not shutil.which("node") or not (HERE / "node_modules" / "playwright-core").exists() or not Path(CHROMIUM).exists():
        pytest.skip("no Node, node modules or browser: see tests/journeys/test_desk_journeys.py")
    folder, port = tmp_path_factory.mktemp("lab"), free_port()
    url = f"http://127.0.0.1:{port}"
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_")}, "PYTHONPATH": str(ROOT), "FRONTDOOR_DESK_PORT": str(port),
           "FRONTDOOR_DESK_URL": url, "FRONTDOOR_DESK_DATABASE_URL": f"sqlite:///{folder}/desk.db", "FRONTDOOR_KEYS": str(folder / "keys"),
           "FRONTDOOR_DATABASE_URL": f"sqlite:///{folder}/contacts.db"}
    demonstration = demonstration_link(env)
    desk = Desk.build(*from_environment(env), utc_now)
    meeting = desk.lab.begin(["first_words"], desk.words, "the tests", utc_now(), "http://127.0.0.1:9")
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot.desk.server"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{url}/health")
        run = subprocess.run(["node", "lab.js"], cwd=HERE, capture_output=True, text=True, timeout=280, check=False, env={
            **os.environ, "DESK_URL": url, "DESK_GIVEN": json.dumps(
                {"code": meeting.code, "demonstration": demonstration, "emergency": load_directory()["emergency"].phone}), "CHROMIUM": CHROMIUM,
            "DESK_SHOTS": os.environ.get("DESK_SHOTS", "")})
    finally:
        server.terminate()
        server.wait(15)
    assert run.returncode == 0, run.stderr
    return {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_journey_in_the_lab(name, walked):
    assert name in walked, "the journey was not walked"
    assert walked[name]["ok"], walked[name]["error"]
