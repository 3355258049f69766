"""The main journey in the engines of Firefox and of Safari: on another site, with the policy that we publish, a person chats and leaves."""
from __future__ import annotations

import http.server
import re
import threading
from typing import Iterator

import pytest
import requests

from tests.journeys import engines
from tests.journeys.engines import Engine
from tests.service import ROOT, Service, free_port

WIDGET = ROOT / "bot" / "widget"
CHAT = "document.querySelector('frontdoor-chat').shadowRoot"
READY = f"return {CHAT}.querySelector('.send').getAttribute('aria-disabled') === 'false' && !{CHAT}.querySelector('.log .turn:last-child')?.matches('.you')"
PRIVATE = "something private about next door"
ENGINES = {
    "firefox": (engines.Firefox, bool(engines.FIREFOX), "apt-get install firefox-esr (about 80 MB)"),
    "webkit": (engines.WebKit, bool(engines.WEBKIT and engines.MINI and engines.XVFB), "apt-get install webkit2gtk-driver xvfb (about 60 MB)"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """Somebody else's site that embeds the chat as the example does; /away is where its leave link goes."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    chat = Service(tmp_path_factory.mktemp("engines"), FRONTDOOR_ALLOWED_ORIGINS=base).wait()
    policy = re.search(r"Content-Security-Policy: ([\s\S]*?)\n```", (WIDGET / "README.md").read_text(encoding="utf-8"))
    assert policy
    page = re.sub(r'href="[^"]*"( rel="noreferrer" data-frontdoor-leave)', rf'href="{base}/away"\1', (WIDGET / "examples/plain.html").read_text(encoding="utf-8"))
    filled = {"page": page, "policy": " ".join(policy[1].split())}
    filled = {name: text.replace("https://chat.example.org", chat.base) for name, text in filled.items()}

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path != "/away":
                self.send_header("Content-Security-Policy", filled["policy"])
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Weather</title><h1>Weather</h1>" if self.path == "/away" else filled["page"].encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield base
    server.shutdown()
    chat.stop()


@pytest.fixture(scope="module", params=sorted(ENGINES))
def browser(request, tmp_path_factory) -> Iterator[Engine]:
    engine, here, install = ENGINES[request.param]
    if not here:
        pytest.skip(f"{request.param} is not on this machine: {install}")
    opened = engine(tmp_path_factory.mktemp(request.param))
    yield opened
    opened.close()


@pytest.fixture
def chat(browser: Engine, site: str) -> Engine:
    """The chat, opened on a fresh page with no chat before it."""
    browser.go(site + "/away")
    browser.run("sessionStorage.clear()")
    browser.go(site + "/")
    browser.until("return document.querySelector('frontdoor-chat')?.shadowRoot != null")
    browser.run("document.querySelector('[data-frontdoor-open]').click()")
    browser.until(f"return {CHAT}.querySelectorAll('.choices button').length > 2")
    return browser


def say(browser: Engine, words: str) -> str:
    turns = browser.run(f"return {CHAT}.querySelectorAll('.log .turn').length")
    browser.run(f"{CHAT}.querySelector('#box').value = arguments[0]; {CHAT}.querySelector('#box').focus()", words)
    browser.press("Enter")
    browser.until(f"return {CHAT}.querySelectorAll('.log .turn').length > {turns + 1}")
    browser.until(READY)
    return str(browser.run(f"return {CHAT}.querySelector('.log .turn:last-child').innerText"))


def left(browser: Engine, site: str) -> None:
    browser.until("return document.title === 'Weather'")
    assert browser.run("return [location.href, sessionStorage.length, localStorage.length, document.cookie]") == [site + "/away", 0, 0, ""]


def test_the_chat_opens_names_itself_and_puts_leaving_first(chat):
    assert chat.run(f"return {CHAT}.activeElement.id") == "title"
    assert chat.run(f"return getComputedStyle({CHAT}.querySelector('.panel')).position") == "fixed", "its styles are not blocked by the policy"
    assert chat.run(f"return {CHAT}.querySelector('.panel a, .panel button').className") == "leave"
    assert "Nobody is reading this live" in chat.run(f"return {CHAT}.querySelector('.panel').innerText")


def test_a_worry_a_button_and_danger_are_answered(chat):
    assert "Computer" in say(chat, "I am worried about the boy next door, he is often hungry")
    chat.run(f"[...{CHAT}.querySelectorAll('.choices button')].find(b => b.textContent === 'Yes, write it down').click()")
    chat.until(READY)
    assert "danger" in chat.run(f"return {CHAT}.querySelector('.log .turn:last-child').innerText")
    say(chat, "he is hitting my mum right now")
    assert chat.run(f"return {CHAT}.querySelector('.log .turn:last-child .urgent a').href").startswith("tel:")
    assert "Urgent: Call" in " ".join(chat.run(f"return {CHAT}.querySelector('[aria-live=assertive]').textContent").split()), "it is spoken at once"


def test_what_was_said_is_drawn_again_on_the_next_page_of_the_tab(chat, site):
    say(chat, PRIVATE)
    chat.go(site + "/next")
    chat.run("document.querySelector('[data-frontdoor-open]').click()")
    chat.until(f"return {CHAT}.querySelector('.scroll').innerText.includes('{PRIVATE}')")


def test_leave_now_leaves_and_back_shows_nothing(chat, site):
    say(chat, PRIVATE)
    chat.go(site + "/next")
    chat.run("document.querySelector('[data-frontdoor-open]').click()")
    chat.until(f"return {CHAT}.querySelector('.scroll').innerText.includes('{PRIVATE}')")
    chat.run(f"{CHAT}.querySelector('.panel .leave').click()")
    left(chat, site)
    chat.back()
    chat.until("return document.title !== 'Weather'")
    shown = f"document.querySelector('frontdoor-chat') && document.querySelector('frontdoor-chat').checkVisibility() ? {CHAT}.querySelector('.panel').innerText : ''"
    assert PRIVATE not in chat.run(f"return document.body.innerText + ({shown})"), "not even for a moment"
    chat.until(f"return !document.querySelector('frontdoor-chat') || !{CHAT}.textContent.includes('{PRIVATE}')", 3)
    chat.run("document.querySelector('[data-frontdoor-open]').click()")
    chat.until(READY)
    assert PRIVATE not in chat.run(f"return {CHAT}.textContent"), "nor when the chat is opened there again"


def test_shift_three_times_leaves(chat, site):
    say(chat, PRIVATE)
    chat.press("Shift", "Shift")
    assert "once more" in chat.run(f"return {CHAT}.querySelector('.all > [role=status]').textContent")
    chat.press("Shift")
    left(chat, site)


def test_the_server_forgets_what_was_left(chat, site):
    session, server = chat.run("return [sessionStorage.getItem('frontdoor'), new URL(document.querySelector('script[src*=\"/widget.js\"]').src).origin]")
    chat.run(f"{CHAT}.querySelector('.panel .leave').click()")
    left(chat, site)
    for _ in range(50):
        if requests.post(f"{server}/webhooks/website/history", json={"session": session}, timeout=10).status_code == 401:
            return
    raise AssertionError("the chat is still there")
