"""The real desk in a process of its own, for tests and measurements: filled first, then started, asked over HTTP, stopped afterwards."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.desk.demonstration import demonstration_link
from bot.desk.desk import Desk
from bot.desk.settings import from_environment
from bot.handoff.database import utc_now
from tests.service import ROOT, free_port, wait_until_up


class DeskProcess:
    """A desk with its data in ``folder``. Put into ``desk`` what it is to hold; ``link`` is the demonstration manager's; ``env`` is its environment."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.env = {**{k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_")}, "PYTHONPATH": str(ROOT), "FRONTDOOR_DESK_PORT": str(port),
                     "FRONTDOOR_DESK_URL": self.url, "FRONTDOOR_DESK_DATABASE_URL": f"sqlite:///{folder}/desk.db",
                     "FRONTDOOR_KEYS": str(folder / "keys"), "FRONTDOOR_DATABASE_URL": f"sqlite:///{folder}/contacts.db"}
        self.link = demonstration_link(self.env)
        self.desk = Desk.build(*from_environment(self.env), utc_now)

    def __enter__(self) -> "DeskProcess":
        self._server = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot.desk.server"], cwd=ROOT, env=self.env,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until_up(self.url, self._server)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(15)
