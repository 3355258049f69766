import socket
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
import requests

from bot.desk.app import create_app
from bot.desk.server import PortTaken, make_server
from bot.handoff.sealing import SealingError
from bot.handoff.settings import DeskSettings
from tests.handoff.cast import MARKER, MONDAY, SECRET
from tests.handoff.test_parcel import ID, a_parcel


class Page(HTMLParser):
    """Keeps the tags and their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name):
        return [attrs for tag, attrs in self.tags if tag == name]


@pytest.fixture
def get(desk):
    return lambda path="/": requests.get(desk.url + path, timeout=5)


def test_the_page_lists_reference_time_and_state_and_nothing_personal(desk, get):
    desk.inbox.keep(a_parcel(received_at=datetime(2026, 7, 1, 8, 5, tzinfo=timezone.utc)), MONDAY)
    page = get().text
    assert "CDFH-JKMN" in page and "Wednesday 1 July 2026, 09:05" in page and "Not opened yet" in page
    assert MARKER not in page and "Sam" not in page


def test_the_page_says_when_a_contact_was_opened_but_not_by_whom(desk, get):
    desk.inbox.keep(a_parcel(), MONDAY)
    desk.inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
    page = get().text
    assert "<td>Opened</td>" in page and "Okafor" not in page


def test_an_empty_desk_says_so(get):
    assert "No contacts have arrived." in get().text


def test_the_page_can_be_read_by_everybody(desk, get):
    desk.inbox.keep(a_parcel(), MONDAY)
    page = Page(get().text)
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == len(page.all("caption")) == 1
    assert {attrs["scope"] for attrs in page.all("th")} == {"col", "row"}


@pytest.mark.parametrize("path", ["/", "/health", "/desk.css", "/nothing"])
def test_no_page_runs_scripts_is_framed_or_is_kept(get, path):
    reply = get(path)
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; base-uri 'none'")
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store" and reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script" not in reply.text and "style=" not in reply.text and "Set-Cookie" not in reply.headers


def test_the_style_sheet_is_there(get):
    page = Page(get().text)
    assert get(page.all("link")[0]["href"]).headers["Content-Type"].startswith("text/css")


def test_health_counts_and_says_how_long_the_oldest_waits(desk, get):
    assert get("/health").json() == {"status": "ok", "contacts": {"delivered": 0, "seen": 0}, "oldest_unopened": None}
    desk.inbox.keep(a_parcel(), MONDAY)
    desk.inbox.keep(a_parcel(contact_id=ID.replace("6", "7"), reference="CDFH-JKMP",
                             received_at=MONDAY + timedelta(hours=1)), MONDAY)
    desk.inbox.show("CDFH-JKMN", "Ade Okafor", MONDAY)
    assert get("/health").json() == {"status": "ok", "contacts": {"delivered": 1, "seen": 1},
                                     "oldest_unopened": "2026-11-23T10:30:00+00:00"}


def test_health_is_not_ok_when_the_database_is_not(desk, get):
    with desk.inbox.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE desk_contact RENAME TO away")
    assert get("/health").status_code == 503


def test_a_taken_port_is_said_clearly(desk, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = DeskSettings(f"sqlite:///{tmp_path}/d.db", f"http://127.0.0.1:{port}", port, desk.settings.keys, SECRET)
        with pytest.raises(PortTaken, match=f"port {port} .*FRONTDOOR_DESK_PORT"):
            make_server(settings)


def test_the_desk_listens_on_this_machine_only(desk):
    assert desk._server.server_address[0] == "127.0.0.1"


def test_a_desk_without_keys_does_not_start(tmp_path):
    with pytest.raises(SealingError, match="contact.public"):
        create_app(DeskSettings(f"sqlite:///{tmp_path}/d.db", "http://127.0.0.1:5080", 5080, tmp_path, SECRET))
