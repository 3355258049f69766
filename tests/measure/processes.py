"""Start processes, weigh them with all their children, and leave none behind."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Set

PROC = Path("/proc")
_running: "Set[Started]" = set()


class Broken(Exception):
    """The benchmark cannot go on; the message says why and what to look at."""


class Started:
    """A process in a session of its own, so that its whole group can be stopped. Its output goes to a file."""

    def __init__(self, arguments: Sequence[str], folder: Path, env: Mapping[str, str], log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self.began = time.perf_counter()
        with log.open("wb") as out:
            self._process = subprocess.Popen([sys.executable, "-W", "ignore", *arguments], cwd=folder, env=dict(env), stdout=out,
                                             stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        _running.add(self)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> Optional[int]:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def last_words(self, lines: int = 15) -> str:
        """The end of its output; a progress bar's many states count as lines."""
        text = self.log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n")
        return "\n".join([line.rstrip() for line in text.splitlines() if line.strip()][-lines:])

    def wait(self, limit: float, each_minute: Callable[[str], None]) -> float:
        """Wait for a good end and return the seconds it took. Raises ``Broken`` on a bad end, or after ``limit`` seconds."""
        minute = 60.0
        while self.ended is None:
            took = time.perf_counter() - self.began
            if took > limit:
                self.stop()
                raise Broken(f"stopped after {limit:.0f} s; its output is in {self.log}")
            if took > minute:
                minute += 60
                each_minute(self.last_words(1)[-100:])
            time.sleep(0.05)
        took = time.perf_counter() - self.began
        self.stop()
        if self.ended != 0:
            raise Broken(f"ended with code {self.ended}; its output is in {self.log} and ends:\n{self.last_words()}")
        return took

    def stop(self) -> None:
        """Stop it and all that it started: politely, then not."""
        for sign, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
            try:
                os.killpg(self.pid, sign)
            except ProcessLookupError:
                break
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        self._process.poll()
        _running.discard(self)


def stop_all() -> None:
    """Stop everything that is still running."""
    for process in list(_running):
        process.stop()


def end_on_signals() -> None:
    """Let the usual ways of being stopped unwind like Ctrl-C does, so that ``finally`` stops the children."""
    def stop(_sign: int, _frame: object) -> None:
        raise KeyboardInterrupt
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(pid: int, parents: Mapping[int, int]) -> List[int]:
    """``pid`` and all its descendants. ``parents`` maps each process to its parent."""
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one and child not in found]
    return found


def tree_rss_mb(pid: int, proc: Path = PROC) -> float:
    """Resident memory of a process and its descendants in MB (pages they share count once for each process)."""
    parents: Dict[int, int] = {}
    resident: Dict[int, int] = {}
    for folder in proc.iterdir():
        if folder.name.isdigit():
            try:
                fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
            except OSError:
                continue  # it ended while we looked
            parents[int(folder.name)] = int(fields["PPid"])
            resident[int(folder.name)] = int(fields.get("VmRSS", "0 kB").split()[0])
    if pid not in parents:
        raise Broken(f"process {pid} is gone, so its memory cannot be read")
    return sum(resident[p] for p in tree(pid, parents)) * 1024 / 1e6
