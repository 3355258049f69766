"""Requests that are too big, or that break something of ours: a small clear answer with the numbers, and danger in them is heard."""
import http.client
import json
import time
from types import SimpleNamespace

import pytest

from bot.channel.build import build_door
from bot.channel.pages import help_for
from bot.widget.pages import Pages
from bot.words import load_words

DANGER = "he is strangling my sister right now"


def send(chat, path, body, kind="application/json", accept="*/*"):
    """The answer, also to a body that is cut off while it is sent."""
    host = http.client.HTTPConnection(chat.base.partition("//")[2], timeout=30)
    try:
        host.request("POST", path, body, {"Content-Type": kind, "Accept": accept})
    except (BrokenPipeError, ConnectionResetError):
        pass        # the answer is there before all of the body is
    reply = host.getresponse()
    return reply.status, reply.read().decode()


@pytest.mark.parametrize("size", [70_000, 1_900_000, 2_100_000, 9_000_000])
def test_a_message_that_is_far_too_long_gets_the_numbers(chat, size):
    began = time.monotonic()
    status, text = send(chat, "/webhooks/website/webhook", json.dumps({"session": "x", "message": "a " * (size // 2)}).encode())
    assert status == 413 and time.monotonic() - began < 10
    said = json.loads(text)
    assert any("999" in m["text"] and "01752 668000" in m["text"] for m in said["messages"])
    assert "4,000" in said["error"]["message"] and len(text) < 3000


@pytest.mark.parametrize("path", ["/help/chat", "/help/tell"])
def test_a_form_that_is_far_too_long_gets_a_page_with_the_numbers(chat, path):
    status, text = send(chat, path, b"message=" + b"a+" * 1_200_000, "application/x-www-form-urlencoded", "text/html")
    assert status == 413 and "999" in text and "01752 668000" in text and "<h1>" in text


@pytest.fixture(scope="module")
def door():
    async def rasa(_conversation, _words):
        return []
    return build_door(rasa)


def answer(door, body, html=False, error=None):
    words = load_words()
    return help_for(words, error or RuntimeError(DANGER), door, SimpleNamespace(body=body, headers={}), Pages(words) if html else None)


@pytest.mark.parametrize("body", [json.dumps({"session": "x", "message": DANGER}).encode(), f"session=x&message={DANGER.replace(' ', '+')}".encode(),
                                  json.dumps([DANGER]).encode(), DANGER.encode()])
@pytest.mark.parametrize("html", [False, True])
def test_when_something_of_ours_breaks_danger_is_heard_all_the_same(door, body, html):
    reply = answer(door, body, html)
    text = reply.body.decode()
    assert reply.status == 500 and "01752 668000" in text
    if html:
        assert text.index("999") < text.index("01752 668000")
    else:
        assert "999" in json.loads(text)["messages"][0]["text"][:60]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", pytest.param(b"[" * 50_000, id="50,000 brackets"), None])
def test_whatever_the_body_is_the_numbers_are_there(door, body):
    assert "999" in answer(door, body).body.decode()


@pytest.mark.parametrize("where", ["{danger} {much}", "{much} {danger}"])
def test_of_megabytes_both_ends_are_heard_and_nobody_waits_for_the_rest(door, where):
    began = time.thread_time()
    reply = answer(door, where.format(danger=DANGER, much="and then the bus was late again " * 60_000).encode())
    assert "999" in json.loads(reply.body)["messages"][0]["text"][:60]
    assert time.thread_time() - began < 5


def test_even_if_the_net_is_what_broke(door, monkeypatch, caplog):
    monkeypatch.setattr(door._net, "check", lambda *_: 1 / 0)
    assert "999" in answer(door, DANGER.encode()).body.decode()
    assert "strangling" not in caplog.text
