"""The pages as they are sent: filled, safe to show, and without a number of their own."""
from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Dict, List, Tuple

import pytest

from bot.channel.page import page
from bot.contacts.directory import load_directory

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = load_directory(ROOT / "guidance" / "contacts.yml")
NUMBERS = page.numbers_from(DIRECTORY, "Call Gateway first.\nIf nobody answers, call the other number.")
PAGES = ("index.html", "help.html")
FILES = tuple(file for file, _ in page.ROUTES.values())
OURS = [page.FOLDER / file for file in (*FILES, "page.py")] + [Path(__file__)] + [
    file for file in (ROOT / "tests" / "journeys").glob("*") if file.suffix in (".py", ".js")]


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the text between."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: List[Tuple[str, Dict[str, Any]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Any]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> List[Dict[str, Any]]:
        return [attributes for name, attributes in self.found if name == tag]


def tags(name: str) -> Tags:
    return Tags(page.render(name, NUMBERS))


@pytest.mark.parametrize("name", FILES)
def test_every_placeholder_is_filled(name):
    assert "{{" not in page.render(name, NUMBERS)


def test_help_gives_every_number_there_is():
    text = tags("help.html").text
    for key, value in NUMBERS.items():
        for line in value.splitlines():
            assert line in text, key


@pytest.mark.parametrize("key", ["emergency", "gateway", "out_of_hours", "childline", "samaritans", "shout", "silent"])
def test_the_first_page_gives_the_numbers_without_the_chat(key):
    markup = page.render("index.html", NUMBERS)
    assert NUMBERS[key] in Tags(markup[:markup.index('id="chat"')]).text


def test_telephone_links_have_no_spaces():
    links = [a["href"] for name in PAGES for a in tags(name).all("a") if a["href"].startswith(("tel:", "sms:"))]
    assert "tel:" + NUMBERS["gateway"].replace(" ", "") in links
    assert all(re.fullmatch(r"(tel|sms):\d+", link) for link in links)


def test_an_unknown_placeholder_stops_the_page(tmp_path, monkeypatch):
    (tmp_path / "help.html").write_text("{{tel:moon}}", encoding="utf-8")
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    with pytest.raises(page.PageError, match="moon"):
        page.render("help.html", NUMBERS)


@pytest.mark.parametrize("key", sorted(NUMBERS))
def test_a_missing_or_empty_number_stops_the_page(key):
    with pytest.raises(page.PageError, match=key):
        page.render("help.html", {**NUMBERS, key: " "})


@pytest.mark.parametrize("name", ["page.py", "../page.py", "/etc/passwd", ""])
def test_only_the_pages_are_served(name):
    with pytest.raises(page.PageError):
        page.render(name, NUMBERS)


def test_what_is_filled_in_can_never_be_markup():
    markup = page.render("help.html", {**NUMBERS, "route_lines": '<script>"&{{gateway}}'})
    assert "&lt;script&gt;&quot;&amp;{{gateway}}" in markup


def test_the_chat_links_only_numbers_that_can_be_rung_or_texted():
    chat = next(s for s in tags("index.html").all("section") if s.get("id") == "chat")
    links = json.loads(chat["data-numbers"])
    assert links[NUMBERS["gateway"]] == "tel:" + NUMBERS["gateway"].replace(" ", "")
    assert links[NUMBERS["shout"]].startswith("sms:")
    assert NUMBERS["silent"] not in links and NUMBERS["relay"] not in links


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_no_number_or_email_address_is_written_into_a_file(file):
    words = file.read_text(encoding="utf-8")
    known = {n for number in DIRECTORY.phones() for n in (number, number.replace(" ", ""))}
    for number in known:
        assert not re.search(rf"(?<![\w#]){number}(?!\w)", words), number
    assert not re.search(r"(?<!\d)0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)", words)
    assert not re.search(r"[\w.-]+@[\w-]+\.[a-z]{2,}", words)


def test_the_policy_allows_only_what_comes_from_here():
    policy = dict(part.split(" ", 1) for part in page.CONTENT_SECURITY_POLICY.split("; "))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in page.CONTENT_SECURITY_POLICY and "http" not in page.CONTENT_SECURITY_POLICY
    assert page.HEADERS["Content-Security-Policy"] == page.CONTENT_SECURITY_POLICY


def test_pages_are_not_kept_and_tell_nobody_where_they_came_from():
    assert page.HEADERS["Cache-Control"] == "no-store"
    assert page.HEADERS["Referrer-Policy"] == "no-referrer"
    assert page.HEADERS["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in page.HEADERS["Permissions-Policy"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_inline_and_nothing_from_elsewhere(name):
    found = tags(name)
    assert not found.all("style")
    assert all(script.get("src") == "/chat.js" for script in found.all("script"))
    for tag, attributes in found.found:
        assert not [a for a in attributes if a == "style" or a.startswith("on")], tag
        if tag != "a":
            assert not str(attributes.get("src", "") or attributes.get("href", "")).startswith(("http", "//")), tag


@pytest.mark.parametrize("name", PAGES)
def test_leaving_is_the_first_thing_on_the_page_and_a_plain_link(name):
    first = tags(name).all("a")[0]
    assert first["id"] == "leave" and first["href"] == "https://www.bbc.co.uk/weather"


@pytest.mark.parametrize("name", PAGES)
def test_landmarks_language_and_a_title_that_gives_nothing_away(name):
    found = tags(name)
    for landmark in ("header", "main", "footer", "h1"):
        assert len(found.all(landmark)) == 1, landmark
    assert all(nav.get("aria-label") for nav in found.all("nav"))
    assert found.all("html")[0]["lang"] == "en-GB"
    title = re.findall("<title>(.*)</title>", page.render(name, NUMBERS))[0]
    assert title.startswith("Information and advice")
    assert not re.search("child|safe|abuse|police", title, re.IGNORECASE)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_that_browser_history_stays(name):
    text = tags(name).text
    assert "history will still show that you came here" in text


def test_the_page_says_that_it_is_a_computer_and_that_nobody_is_reading():
    assert "This is a computer, not a person. Nobody is reading this live." in tags("index.html").text


@pytest.mark.parametrize("file", ["index.html", "help.html", "chat.js"])
def test_words_are_kind(file):
    words = re.sub(r"//.*|/\*.*?\*/", "", (page.FOLDER / file).read_text(encoding="utf-8"), flags=re.DOTALL if file != "chat.js" else 0)
    assert not re.search(r"\b(please|sorry|invalid|error occurred|submit your)\b", words, re.IGNORECASE)


@pytest.mark.parametrize("file, limit", [("chat.js", 12_000), ("chat.css", 10_000)])
def test_the_page_stays_small(file, limit):
    assert (page.FOLDER / file).stat().st_size < limit
