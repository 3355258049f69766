"""Two other browser engines than the journeys' Chromium, driven the way each offers: Firefox over Marionette, WebKit over WebDriver.

Both speak the same commands (https://www.w3.org/TR/webdriver2/), so one small set of them serves both.
"""
from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

import requests

from tests.service import free_port

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
WEBKIT = shutil.which("WebKitWebDriver")
MINI = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
XVFB = shutil.which("Xvfb")
START = 60  # seconds for a browser to start on a busy machine


class Engine:
    """A browser that is open. ``command`` is one of WebDriver's; the two engines differ in how they are told it."""

    def __init__(self) -> None:
        self.running: List["subprocess.Popen[bytes]"] = []

    def go(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        raise NotImplementedError

    def back(self) -> None:
        """The browser's Back."""
        raise NotImplementedError

    def run(self, script: str, *given: Any) -> Any:
        """The value that a script of the page returns; ``arguments`` holds what was given."""
        raise NotImplementedError

    def press(self, *keys: str) -> None:
        """Keys as a keyboard sends them; "Shift" and "Enter" by name."""
        raise NotImplementedError

    def until(self, script: str, seconds: float = 20) -> Any:
        """What ``script`` returns once it is true. Raises ``AssertionError`` when the time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                value = self.run(script)
            except (requests.HTTPError, RuntimeError):  # between two pages
                value = None
            if value:
                return value
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s: {script}")

    def close(self) -> None:
        """End the browser and all that was started for it."""
        for process in reversed(self.running):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Firefox(Engine):
    """Debian's Firefox, without a window."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        port = free_port()
        (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\nuser_pref("browser.startup.homepage_override.mstone", "ignore");\n'
                                        'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n', encoding="utf-8")
        self.running.append(subprocess.Popen([str(FIREFOX), "--headless", "--marionette", "--no-remote", "--profile", str(folder), "about:blank"],
                                             env={**os.environ, "HOME": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        self._socket = _connected(port)
        self._read()
        self._tell("WebDriver:NewSession", {"pageLoadStrategy": "normal"})

    def go(self, address: str) -> None:
        self._tell("WebDriver:Navigate", {"url": address})

    def back(self) -> None:
        self._tell("WebDriver:Back", {})

    def run(self, script: str, *given: Any) -> Any:
        return self._tell("WebDriver:ExecuteScript", {"script": script, "args": list(given)})["value"]

    def press(self, *keys: str) -> None:
        self._tell("WebDriver:PerformActions", {"actions": _pressed(keys)})

    def _tell(self, command: str, given: Dict[str, Any]) -> Any:
        text = json.dumps([0, 1, command, given])
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, value = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return value

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._received(1)
        return json.loads(self._received(int(size[:-1])))

    def _received(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self._socket.recv(count - len(data))
            if not more:
                raise RuntimeError("Firefox closed the line")
            data += more
        return data


class WebKit(Engine):
    """WebKitGTK's small browser: the engine of Safari, as Debian has it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        port, reader_end = free_port(), os.pipe()
        self.running.append(subprocess.Popen([str(XVFB), "-displayfd", str(reader_end[1]), "-screen", "0", "1280x1000x24"], pass_fds=[reader_end[1]],
                                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        display = os.read(reader_end[0], 16).decode().strip()
        env = {**os.environ, "DISPLAY": f":{display}", "HOME": str(folder), "LIBGL_ALWAYS_SOFTWARE": "1"}
        if os.geteuid() == 0:
            env["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"  # its sandbox does not start for root, as Chromium's does not
        self.running.append(subprocess.Popen([str(WEBKIT), f"--port={port}"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        _connected(port).close()
        self._base = f"http://127.0.0.1:{port}/session"
        browser = {"binary": str(MINI), "args": ["--automation"]}
        made = self._tell("POST", "", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": browser}}})
        self._base += f"/{made['sessionId']}"

    def go(self, address: str) -> None:
        self._tell("POST", "/url", {"url": address})

    def back(self) -> None:
        self._tell("POST", "/back", {})

    def run(self, script: str, *given: Any) -> Any:
        return self._tell("POST", "/execute/sync", {"script": script, "args": list(given)})

    def press(self, *keys: str) -> None:
        self._tell("POST", "/actions", {"actions": _pressed(keys)})

    def close(self) -> None:
        try:
            self._tell("DELETE", "", None)
        finally:
            super().close()

    def _tell(self, method: str, path: str, given: Optional[Dict[str, Any]]) -> Any:
        answer = requests.request(method, self._base + path, json=given, timeout=START)
        if not answer.ok:
            raise requests.HTTPError(f"{path}: {answer.text[:300]}")
        return answer.json()["value"]


def _pressed(keys: Any) -> List[Dict[str, Any]]:
    named = {"Shift": "\ue008", "Enter": "\ue007"}
    strokes = [{"type": kind, "value": named.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": strokes}]


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + START
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=START)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
