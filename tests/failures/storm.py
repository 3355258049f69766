"""A storm over the delivery: real workers killed with SIGKILL, a receiver in every mood, databases that go away, clocks that jump."""
from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Callable, Dict, List, Optional

from bot.handoff.database import utc_now
from bot.handoff.outbox import put_back, stuck
from bot.handoff.sealing import make_keys, read_public
from bot.handoff.signing import why_refused
from bot.handoff.store import NotKept, Store

SECRET = "a secret of the storm, long enough for it"
MOODS = ("500", "503", "hang", "kept, then hang", "302", "409 after keeping", "garbage", "cut", "kept, then cut", "kept, then 500")
# A worker in a hurry, whose clock is wrong by argv[1] seconds: the same code with shorter waits.
WORKER = """
import os, sys, threading
from datetime import timedelta
from bot.handoff import delivery, outbox, worker
from bot.handoff.database import utc_now
from bot.handoff.settings import HandoffSettings
outbox.LEASE, outbox.FIRST_PAUSE, outbox.LONGEST_PAUSE = timedelta(seconds=3), timedelta(seconds=0.2), timedelta(seconds=1)
delivery.TIMEOUT = (1, 1)
skew = timedelta(seconds=float(sys.argv[1]))
worker.run(HandoffSettings.from_env(os.environ), threading.Event(), clock=lambda: utc_now() + skew, pause=0.05)
"""


