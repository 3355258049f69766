"""Several destinations at once: each is carried on its own, by HTTP or by a real mail server."""
import email
import email.policy
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from docx import Document

from bot.handoff.delivery import deliver
from bot.handoff.destinations import Mail, Webhook
from bot.handoff.outbox import Delivered, NeedsAPerson, TryLater, deliver_next
from bot.handoff.sealing import read_private
from bot.handoff.settings import HandoffSettings, StoreSettings
from bot.handoff.signing import Purpose, why_refused
from bot.handoff.tables import State, outbox_table
from bot.handoff.worker import send_opened
from bot.settings import SettingsError
from tests.handoff.cast import MARKER, MONDAY, SECRET, a_contact
from tests.handoff.test_parcel import ID, a_parcel
from tests.handoff.test_store import rows
from tests.service import free_port


class Postbox:
    """A real mail server that keeps what arrives, or answers as it is told."""

    def __init__(self):
        self.answer, self.goodbye, self.letters = "250 kept", "221 Bye", []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.controller.start()

    async def handle_QUIT(self, server, session, envelope):
        if self.goodbye == "hangs up":
            server.transport.abort()
        return self.goodbye

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.answer

    def mail(self, **changed):
        return Mail(**{**dict(host="127.0.0.1", port=self.controller.port, over="plain", sender="chat@example.org", to="team@example.org"), **changed})


@pytest.fixture
def postbox():
    opened = Postbox()
    yield opened
    opened.controller.stop()


