"""How long a page of the desk's inbox takes with 10,000 contacts, asked over HTTP of a desk in a process of its own.

Run it alone, best when the machine does little else: ``python -m tests.measure.inbox_speed [--contacts N] [--requests N]``.
"""
from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import requests

from bot.handoff.database import utc_now
from tests.desk.crowd import crowd, pages
from tests.desk_process import DeskProcess


def measured(folder: Path, contacts: int, asked: int) -> "tuple[list[float], float]":
    """Seconds of each page by the clock on the wall, and how busy the machine was (load by core) while they were asked."""
    process = DeskProcess(folder)
    references = crowd(process.desk.inbox, utc_now(), contacts)
    process.desk.inbox.engine.dispose()
    with process:
        browser = _signed_in(process.link)
        times = []
        for n in range(asked):
            began = time.perf_counter()
            reply = browser.get(process.url + pages(references, n), timeout=60)
            times.append(time.perf_counter() - began)
            assert reply.status_code == 200 and "Inbox" in reply.text, reply.status_code
        return times, os.getloadavg()[0] / (os.cpu_count() or 1)


def _signed_in(link: "str | None") -> requests.Session:
    browser = requests.Session()
    browser.trust_env = False
    token = re.search('name="csrf_token" value="([^"]+)"', browser.get(str(link), timeout=60).text)
    assert token is not None
    browser.post(str(link), data={"csrf_token": token[1]}, timeout=60)
    return browser


def main() -> int:
    """Measure and print. Returns 1 if the 95th percentile is 300 ms or more."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--contacts", type=int, default=10_000)
    read.add_argument("--requests", type=int, default=200)
    given = read.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times, load = measured(Path(folder), given.contacts, given.requests)
    ordered = sorted(times)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95) - 1]
    print(f"inbox of {given.contacts:,} contacts, {given.requests} pages by the clock on the wall: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
          f"slowest {ordered[-1] * 1000:.0f} ms; load {load:.1f} a core")
    return int(p95 >= 0.3)


if __name__ == "__main__":
    sys.exit(main())
