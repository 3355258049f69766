import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
import responses

from bot.handoff.delivery import ask_desk, deliver, desk_rings
from bot.handoff.outbox import Delivered, NeedsAPerson, TryLater
from bot.handoff.settings import HandoffSettings
from tests.handoff.cast import IMPATIENT, MARKER, SECRET
from tests.handoff.test_parcel import ID, a_parcel


@pytest.fixture
def settings(desk):
    return desk.worker_settings("sqlite:///unused.db")


def test_the_desk_takes_a_contact_and_the_worker_believes_its_receipt(desk, settings, clock):
    assert deliver(a_parcel(), settings, clock) == Delivered()
    assert desk.received == ["CDFH-JKMN"]
    assert desk.headers[0]["HTTP_IDEMPOTENCY_KEY"] == ID


def test_a_repeat_is_delivered_too_and_the_desk_has_it_once(desk, settings, clock):
    assert [deliver(a_parcel(), settings, clock) for _ in range(3)] == [Delivered()] * 3
    assert desk.received == ["CDFH-JKMN"]


@pytest.mark.parametrize("luck, outcome", [
    ("busy", TryLater("http 503")), ("too many", TryLater("http 429")), ("gone", NeedsAPerson("http 410")),
    ("already", Delivered()), ("redirect", NeedsAPerson("http 302")), ("hello", NeedsAPerson("http 200 without a receipt")),
    ("slow", TryLater("ReadTimeout")), ("cut", TryLater("ConnectionError"))])
def test_every_answer_of_the_desk_lands_in_one_of_three_piles(desk, settings, clock, monkeypatch, luck, outcome):
    desk.luck = [luck]
    if luck == "slow":
        monkeypatch.setattr("bot.handoff.delivery.TIMEOUT", (10, IMPATIENT))
    assert deliver(a_parcel(), settings, clock) == outcome
    assert desk.requests == 1, "a redirect is not followed"
    assert desk.received == []


LATER = (408, 425, 429, 500, 502, 503, 504, 599)
NEVER = (204, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 413, 415, 422)


@pytest.mark.parametrize("status, outcome", [(s, TryLater) for s in LATER] + [(s, NeedsAPerson) for s in NEVER])
def test_every_status_has_its_pile(desk, settings, clock, status, outcome):
    with responses.RequestsMock() as web:
        web.post(f"{desk.url}/inbox", status=status, json={"state": "delivered"}, headers={"Location": desk.url})
        assert deliver(a_parcel(), settings, clock) == outcome(f"http {status}")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"delivered", b'{"state": "refused"}',
                                  b'{"state": "delivered"' + b" " * 20000])
def test_two_hundred_alone_is_not_a_receipt(desk, settings, clock, body):
    with responses.RequestsMock() as web:
        web.post(f"{desk.url}/inbox", status=200, body=body)
        assert deliver(a_parcel(), settings, clock) == NeedsAPerson("http 200 without a receipt")


@pytest.fixture
def in_pieces():
    """A receiver that answers in the pieces that a test puts into ``answer``, and breaks off where one is None."""
    answer = []

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201 if self.path == "/inbox" else 200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in answer:
                if piece is None:
                    return self.connection.close()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield HandoffSettings("sqlite:///unused.db", f"http://127.0.0.1:{server.server_port}", Path("."), SECRET), answer
    server.shutdown()
    server.server_close()


def test_a_receipt_that_comes_in_pieces_is_a_receipt(in_pieces, clock):
    settings, answer = in_pieces
    answer += [b'{"state"', b': "deli', b'vered"}']
    assert deliver(a_parcel(), settings, clock) == Delivered()


def test_a_receipt_that_breaks_off_is_tried_later(in_pieces, clock):
    settings, answer = in_pieces
    answer += [b'{"state"', None]
    assert isinstance(deliver(a_parcel(), settings, clock), TryLater)


@pytest.mark.parametrize("pieces", [[b'{"rings": tr', None], [b'{"rings": tr'], [b"[" * 60_000]])
def test_a_desk_that_breaks_off_does_not_keep_the_bell_from_ringing(in_pieces, clock, monkeypatch, pieces):
    monkeypatch.setattr("bot.handoff.delivery.TIMEOUT", (10, IMPATIENT))
    settings, answer = in_pieces
    answer += pieces
    assert desk_rings(settings, clock) is False and ask_desk((ID,), settings, clock) == {}


def test_a_desk_that_is_down_is_tried_later(tmp_path, clock):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = HandoffSettings("sqlite:///unused.db", url, tmp_path, SECRET)
    assert deliver(a_parcel(), settings, clock) == TryLater("ConnectionError")


def test_another_secret_needs_a_person(desk, settings, clock):
    stranger = HandoffSettings(settings.database_url, settings.desk_url, settings.keys, b"another secret of the same length")
    assert deliver(a_parcel(), stranger, clock) == NeedsAPerson("http 401")
    assert desk.received == []


def test_clocks_that_differ_too_much_need_a_person(desk, settings, clock):
    assert deliver(a_parcel(), settings, lambda: clock() - timedelta(minutes=6)) == NeedsAPerson("http 401")


def test_what_goes_to_this_same_machine_does_not_pass_through_a_proxy(desk, settings, clock, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert deliver(a_parcel(), settings, clock) == Delivered()


def test_no_outcome_repeats_what_was_typed(desk, settings, clock, everything_logged, monkeypatch):
    def explode(*_, **__):
        raise requests.ConnectionError(MARKER)

    monkeypatch.setattr(requests.Session, "send", explode)
    assert deliver(a_parcel(), settings, clock) == TryLater("ConnectionError")
    assert MARKER not in everything_logged.text
