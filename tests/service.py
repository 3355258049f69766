"""The real chat process for tests: started on a free port of this machine, asked over HTTP, stopped afterwards."""
from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_until_up(url: str, process: Optional["subprocess.Popen[bytes]"] = None, log: Optional[Path] = None, seconds: float = 180) -> None:
    """Wait until a service of ours answers at its ``/health``. Raises if it ends (with the end of its ``log``) or takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"it ended with {process.returncode}: {log.read_text()[-2000:] if log else ''}")
        try:
            return urllib.request.urlopen(f"{url}/health", timeout=5).close()
        except urllib.error.HTTPError:
            return None     # it answers: what is wrong stands in the answer
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer")


def with_cache(copy: Path) -> None:
    """Give a copy of the project what the encoders and the guidance were made into, as a second start finds it: making it again takes longer than a test."""
    for file in (ROOT / "var" / "cache").glob("*.*"):
        (copy / "var" / "cache").mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, copy / "var" / "cache" / file.name)
        except OSError:  # another disk
            shutil.copy(file, copy / "var" / "cache")


class Service:
    """``Service(folder)`` starts the chat of the checkout at ``root`` with its data in ``folder``. ``run``: what Python runs, if not the chat as it is."""

    def __init__(self, folder: Path, root: Path = ROOT, run: Tuple[str, ...] = ("-m", "bot.serve"), **environment: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "chat.log"
        env = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_")}
        env.update({"FRONTDOOR_PORT": str(self.port), "FRONTDOOR_RATE_LIMIT": "off", "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore",
                    "FRONTDOOR_CONVERSATIONS_URL": f"sqlite:///{folder / 'conversations.db'}",
                    "FRONTDOOR_DATABASE_URL": f"sqlite:///{folder / 'contacts.db'}", "FRONTDOOR_KEYS": str(folder / "keys"), **environment})
        self._out = self.log.open("wb")
        self.process = subprocess.Popen([sys.executable, "-W", "ignore", *run], cwd=root, env=env, stdout=self._out,
                                        stderr=subprocess.STDOUT)

    def wait(self, seconds: float = 90) -> "Service":
        wait_until_up(self.base, self.process, self.log, seconds)
        return self

    def get(self, path: str) -> Tuple[int, str, Dict[str, str]]:
        return self._ask(urllib.request.Request(self.base + path))

    def post(self, path: str, body: Any, raw: Optional[bytes] = None, method: str = "POST", **headers: str) -> Tuple[int, Any]:
        data = raw if raw is not None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json", **headers}, method=method)
        status, text, _ = self._ask(request)
        return status, json.loads(text) if text else None

    def begin(self) -> str:
        status, body = self.post("/webhooks/website/session", {})
        assert status == 201, body
        return str(body["session"])

    def say(self, text: str, session: Optional[str] = None) -> List[Dict[str, Any]]:
        status, body = self.post("/webhooks/website/webhook", {"session": session or self.begin(), "message": text})
        assert status == 200, body
        return list(body)

    def words(self, text: str, session: Optional[str] = None) -> str:
        return "\n".join(m["text"] for m in self.say(text, session))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._out.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @staticmethod
    def _ask(request: urllib.request.Request) -> Tuple[int, str, Dict[str, str]]:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)


def reference_in(text: str) -> str:
    import re
    found = re.search(r"reference is ([A-Z0-9]{4}-[A-Z0-9]{4})", text)
    assert found, text
    return found.group(1)
