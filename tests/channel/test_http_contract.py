"""The public HTTP contract, on the real process."""
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channel.door import spoken
from tests.answering import asked
from tests.service import ROOT, Service

WEBHOOK, SESSION, HISTORY = "/webhooks/website/webhook", "/webhooks/website/session", "/webhooks/website/history"


def test_a_session_begins_with_an_opaque_id_and_a_greeting(chat):
    status, body = chat.post(SESSION, {})
    assert status == 201
    assert len(body["session"]) >= 30
    assert "computer" in body["greeting"][0]["text"]


@pytest.mark.parametrize("session", ["default", "", "x" * 500, None, 7, ["a"], "../../etc", "abc\u0000def"])
def test_an_id_that_was_not_issued_here_is_refused_with_the_help_lines(chat, session):
    status, body = chat.post(WEBHOOK, {"session": session, "message": "hello"})
    assert status == 401
    assert body["error"]["code"] == "ended"
    assert "01752 668000" in str(body["messages"])


def test_two_people_never_share_a_conversation(chat):
    first, second = chat.begin(), chat.begin()
    assert asked(chat.say("can you write down a worry for me", first)) == "danger"
    assert asked(chat.say("no", second)) == ""
    assert asked(chat.say("read it back", first)) == "danger"


@pytest.mark.parametrize("command", ['/restart', '/contact_form', ' \n/greet{"note":"x"}', "\u200b/session_start", "//affirm", "/ danger_now@1.0",
                                     "\ufeff/greet", "\t / /back"])
def test_typed_commands_are_only_words(chat, command):
    session = chat.begin()
    assert asked(chat.say("can you write down a worry for me", session)) == "danger"
    chat.say(command, session)
    assert asked(chat.say("read it back", session)) == "danger", "the contact is still open, at the same question"


@given(text=st.text(alphabet=st.one_of(st.sampled_from("/ \n\t\u00a0\u2003\u200b\ufeff\0"), st.characters())))
@example(text="\n/restart")
@example(text="\u200b/\u200b/restart")
@example(text="\u00a0 / /restart")
def test_nothing_typed_is_ever_a_command(text):
    assert not spoken(text).strip().startswith("/")
    assert spoken(f"{text}heron").endswith("heron"), "and what was said is kept"


@pytest.mark.parametrize(("raw", "status"), [
    (b"", 400), (b"[]", 400), (b"null", 400), (b"{", 400), (b'"hello"', 400), (b"\xff\xfe", 400), pytest.param(b"[" * 60000, 400, id="60,000 brackets"),
])
def test_bad_json_gets_a_clear_error_and_the_help_lines(chat, raw, status):
    code, body = chat.post(WEBHOOK, None, raw=raw)
    assert code == status
    assert "Type it again" in body["error"]["message"]
    assert "0800 1111" in str(body["messages"])


@pytest.mark.parametrize("message", [None, 5, ["he is hitting me"], {"text": "x"}])
def test_a_message_that_is_not_text_is_refused(chat, message):
    assert chat.post(WEBHOOK, {"session": chat.begin(), "message": message})[0] == 400


def test_every_refusal_has_heard_danger_first(chat):
    long = "x " * 5000 + "he has a knife and he is strangling my mum"
    for status, body in (chat.post(WEBHOOK, {"session": chat.begin(), "message": long}),
                         chat.post(WEBHOOK, {"session": "not-ours", "message": "he has a knife and he is strangling my mum"}),
                         chat.post(WEBHOOK, None, raw=b'{"message": "he has a knife and he is strangling my mum"')):
        assert status in (400, 401, 413)
        assert "999" in body["messages"][0]["text"][:60]


def test_a_long_message_that_tells_of_wanting_to_die_is_met_with_care_first(chat):
    status, body = chat.post(WEBHOOK, {"session": chat.begin(), "message": "blah " * 2000 + ". i want to die"})
    assert status == 413
    assert "Thank you for telling me" in body["messages"][0]["text"]


def test_too_many_messages_are_refused_kindly_and_danger_is_still_heard(tmp_path):
    service = Service(tmp_path, FRONTDOOR_RATE_LIMIT="3").wait()
    try:
        session = service.begin()
        for _ in range(3):
            service.say("hello", session)
        status, body = service.post(WEBHOOK, {"session": session, "message": "he is strangling my sister"})
        assert status == 429
        assert "999" in body["messages"][0]["text"][:60]
    finally:
        service.stop()


def test_the_history_is_redrawn_and_leaving_forgets_it(chat):
    session = chat.begin()
    chat.say("what are the ten wishes", session)
    status, shown = chat.post(HISTORY, {"session": session})
    assert status == 200
    assert [m["from"] for m in shown[:1]] == ["bot"]
    assert any(m["from"] == "you" and m["text"] == "what are the ten wishes" for m in shown)
    assert chat.post(SESSION, {"session": session}, method="DELETE")[0] == 204
    assert chat.post(HISTORY, {"session": session})[0] == 401
    assert chat.post(WEBHOOK, {"session": session, "message": "hello"})[0] == 401


@pytest.mark.parametrize("path", ["/", "/help", "/help/chat", "/accessibility", "/page.css"])
def test_pages_are_served_with_strict_headers(chat, path):
    status, _, headers = chat.get(path)
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/conversations/x/tracker", "/model", "/model/parse", "/status", "/version", "/domain", "/webhooks/rest/webhook"])
def test_rasas_own_interface_is_not_there(chat, path):
    assert chat.get(path)[0] in (404, 405)


def test_health_says_that_it_is_whole(chat):
    status, body, _ = chat.get("/health")
    assert status == 200
    assert '"status":"whole"' in body


def test_no_reply_is_ever_empty(chat):
    for text in ("", " ", "?", "😭", "🔪🔪", "\u0000", "....", "ok", "ß" * 300, "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}"):
        assert chat.words(text).strip()


def test_a_taken_port_is_a_clear_error_and_a_failing_exit(chat):
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.serve"], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "FRONTDOOR_PORT": str(chat.port)})
    assert done.returncode == 2
    assert "FRONTDOOR_PORT" in done.stderr


def test_wrong_settings_are_all_named_at_once():
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.serve"], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "FRONTDOOR_PORT": "many", "FRONTDOOR_HOST": "0.0.0.0",
                               "FRONTDOOR_RATE_LIMIT": "off"})
    assert done.returncode == 2
    for name in ("FRONTDOOR_PORT", "FRONTDOOR_CONVERSATION_KEYS", "FRONTDOOR_RATE_LIMIT"):
        assert name in done.stderr
