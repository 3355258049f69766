"""Start everything on one machine. Each process may fail alone: it is started again, and the others go on."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Dict, List, Optional

from bot.guidance_files import ROOT

LONGEST_PAUSE = 30.0  # seconds between restarts
CANNOT_START = 2      # the exit code of a process whose settings or port are wrong: starting again will not help


@dataclass
class Part:
    """One process."""

    name: str
    module: List[str]
    process: Optional["subprocess.Popen[bytes]"] = None
    failures: int = 0
    start_again_at: float = 0.0
    started_at: float = field(default=0.0)


def run() -> int:
    """Run until stopped (Ctrl-C or SIGTERM). Returns a non-zero code if a part cannot start at all."""
    parts = [Part("desk", ["bot.desk.server"]), Part("delivery", ["bot.handoff.worker"]), Part("chat", ["bot.serve"])]
    stopping: List[int] = []
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda number, _frame: stopping.append(number))
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONWARNINGS="ignore")
    print("Starting the desk, the delivery and the chat …", flush=True)
    for part in parts:
        _start(part, environment)
    told = False
    began = time.monotonic()
    code = 0
    while not stopping:
        time.sleep(0.25)
        for part in parts:
            code = _look_after(part, environment) or code
        if code:
            break
        if not told and _answers():
            told = True
            print(f"Ready in {time.monotonic() - began:.0f} s.\n  chat  http://localhost:{_port('FRONTDOOR_PORT', 5005)}\n"
                  f"  help  http://localhost:{_port('FRONTDOOR_PORT', 5005)}/help\n"
                  f"  desk  http://localhost:{_port('FRONTDOOR_DESK_PORT', 5080)}{_look_around()}\nStop with Ctrl-C.", flush=True)
    _stop_all(parts)
    return code


def _start(part: Part, environment: Dict[str, str]) -> None:
    part.started_at = time.monotonic()
    part.process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", *part.module], cwd=ROOT, env=environment)


def _look_after(part: Part, environment: Dict[str, str]) -> int:
    """Start a part again if it has ended. Returns a code if it can never start."""
    now = time.monotonic()
    if part.process is None:
        if now >= part.start_again_at:
            _start(part, environment)
        return 0
    code = part.process.poll()
    if code is None:
        return 0
    if code == CANNOT_START and not part.failures:  # one that has run before is tried again: the others must go on
        print(f"The {part.name} cannot start; see the line above.", file=sys.stderr, flush=True)
        return code
    part.failures = part.failures + 1 if now - part.started_at < 60 else 1
    pause = min(LONGEST_PAUSE, 0.5 * 2 ** part.failures)
    print(f"The {part.name} ended with code {code}; starting it again in {pause:.0f} s.", file=sys.stderr, flush=True)
    part.process, part.start_again_at = None, now + pause
    return 0


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{_port('FRONTDOOR_PORT', 5005)}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _look_around() -> str:
    """The line with the demonstration's one-time link; nothing once real people were added, or on a desk that others reach."""
    from bot.desk.demonstration import demonstration_link
    try:
        link = demonstration_link(os.environ)
    except Exception as error:  # the service runs all the same
        return f"\n  (no link to look around the desk: {type(error).__name__})"
    return f"\n  look around the desk, once, within an hour: {link}" if link else ""


def _port(name: str, default: int) -> str:
    return os.environ.get(name, str(default))


def _stop_all(parts: List[Part]) -> None:
    for part in parts:
        if part.process is not None and part.process.poll() is None:
            part.process.terminate()
    deadline = time.monotonic() + 10
    for part in parts:
        if part.process is not None:
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                part.process.kill()
