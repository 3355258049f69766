"""A real browser goes through the pages and the widget: run.js walks, this module starts the service and judges.

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

from tests.service import Service, free_port

HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PARTS = re.findall(r"'(\w+)'", re.findall(r"const PARTS = \[([^\]]*)\]", (HERE / "run.js").read_text(encoding="utf-8"))[0])
NAMES = [name for part in PARTS for name in
         re.findall(r"^  (?:async )?'([^']+)'(?::| \()", (HERE / f"{part}.js").read_text(encoding="utf-8"), re.MULTILINE)]


@pytest.fixture(scope="module")
def walked(tmp_path_factory) -> Dict[str, Dict[str, Any]]:
    """Every journey, walked once in one browser, with another site that may embed the widget."""
    if not shutil.which("node"):
        pytest.skip("no Node: install Node 20 or later")
    if not (HERE / "node_modules" / "playwright-core").exists():
        pytest.skip("no node modules: run `npm ci --ignore-scripts` in tests/journeys")
    if not Path(CHROMIUM).exists():
        pytest.skip("no browser: `apt-get update && apt-get install chromium`, or set CHROMIUM to one")
    other = free_port()
    environment = {**os.environ, "CHROMIUM": CHROMIUM, "OTHER_SITE_PORT": str(other)}
    service = None
    if "FRONTDOOR_URL" not in os.environ:
        service = Service(tmp_path_factory.mktemp("journeys"), FRONTDOOR_ALLOWED_ORIGINS=f"http://127.0.0.1:{other}").wait()
        environment["FRONTDOOR_URL"] = service.base
    try:
        run = subprocess.run(["node", "run.js"], cwd=HERE, env=environment, capture_output=True, text=True, timeout=580, check=False)
    finally:
        if service:
            service.stop()
    assert run.returncode == 0, run.stderr
    return {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}


def test_every_journey_has_its_own_name():
    assert len(NAMES) > 40
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", NAMES)
def test_journey(name: str, walked: Dict[str, Dict[str, Any]]) -> None:
    assert name in walked, "the journey was not walked"
    assert walked[name]["ok"], walked[name]["error"]