@pytest.fixture
def partner():
    """A partner's system that keeps contacts by their id and checks the signature."""
    kept, answers = {}, []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = answers.pop(0) if answers else 201
            if status == 201:
                assert why_refused(SECRET, dict(self.headers), body, MONDAY, Purpose.ALARM if b'"alarms"' in body else Purpose.CONTACT) is None
                kept.setdefault(self.headers["Webhook-Id"], []).append(json.loads(body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b'{"state": "delivered"}')

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Webhook(f"http://127.0.0.1:{server.server_port}/in", SECRET), kept, answers
    server.shutdown()
    server.server_close()


def with_others(desk, url="sqlite:///unused.db", **others):
    plain = desk.worker_settings(url)
    return HandoffSettings(plain.database_url, plain.desk_url, plain.keys, plain.desk_secret, others)


def test_a_mail_says_that_a_contact_waits_and_nothing_of_what_was_said(desk, postbox, clock):
    settings = with_others(desk, post=postbox.mail())
    assert deliver(a_parcel(), settings, clock, "post") == Delivered()
    [letter] = postbox.letters
    assert "CDFH-JKMN" in letter["Subject"] and "CDFH-JKMN" in letter.get_body().get_content()
    assert MARKER not in letter.as_string() and ID in letter["Message-ID"]


def test_where_the_partnership_allows_it_the_contact_is_attached(desk, postbox, clock):
    assert deliver(a_parcel(), with_others(desk, post=postbox.mail(content="form")), clock, "post") == Delivered()
    [attached] = [part for part in postbox.letters[0].iter_attachments() if part.get_filename().endswith(".json")]
    assert json.loads(attached.get_content())["contact"] == a_contact()
    [form] = [part for part in postbox.letters[0].iter_attachments() if part.get_filename().endswith(".docx")]
    said = "\n".join(part.text for part in Document(io.BytesIO(form.get_content())).element.body.iter() if part.text)
    assert MARKER in said and a_parcel().reference in said and "was sent" in said and "before the contact was sent" not in said


def test_a_template_that_cannot_be_used_does_not_hold_up_the_contact(desk, postbox, clock, tmp_path, monkeypatch, everything_logged):
    monkeypatch.setenv("FRONTDOOR_MASH_TEMPLATE", str(tmp_path / "gone.docx"))
    assert deliver(a_parcel(), with_others(desk, post=postbox.mail(content="form")), clock, "post") == Delivered()
    assert [part.get_filename().rpartition(".")[2] for part in postbox.letters[0].iter_attachments()] == ["json"]
    assert "form_not_attached" in everything_logged.text and MARKER not in everything_logged.text


@pytest.mark.parametrize("answer, outcome", [("451 later", TryLater("smtp 451")), ("554 never", NeedsAPerson("smtp 554"))])
def test_a_mail_servers_answer_lands_in_one_of_three_piles(desk, postbox, clock, answer, outcome):
    postbox.answer = answer
    assert deliver(a_parcel(), with_others(desk, post=postbox.mail()), clock, "post") == outcome


@pytest.mark.parametrize("goodbye", ["421 too busy to part", "250 what", "554 never come back", "hangs up"])
def test_what_a_mail_server_took_is_not_sent_again_because_of_its_goodbye(desk, postbox, clock, goodbye):
    postbox.goodbye = goodbye
    assert deliver(a_parcel(), with_others(desk, post=postbox.mail()), clock, "post") == Delivered()
    assert len(postbox.letters) == 1


def test_a_mail_server_that_is_away_is_tried_later_and_one_without_encryption_needs_a_person(desk, postbox, clock):
    assert isinstance(deliver(a_parcel(), with_others(desk, post=postbox.mail(port=free_port())), clock, "post"), TryLater)
    assert isinstance(deliver(a_parcel(), with_others(desk, post=postbox.mail(over="starttls")), clock, "post"), NeedsAPerson)
    assert postbox.letters == []


def test_a_destination_that_is_not_set_up_needs_a_person(desk, clock):
    assert deliver(a_parcel(), with_others(desk), clock, "nowhere") == NeedsAPerson("this destination is not set up")


def test_one_destination_that_is_down_does_not_hold_up_the_others(desk, postbox, partner, store, public_key, clock):
    to, kept, answers = partner
    answers += [500, 500]
    settings = with_others(desk, str(store.engine.url), post=postbox.mail(), casework=to)
    receipt = store.receive(a_contact(), "public", public_key, MONDAY, destinations=("desk", "post", "casework"))
    private = read_private(desk.settings.keys)
    for _ in range(3):
        deliver_next(store, lambda claim: send_opened(claim, private, settings, clock), clock)
    assert desk.received == [receipt.reference] and len(postbox.letters) == 1 and kept == {}
    assert store.state_of(receipt.reference, clock()).state is State.WAITING, "the most worrying destination counts"
    for _ in range(3):
        clock.moves(hours=2)
        deliver_next(store, lambda claim: send_opened(claim, private, settings, lambda: MONDAY), clock)
    assert [len(copies) for copies in kept.values()] == [1]
    assert store.state_of(receipt.reference, clock()).state is State.DELIVERED
    assert {row.destination for row in rows(store, outbox_table)} == {"desk", "post", "casework"}


GOOD = {"FRONTDOOR_DESTINATIONS": "desk,casework,post", "FRONTDOOR_TO_CASEWORK_URL": "https://case.example.org/in", "FRONTDOOR_TO_CASEWORK_SECRET": "s" * 40,
        "FRONTDOOR_TO_POST_URL": "smtps://mail.example.org", "FRONTDOOR_TO_POST_FROM": "chat@example.org", "FRONTDOOR_TO_POST_ADDRESS": "team@example.org",
        "FRONTDOOR_ALARM_URL": "smtp://mail.example.org", "FRONTDOOR_ALARM_FROM": "chat@example.org", "FRONTDOOR_ALARM_ADDRESS": "duty@example.org",
        "FRONTDOOR_ALARM_HOURS": "2.5"}


def test_destinations_are_read_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = HandoffSettings.from_env(GOOD)
    assert settings.others["casework"] == Webhook("https://case.example.org/in", b"s" * 40)
    assert settings.others["post"] == Mail("mail.example.org", 465, "smtps", "chat@example.org", "team@example.org")
    assert (settings.alarm.over, settings.alarm_hours) == ("starttls", 2.5)
    assert StoreSettings.from_env(GOOD).destinations == ("desk", "casework", "post")
    assert "ssss" not in repr(settings)


@pytest.mark.parametrize("change, named", [
    ({"FRONTDOOR_DESTINATIONS": "desk,Case Work"}, "FRONTDOOR_DESTINATIONS"), ({"FRONTDOOR_TO_CASEWORK_URL": "http://case.example.org"}, "FRONTDOOR_TO_CASEWORK_URL"),
    ({"FRONTDOOR_TO_CASEWORK_SECRET": "short"}, "FRONTDOOR_TO_CASEWORK_SECRET"), ({"FRONTDOOR_TO_POST_URL": "smtps://me:hunter2@mail"}, "FRONTDOOR_TO_POST_URL"),
    ({"FRONTDOOR_TO_POST_ADDRESS": "nobody"}, "FRONTDOOR_TO_POST_ADDRESS"), ({"FRONTDOOR_TO_POST_CONTENT": "all"}, "FRONTDOOR_TO_POST_CONTENT"),
    ({"FRONTDOOR_TO_CASEWORK_URL": "ftp://case.example.org"}, "FRONTDOOR_TO_CASEWORK_URL"), ({"FRONTDOOR_ALARM_HOURS": "soon"}, "FRONTDOOR_ALARM_HOURS")])
def test_a_wrong_destination_stops_the_start_and_is_named(tmp_path, monkeypatch, change, named):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=named) as wrong:
        HandoffSettings.from_env({**GOOD, **change})
    assert "hunter2" not in str(wrong.value)
