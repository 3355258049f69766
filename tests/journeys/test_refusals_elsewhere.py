"""A widget on another site must be able to read why it was refused: the numbers stand in that answer. In a real browser, which enforces it."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.service import Service, free_port

HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
STATUS = {"not json": 400, "too long": 413, "a long body": 413, "a very long body": 413, "no such session": 401, "no such page": 404, "broken": 500,
          "too many": 429}
# The real service, in which one thing breaks that nobody thought of.
BREAKS = "from bot.channel.door import Door; Door.history = lambda *_: 1 / 0; import sys; from bot.serve import main; sys.exit(main())"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    if not shutil.which("node") or not (HERE / "node_modules" / "playwright-core").exists() or not Path(CHROMIUM).exists():
        pytest.skip("no Node, node modules or browser: see tests/journeys/test_journeys.py")
    other = free_port()
    service = Service(tmp_path_factory.mktemp("refusals"), run=("-c", BREAKS), FRONTDOOR_ALLOWED_ORIGINS=f"http://127.0.0.1:{other}", FRONTDOOR_RATE_LIMIT="5").wait()
    try:
        run = subprocess.run(["node", "refusals.js"], cwd=HERE, capture_output=True, text=True, timeout=120, check=False,
                             env={**os.environ, "FRONTDOOR_URL": service.base, "OTHER_SITE_PORT": str(other), "CHROMIUM": CHROMIUM})
    finally:
        service.stop()
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("what", STATUS)
def test_a_page_of_a_named_site_reads_the_refusal_and_the_numbers_in_it(what, read):
    answer = read["named"][what]
    assert answer["status"] == STATUS[what], answer
    said = json.loads(answer["text"])
    assert said["error"]["message"]
    assert any("999" in m["text"] for m in said["messages"]) and any("01752 668000" in m["text"] for m in said["messages"])


def test_danger_in_a_request_that_cannot_be_read_is_answered_first_there_too(read):
    assert "999" in json.loads(read["named"]["not json"]["text"])["messages"][0]["text"][:60]


def test_a_page_of_any_other_site_reads_nothing(read):
    assert all(answer["status"] == 0 for answer in read["other"].values()), read["other"]
