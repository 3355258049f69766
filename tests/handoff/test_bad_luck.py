"""No run of bad luck loses a contact, and the desk has it exactly once: real desk, real HTTP, real files."""
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.handoff.database import utc_now
from bot.handoff.outbox import deliver_next, put_back
from bot.handoff.sealing import read_private, read_public
from bot.handoff.store import Store
from bot.handoff.tables import State
from bot.handoff.worker import send_opened
from tests.handoff.cast import IMPATIENT, MONDAY, SECRET, Clock, Desk, a_contact

AT_THE_DOOR = ["well", "busy", "too many", "gone", "redirect", "hello", "slow", "cut", "kept, then slow", "kept, then cut"]
CRASHES = ["crash before sending", "crash after sending"]
WORKER = [sys.executable, "-m", "bot.handoff.worker"]
WORKER_LATER = [sys.executable, "-c", """
import os, threading
from datetime import timedelta
from bot.handoff import worker
from bot.handoff.database import utc_now
from bot.handoff.settings import HandoffSettings
settings = HandoffSettings.from_env(os.environ)
worker.run(settings, threading.Event(), clock=lambda: utc_now() + timedelta(minutes=3), pause=0.05)
"""]


class Crash(BaseException):
    """The worker is gone: nothing after this line of it runs."""


class Journey:
    """One contact, one desk and workers that come and go."""

    def __init__(self, desk, monkeypatch, url):
        self.desk, self.monkeypatch, self.clock = desk, monkeypatch, Clock()
        self.store, self.settings = Store.open(url), desk.worker_settings(url)
        self.private = read_private(desk.settings.keys)
        self.reference = self.store.receive(a_contact(), "public", read_public(desk.settings.keys), MONDAY).reference

    def worker_runs(self, luck):
        self.desk.luck = [luck] if luck in AT_THE_DOOR else []
        # Impatient only with a desk that is meant to be slow: a busy machine is slow too.
        self.monkeypatch.setattr("bot.handoff.delivery.TIMEOUT", (10, IMPATIENT if "slow" in luck else 30))

        def send(claim):
            if luck == "crash before sending":
                raise Crash
            outcome = send_opened(claim, self.private, self.settings)
            if luck == "crash after sending":
                raise Crash
            return outcome

        try:
            deliver_next(self.store, send, self.clock)
        except Crash:
            pass
        self.clock.moves(hours=2)
        if self.store.counts(self.clock()).stuck:
            put_back(self.store, self.reference, "Ade Okafor", self.clock())


@pytest.fixture(scope="module")
def lucky_desk(tmp_path_factory):
    opened = Desk(tmp_path_factory.mktemp("desk"))
    yield opened
    opened.closes()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(luck=st.lists(st.sampled_from(AT_THE_DOOR + CRASHES), max_size=8))
def test_no_run_of_bad_luck_loses_a_contact_and_the_desk_has_it_once(lucky_desk, tmp_path_factory, monkeypatch, luck):
    journey = Journey(lucky_desk, monkeypatch, f"sqlite:///{tmp_path_factory.mktemp('luck')}/contacts.db")
    for event in luck:
        journey.worker_runs(event)
        assert lucky_desk.received.count(journey.reference) <= 1
    journey.worker_runs("well")
    assert lucky_desk.received.count(journey.reference) == 1
    assert journey.store.state_of(journey.reference, journey.clock()).state is State.DELIVERED
    assert lucky_desk.inbox.show(journey.reference, "Ade Okafor", MONDAY).contact == a_contact()


@pytest.mark.parametrize("luck", AT_THE_DOOR + CRASHES)
def test_each_kind_of_bad_luck_ends_well_on_each_database(lucky_desk, database_url, monkeypatch, luck):
    journey = Journey(lucky_desk, monkeypatch, database_url)
    for event in (luck, luck, "well"):
        journey.worker_runs(event)
    assert lucky_desk.received.count(journey.reference) == 1
    assert journey.store.state_of(journey.reference, journey.clock()).state is State.DELIVERED
    journey.store.engine.dispose()


@pytest.fixture
def workers(lucky_desk, database_url):
    """Starts real worker processes, and ends the ones it started."""
    env = {**os.environ, "PYTHONPATH": os.getcwd(), "FRONTDOOR_DATABASE_URL": database_url,
           "FRONTDOOR_DESK_URL": lucky_desk.url, "FRONTDOOR_KEYS": str(lucky_desk.settings.keys),
           "FRONTDOOR_DESK_SECRET": SECRET.decode()}
    started = []

    def start(command):
        started.append(subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        print(process.communicate()[0])     # shown when the test fails


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_a_worker_killed_between_sending_and_recording_delivers_exactly_once(lucky_desk, database_url, workers, monkeypatch):
    store, kept, go_on = Store.open(database_url), threading.Event(), threading.Event()
    real, requests_before = lucky_desk.app.wsgi_app, lucky_desk.requests

    def keep_then_hold(environ, start_response):
        answer = real(environ, start_response)
        if environ["PATH_INFO"] == "/inbox":  # the worker's pulse knocks too, and is not what is held
            kept.set()
            go_on.wait(20)
        return answer

    reference = store.receive(a_contact(), "public", read_public(lucky_desk.settings.keys), utc_now()).reference
    monkeypatch.setattr(lucky_desk.app, "wsgi_app", keep_then_hold)
    first = workers(WORKER)
    assert kept.wait(20), "the worker sent nothing"
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    go_on.set()
    assert store.state_of(reference, utc_now()).state is State.SENDING, "it died before it could record"
    assert lucky_desk.received.count(reference) == 1
    workers(WORKER_LATER)
    until(lambda: store.state_of(reference, utc_now()).state is State.DELIVERED)
    assert lucky_desk.received.count(reference) == 1
    assert lucky_desk.requests - requests_before == 2, "it was sent twice, and the desk knew the repeat"
    store.engine.dispose()


def test_a_worker_delivers_beats_and_stops_when_asked(lucky_desk, database_url, workers):
    store = Store.open(database_url)
    seal_with = read_public(lucky_desk.settings.keys)
    references = [store.receive(a_contact(), "public", seal_with, utc_now()).reference for _ in range(3)]
    worker = workers(WORKER)
    until(lambda: store.counts(utc_now()).delivered == 3)
    until(lambda: store.last_beat() is not None)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=15)
    assert worker.returncode == 0 and "worker_stopped" in said
    assert all(lucky_desk.received.count(reference) == 1 for reference in references)
    store.engine.dispose()
