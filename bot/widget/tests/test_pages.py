"""The pages and the script as they are sent: words and numbers from guidance only, nothing inline, nothing from elsewhere."""
import dataclasses
import datetime as dt
import gzip
import re
from html.parser import HTMLParser

import pytest

from bot.guidance_files import ROOT, GuidanceError
from bot.widget.links import linked, links
from bot.widget.pages import CONTENT_SECURITY_POLICY, FOLDER, HEADERS, PAGES, Pages, paragraphs
from bot.widget.script import ELEMENT, widget_script
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
SIZE_BUDGET = 40_000  # bytes, gzipped, with styles


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the text between."""

    def __init__(self, markup):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(params=sorted(PAGES.values()))
def page(request):
    return Tags(Pages(WORDS).render(request.param, NOON))


def test_help_gives_every_number_that_can_help():
    text = Tags(Pages(WORDS).render("help", NOON)).text
    for number in WORDS.directory.phones():
        assert number in text


@pytest.mark.parametrize("key", ["emergency", "gateway", "out_of_hours", "childline", "samaritans", "shout", "silent_999"])
def test_the_first_page_gives_the_numbers_outside_the_chat(key):
    assert WORDS.facts[key] in Tags(Pages(WORDS).render("index", NOON)).text


def test_the_hours_on_the_page_come_from_the_contacts_file():
    for source, spans in Pages(WORDS).hours("gateway"):
        assert source in Tags(Pages(WORDS).render("help", NOON)).text
        assert spans


def test_telephone_links_have_no_spaces(page):
    found = [a["href"] for a in page.all("a") if a["href"].startswith(("tel:", "sms:"))]
    assert all(re.fullmatch(r"(tel|sms):\d+", link) for link in found)


def test_a_page_that_asks_for_what_nobody_gave_is_not_shown():
    with pytest.raises(Exception, match="turns"):
        Pages(WORDS).render("talk", NOON)


def test_what_is_filled_in_can_never_be_markup():
    nasty = '<script>alert(1)</script> "&{{ 7 * 7 }}'
    assert "<script>" not in linked(nasty, links(WORDS.directory))
    page = Pages(WORDS).render("problem", NOON, messages=[{"urgent": False, "paragraphs": paragraphs(nasty)}])
    assert "alert(1)</script>" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert "{{ 7 * 7 }}" in page


def test_only_what_can_be_rung_written_to_or_has_been_checked_is_a_link():
    known = links(WORDS.directory)
    assert known[WORDS.facts["gateway"]] == "tel:" + WORDS.facts["gateway"].replace(" ", "")
    assert known[WORDS.facts["shout"]].startswith("sms:")
    assert WORDS.facts["silent_999"] not in known and WORDS.facts["relay"] not in known
    for contact in WORDS.directory.contacts.values():
        if contact.website and not contact.checked_on:
            assert contact.website not in known


def test_the_address_of_a_source_is_a_link_and_no_other_address_is():
    known = links(WORDS.directory)
    assert '<a href="https://www.example.org/a" rel="noreferrer">https://www.example.org/a</a>.' in linked("Source: A, \"B\" (2022). https://www.example.org/a.", known)
    assert "<a" not in linked("Look at https://www.example.org/a", known)
    assert "<a" not in linked("Source: javascript:alert(1)", known)


@pytest.mark.parametrize("text", ["number {n}7", "order 0{n}", "{n} 5", "x{n}", "£{n}"])
def test_part_of_a_longer_number_is_not_a_number_to_ring(text):
    number = WORDS.facts["gateway"]
    assert "<a" not in linked(text.format(n=number), links(WORDS.directory))


def test_no_number_or_email_address_is_written_into_a_file():
    known = {n for number in WORDS.directory.phones() for n in (number, number.replace(" ", ""))}
    for file in [f for f in FOLDER.rglob("*") if f.suffix in (".py", ".js", ".html", ".css", ".md", ".php")] + list((ROOT / "tests/journeys").glob("*.js")):
        words = file.read_text(encoding="utf-8")
        for number in known:
            assert not re.search(rf"(?<![\w#.]){number}(?!\w)", words), f"{file}: {number}"
        assert not re.search(r"(?<!\d)0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)", words), file


def test_no_sentence_is_written_into_a_template_or_the_script():
    for file in (FOLDER / "templates").glob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r'aria-[a-z]+="[^"]*"', " ", text)
        assert not re.search(r"[A-Za-z]{2,}", text), f"{file.name}: {text.split()}"
    for file in ELEMENT.glob("*.js"):
        code = re.sub(r"^\s*(//|/?\*).*|\s//\s.*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(r"['\"`][A-Z][a-z]+ [a-z]+ [a-z]+", code), file.name


def test_the_policy_allows_only_what_comes_from_here():
    policy = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY and "http" not in CONTENT_SECURITY_POLICY
    assert HEADERS["Cache-Control"] == "no-store" and HEADERS["Referrer-Policy"] == "no-referrer"


def test_nothing_inline_and_nothing_from_elsewhere(page):
    assert not page.all("style")
    assert all(script.get("src") == "/widget.js" for script in page.all("script"))
    for tag, attributes in page.found:
        assert not [a for a in attributes if a == "style" or a.startswith("on")], tag
        if tag != "a":
            assert not str(attributes.get("src", "") or attributes.get("href", "")).startswith(("http", "//")), tag


def test_leaving_is_the_first_thing_on_every_page_and_a_plain_link(page):
    first = page.all("a")[0]
    assert "data-frontdoor-leave" in first
    assert first["href"] == "https://" + WORDS.facts["leaving_website"]


def test_landmarks_language_and_a_title_that_gives_nothing_away(page):
    for landmark in ("header", "main", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    assert all(nav.get("aria-label") for nav in page.all("nav"))
    assert page.all("html")[0]["lang"] == "en-GB"
    assert not re.search("child|safe|abuse|police", WORDS.text("page_tab", NOON) + WORDS.text("widget_neutral", NOON), re.IGNORECASE)


def test_every_page_says_that_browser_history_stays(page):
    assert "history will still show that you came here" in page.text


@pytest.mark.parametrize("file", ["widget.yml", "pages.yml"])
def test_words_are_kind_and_short(file):
    words = (ROOT / "guidance/wording" / file).read_text(encoding="utf-8")
    assert not re.search(r"\b(please|sorry|invalid|error occurred|submit)\b", words, re.IGNORECASE)
    for key in (k for k in WORDS.entries if k.startswith(("widget_", "page_", "index_", "help_", "talk_", "accessibility_")) and k != "help_lines"):
        for sentence in re.split(r"(?<=[.?!:])\s+|\n", WORDS.text(key, NOON, left="1", over="1", more="1")):
            assert len(sentence.split()) <= 21, f"{key}: {sentence}"


def test_the_script_stays_small():
    assert len(gzip.compress(widget_script(WORDS, 4000).encode(), 9)) < SIZE_BUDGET


def test_every_sentence_that_the_script_says_has_words():
    code = "".join(f.read_text(encoding="utf-8") for f in ELEMENT.glob("*.js"))
    said = set(re.findall(r"say\('(\w+)'", code)) | {"day", "month", "year", "phone", "email", "you", "computer", "box", "own_words", "boxes", "number", "trouble",
                                                     "offline", "keys", "keys_long", "shift_once", "shift_more", "help_lines",
                                                     "file_docx", "file_json"}
    assert {f"widget_{key}" for key in said} == {key for key in WORDS.entries if key.startswith("widget_")}


def test_another_language_is_one_file_and_its_mistakes_are_named(tmp_path):
    english = (ROOT / "guidance/wording/widget.yml").read_text(encoding="utf-8")
    (tmp_path / "cy.yml").write_text(english.replace("widget_send: Send", "widget_send: Anfon"), encoding="utf-8")
    assert '"cy":{' in widget_script(WORDS, 4000, tmp_path) and "Anfon" in widget_script(WORDS, 4000, tmp_path)
    (tmp_path / "cy.yml").write_text(english.replace("widget_send: Send\n", ""), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"cy\.yml:\d+: .*widget_send"):
        widget_script(WORDS, 4000, tmp_path)
    (tmp_path / "cy.yml").write_text(english.replace("{gateway}", "{gatway}", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"cy\.yml:\d+: .*gatway"):
        widget_script(WORDS, 4000, tmp_path)


def test_a_number_that_changes_in_the_contacts_file_changes_in_the_script():
    # a made-up number in the range that is set aside for stories
    changed = dataclasses.replace(WORDS.directory["childline"], phone="07700 900" + "123")
    directory = dataclasses.replace(WORDS.directory, contacts={**WORDS.directory.contacts, "childline": changed})
    script = widget_script(load_words(directory=directory), 4000)
    assert changed.phone in script and WORDS.facts["childline"] not in script


def test_paragraphs_and_lists_are_told_apart():
    assert [(p["text"], p["bullets"]) for p in paragraphs("one\ntwo\n\n- a\n- b\nthree")] == [("one\ntwo", []), ("", ["a", "b"]), ("three", [])]

