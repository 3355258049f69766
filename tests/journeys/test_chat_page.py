"""A real browser goes through the chat page: journey.js walks, this module serves the page and judges.

The server is the real one, started for the tests; FRONTDOOR_URL walks another.
"""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Dict

import pytest

from tests.service import Service

HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NAMES = re.findall(r"^  (?:async )?'([^']+)'(?::| \()", (HERE / "journey.js").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def address(chat: Service) -> str:
    """Where the page is: the real service, or another one that FRONTDOOR_URL names."""
    return os.environ.get("FRONTDOOR_URL", chat.base)


@pytest.fixture(scope="module")
def walked(address: str) -> Dict[str, Dict[str, Any]]:
    """Every journey, walked once in one browser."""
    if not shutil.which("node"):
        pytest.skip("no Node: install Node 20 or later")
    if not (HERE / "node_modules" / "playwright-core").exists():
        pytest.skip("no node modules: run `npm ci --ignore-scripts` in tests/journeys")
    if not Path(CHROMIUM).exists():
        pytest.skip("no browser: `apt-get update && apt-get install chromium`, or set CHROMIUM to one")
    run = subprocess.run(["node", "journey.js"], cwd=HERE, env={**os.environ, "FRONTDOOR_URL": address, "CHROMIUM": CHROMIUM},
                         capture_output=True, text=True, timeout=400, check=False)
    assert run.returncode == 0, run.stderr
    return {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}


def test_there_are_journeys():
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_journey(name: str, walked: Dict[str, Dict[str, Any]]) -> None:
    assert name in walked, "the journey was not walked"
    assert walked[name]["ok"], walked[name]["error"]
