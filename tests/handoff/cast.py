"""Who and what appears in the tests of contacts: a contact, a clock, and a desk that can have bad luck."""
import logging
import socket
import threading
import time
from datetime import datetime, timedelta, timezone

from bot.desk.app import create_app
from bot.desk.inbox import Inbox
from bot.desk.server import make_server
from bot.handoff.sealing import make_keys
from bot.handoff.settings import DeskSettings, HandoffSettings

MARKER = "heron-lantern-4471"       # what a person typed: it must be found nowhere
IMPATIENT = 0.4                     # seconds that a worker waits for a desk that is meant to be slow
SECRET = b"a secret of the tests, long enough for it"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=timezone.utc)


def a_contact(**answers):
    """A contact whose every answer holds the marker."""
    said = {"worry": f"I saw {MARKER} — he was crying 😟", "parents": f"mum is {MARKER}", **answers}
    return {"schema": 2, "path": "public", "first": [], "answers": {**{key: {"state": "given", "said": words} for key, words in said.items()},
                                                                   "you": {"state": "skipped", "anonymous": True}},
            "children": [{"child": {"state": "given", "said": f"Sam {MARKER}"}, "birth": {"state": "given", "said": "about 6", "kind": "age", "years": 6}}]}


class Clock:
    """A clock that moves when told to."""

    def __init__(self, now=MONDAY):
        self.now = now

    def __call__(self):
        return self.now

    def moves(self, **how_far):
        self.now += timedelta(**how_far)


class Desk:
    """The real desk, in a thread, behind a door that can be told to have bad luck.

    ``luck`` is a list of what befalls the next requests; when it is empty all goes well.
    """

    def __init__(self, folder, clock=None):
        make_keys(folder / "keys")
        self.luck, self.requests, self.headers = [], 0, []
        self.settings = DeskSettings(f"sqlite:///{folder}/desk.db", "http://127.0.0.1:0", 0, folder / "keys", SECRET)
        self.app = create_app(self.settings, *([clock] if clock else []))
        self.inbox = Inbox.open(self.settings.database_url, self.settings.keys)
        self._server = make_server(self.settings, self._door)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def received(self):
        """The references the desk has, once for each time it has them."""
        return [c.reference for c in self.inbox.list_contacts()]

    def worker_settings(self, database_url):
        return HandoffSettings(database_url, self.url, self.settings.keys, SECRET)

    def closes(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _door(self, environ, start_response):
        if environ["PATH_INFO"] != "/inbox":
            return self.app(environ, start_response)
        self.requests += 1
        self.headers.append({k: v for k, v in environ.items() if k.startswith("HTTP_")})
        luck = self.luck.pop(0) if self.luck else "well"
        if luck in ("busy", "gone", "already", "too many", "hello"):
            status = {"busy": "503 Busy", "gone": "410 Gone", "already": "409 Conflict", "too many": "429 Too many",
                      "hello": "200 OK"}[luck]
            start_response(status, [("Content-Type", "text/html")])
            return [b"<p>hello"]
        if luck == "redirect":
            start_response("302 Found", [("Location", f"{self.url}/")])
            return []
        if luck in ("slow", "cut"):
            return self._lost(environ, luck)
        answer = self.app(environ, start_response)
        if luck in ("kept, then slow", "kept, then cut"):       # the desk has it, and the worker does not hear so
            return self._lost(environ, luck.rpartition(" ")[2])
        return answer

    @staticmethod
    def _lost(environ, how):
        if how == "slow":
            time.sleep(IMPATIENT + 0.2)
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return []


class Everything(logging.Handler):
    """Keeps every log line of every library, at every level, with its traceback."""

    def __init__(self):
        super().__init__(logging.NOTSET)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    @property
    def text(self):
        return "\n".join(self.lines)
