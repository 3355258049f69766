"""A real browser goes through the wording lab on a phone-sized screen: lab.js walks, this module starts the desk and judges."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.contacts.directory import load_directory
from bot.handoff.database import utc_now
from tests.desk_process import DeskProcess
from tests.journeys.test_desk_journeys import CHROMIUM

HERE = Path(__file__).resolve().parent
NAMES = re.findall(r"^  async '([^']+)' \(", (HERE / "lab.js").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    if not shutil.which("node") or not (HERE / "node_modules" / "playwright-core").exists() or not Path(CHROMIUM).exists():
        pytest.skip("no Node, node modules or browser: see tests/journeys/test_desk_journeys.py")
    process = DeskProcess(tmp_path_factory.mktemp("lab"))
    desk = process.desk
    meeting = desk.lab.begin(["first_words"], desk.words, "the tests", utc_now(), "http://127.0.0.1:9")
    with process:
        run = subprocess.run(["node", "lab.js"], cwd=HERE, capture_output=True, text=True, timeout=280, check=False, env={
            **os.environ, "DESK_URL": process.url, "DESK_GIVEN": json.dumps(
                {"code": meeting.code, "demonstration": process.link, "emergency": load_directory()["emergency"].phone}), "CHROMIUM": CHROMIUM,
            "DESK_SHOTS": os.environ.get("DESK_SHOTS", "")})
    assert run.returncode == 0, run.stderr
    return {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_journey_in_the_lab(name, walked):
    assert name in walked, "the journey was not walked"
    assert walked[name]["ok"], walked[name]["error"]
