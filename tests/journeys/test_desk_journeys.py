"""A real browser goes through the desk: desk.js walks, this module starts the desk, fills it and judges."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from bot.desk.person import Role
from bot.desk.watch import look
from bot.handoff.database import utc_now
from tests.desk.conftest import a_contact_of, said
from tests.desk_process import DeskProcess

HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NAMES = re.findall(r"^  async '([^']+)' \(", (HERE / "desk.js").read_text(encoding="utf-8"), re.MULTILINE)


def filled(desk):
    """Contacts of every path, some opened, some overdue, an alarm, counts."""
    hostile = said("He shouts at night. <b>bold</b> words & an emoji 😟\n\nShe said: \"I do not want to go home.\"")
    child = [{"child": said("Katie Example"), "birth": said("3/4/2018", kind="exact", date="2018-04-03", shown="3 April 2018"), "address": said("1 Row, PL1 1AA")}]
    desk.inbox.keep(a_contact_of("child", ["not_safe_tonight", "do_not_contact"], child, worry=hostile, trusted=said("Miss Okafor"), must_not_know={"state": "skipped"}), utc_now())
    for n in range(45):
        desk.inbox.keep(a_contact_of(("public", "practitioner")[n % 2], ["staff_risk"] if n % 9 == 0 else [], child if n == 3 else [], worry=said(f"Worry {n}")), utc_now())
    opened = a_contact_of(worry=said("This one was opened at the command line."))
    desk.inbox.keep(opened, utc_now())
    desk.inbox.show(opened.reference, "Ade Okafor", utc_now())
    look(desk, utc_now())


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Every journey, walked once, in order: later ones use what earlier ones signed in to."""
    if not shutil.which("node"):
        pytest.skip("no Node: install Node 20 or later")
    if not (HERE / "node_modules" / "playwright-core").exists():
        pytest.skip("no node modules: run `npm ci --ignore-scripts` in tests/journeys")
    if not Path(CHROMIUM).exists():
        pytest.skip("no browser: `apt-get update && apt-get install chromium`, or set CHROMIUM to one")
    folder = tmp_path_factory.mktemp("desk")
    process = DeskProcess(folder)
    desk, url = process.desk, process.url
    filled(desk)
    desk.people.add("ade@example.org", "Ade Okafor", Role.WORKER, (), "the tests", utc_now())
    given = {"demonstration": process.link, "welcome": f"{url}/welcome/{desk.people.make_link('ade@example.org', 'the tests', utc_now())}",
             "arrive": str(folder / "arrive")}
    done = threading.Event()
    threading.Thread(target=_arrives_when_asked, args=(desk, folder / "arrive", done), daemon=True).start()
    try:
        with process:
            shots = os.environ.get("DESK_SHOTS", "")
            run = subprocess.run(["node", "desk.js"], cwd=HERE, capture_output=True, text=True, timeout=280, check=False,
                                 env={**os.environ, "DESK_URL": url, "DESK_GIVEN": json.dumps(given), "CHROMIUM": CHROMIUM, "DESK_SHOTS": shots})
    finally:
        done.set()
    assert run.returncode == 0, run.stderr
    return {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}


def _arrives_when_asked(desk, file, done):
    while not done.wait(0.2):
        if file.exists():
            desk.inbox.keep(a_contact_of(worry=said("Just now")), utc_now())
            return


@pytest.mark.parametrize("name", NAMES)
def test_journey_at_the_desk(name, walked):
    assert name in walked, "the journey was not walked"
    assert walked[name]["ok"], walked[name]["error"]