class Receiver:
    """Keeps contacts by their id, and answers well ``calm`` of the time. Contacts in ``poisoned`` are never taken."""

    def __init__(self, calm: float = 0.8) -> None:
        self.calm, self.kept, self.times, self.poisoned = calm, {}, {}, set()
        self.requests, self._lock = 0, threading.Lock()
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, door: BaseHTTPRequestHandler) -> None:
        body = door.rfile.read(int(door.headers["Content-Length"]))
        if door.path != "/inbox":
            return self._say(door, 404, b"{}")
        self.requests += 1
        try:
            content = json.loads(body)
        except ValueError:      # the worker was killed while it sent
            return None
        assert why_refused(SECRET.encode(), dict(door.headers), body, utc_now()) != "does not match"
        if content["reference"] in self.poisoned:
            return self._say(door, 500, b"")
        mood = "well" if random.random() < self.calm else random.choice(MOODS)
        if mood == "well" or "kept" in mood or "keeping" in mood:
            with self._lock:
                self.kept.setdefault(content["id"], content)
                self.times.setdefault(content["reference"], time.time())
        if mood in ("well", "500", "503", "302"):
            return self._say(door, 201 if mood == "well" else int(mood), b'{"state": "delivered"}')
        if mood == "409 after keeping":
            return self._say(door, 409, b"{}")
        if mood == "garbage":
            return self._say(door, 200, b"\x00<html>" * 50)
        if mood == "kept, then 500":
            return self._say(door, 500, b"")
        if "hang" in mood:
            time.sleep(1.3)
        door.close_connection = True
        door.connection.close()

    @staticmethod
    def _say(door: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        try:
            door.send_response(status)
            door.send_header("Content-Length", str(len(body)))
            if status == 302:
                door.send_header("Location", "/sign-in")
            door.end_headers()
            door.wfile.write(body)
        except OSError:
            pass        # the worker was killed or did not wait

    def closes(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Storm:
    """``contacts`` are handed over while ``kills`` workers die; then it clears up, and nothing may be missing."""

    def __init__(self, url: str, folder: Path, contacts: int, kills: int, poison: float = 0.05, calm: float = 0.8, skewed: bool = True) -> None:
        self.url, self.contacts, self.kills, self.poison, self.skewed = url, contacts, kills, poison, skewed
        self._bad = frozenset(random.sample(range(contacts), round(contacts * poison)))     # as many each time, others each time
        self.keys, self.other_keys = folder / "keys", folder / "other"
        make_keys(self.keys)
        make_keys(self.other_keys)
        self.store, self.receiver = Store.open(url), Receiver(calm)
        self.promised: Dict[str, str] = {}      # reference: what was said
        self.poisoned: List[str] = []
        self.handed_over: Dict[str, float] = {}
        self.not_kept = 0       # how often somebody was told that it could not be saved
        self._pace = 2 * 4 * 1.9 * kills / contacts     # so that it lasts as long as the kills do
        self._lock, self._workers = threading.Lock(), []

    def start_worker(self) -> None:
        skew = random.choice((0, 0, -7200, 7200, 86400, -86400)) if self.skewed else 0
        env = {**os.environ, "PYTHONPATH": os.getcwd(), "FRONTDOOR_DATABASE_URL": self.url, "FRONTDOOR_DESK_URL": self.receiver.url,
               "FRONTDOOR_KEYS": str(self.keys), "FRONTDOOR_DESK_SECRET": SECRET, "PYTHONWARNINGS": "ignore"}
        self._workers.append(subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORKER, str(skew)], env=env, stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL))

    def hand_over(self, numbers: range) -> None:
        """Promise contacts as the chat does: a reference counts only once ``receive`` returned it."""
        for number in numbers:
            bad = self.poison > 0 and number in self._bad
            sealed_wrongly = bad and number % 2
            words = f"what somebody said, number {number}"
            key, draft = read_public(self.other_keys if sealed_wrongly else self.keys), str(uuid.uuid4())
            while True:
                try:
                    receipt = self.store.receive({"worry": words}, "public", key, utc_now(), contact_id=draft)
                    break
                except NotKept:     # they are told so, their answers are still there, and they try again
                    with self._lock:
                        self.not_kept += 1
                    time.sleep(0.5)
            with self._lock:
                self.promised[receipt.reference] = words
                self.handed_over[receipt.reference] = time.time()
                if bad:
                    self.poisoned.append(receipt.reference)
                    self.receiver.poisoned.add(receipt.reference)
            time.sleep(random.uniform(0, self._pace))

    def rages(self, trouble: Optional[Callable[["Storm"], None]] = None, workers: int = 1) -> None:
        """Hand everything over in four threads while workers are killed and started, and ``trouble`` happens to the database."""
        share = -(-self.contacts // 4)
        threads = [threading.Thread(target=self.hand_over, args=(range(n * share, min((n + 1) * share, self.contacts)),)) for n in range(4)]
        if trouble:
            threads.append(threading.Thread(target=trouble, args=(self,)))
        for _ in range(workers):
            self.start_worker()
        for thread in threads:
            thread.start()
        for _ in range(self.kills):
            time.sleep(random.uniform(1.2, 2.6))
            victim = self._workers.pop(random.randrange(len(self._workers)))
            victim.kill()
            victim.wait()
            self.start_worker()
            self.mend()
        for thread in threads:
            thread.join()

    def mend(self) -> None:
        """A person puts back what is stuck, where that can help."""
        try:
            for one in stuck(self.store):
                if one.reference not in self.poisoned:
                    put_back(self.store, one.reference, "Ade Okafor", utc_now())
        except Exception:
            time.sleep(0.2)     # the database is away: later

    def clears_up(self, seconds: float = 240) -> None:
        """Wait until every good contact has arrived, and stop."""
        self.receiver.calm = 1.0
        self.waits_for_the_good(seconds)
        self.stops()

    def waits_for_the_good(self, seconds: float) -> None:
        """Wait until every good contact has arrived, at most so long."""
        end = time.monotonic() + seconds
        while len(self.receiver.times) < len(self.promised) - len(self.poisoned) and time.monotonic() < end:
            self.mend()
            time.sleep(0.1)

    def warms_up(self) -> None:
        """Wait until a worker delivers; what that took is not counted."""
        poison, self.poison = self.poison, 0.0
        self.hand_over(range(1))
        self.waits_for_the_good(60)
        self.handed_over.clear()
        self.poison = poison

    def stops(self) -> None:
        for worker in self._workers:
            worker.kill()
            worker.wait()
        self._workers.clear()

    def delays(self) -> List[float]:
        """Seconds from the commit to the receiver, of the good ones."""
        return sorted(self.receiver.times[r] - at for r, at in self.handed_over.items() if r not in self.poisoned and r in self.receiver.times)

    def closes(self) -> None:
        self.stops()
        self.receiver.closes()
        self.store.engine.dispose()
