"""Words for an audience, easier and shorter ones, the glossary, and languages: all can be said, and safety never gets lost in them."""
import datetime as dt
import re

import pytest

from bot.audience import Audience
from bot.glossary import load_glossary
from bot.guidance_files import GuidanceError, read_yaml
from bot.jobs import load_jobs
from bot.safety.net import load_net
from bot.safety.noticing import load_noticer
from bot.shorter import shortened
from bot.words import GIVEN_AT_RUN_TIME, load_words
from tests.measure.understanding import LANGUAGES

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
GIVEN = dict.fromkeys(GIVEN_AT_RUN_TIME, "x")
CARDS = ("cy", "pl", "ro", "ar", "ku", "bn", "uk", "fr", "pt", "zh")


@pytest.mark.parametrize("key", sorted(k for k, e in WORDS.entries.items() if e.for_audience))
def test_words_for_an_audience_can_be_said_and_keep_the_emergency_number(key):
    for who in WORDS.entries[key].for_audience:
        said = WORDS.text(key, NOON, who, **GIVEN)
        assert not re.search(r"[{}]", said)
        if "999" in WORDS.text(key, NOON, **GIVEN):
            assert "999" in said, who


def test_what_a_child_reads_fits_a_teenager_and_everyone_has_some_words():
    assert WORDS.text("utter_ask_will_they_tell", NOON, Audience.TEENAGER) == WORDS.text("utter_ask_will_they_tell", NOON, Audience.CHILD)
    assert WORDS.text("utter_ask_will_they_tell", NOON, Audience.PUBLIC) == WORDS.text("utter_ask_will_they_tell", NOON)


def test_a_child_who_worries_about_somebody_gets_buttons_that_fit_and_nothing_to_fill_in():
    child, anybody = WORDS.say("utter_worry_about_child", NOON, Audience.TEENAGER)[-1], WORDS.say("utter_worry_about_child", NOON)[-1]
    assert anybody.custom["offers"] == "contact" and "Yes, write it down" in anybody.buttons
    assert "offers" not in child.custom and child.buttons and not set(child.buttons) & {"Yes, write it down"}


def test_buttons_for_an_audience_without_words_are_refused(tmp_path):
    (tmp_path / "some.yml").write_text('hello:\n  says: [Hello.]\n  buttons_for:\n    child: ["Hi"]\n', encoding="utf-8")
    with pytest.raises(GuidanceError, match=r'some.yml:\d+: "hello" has buttons for "child", but no words; write the words under "for:" first'):
        load_words(tmp_path)


@pytest.mark.parametrize("key", sorted(k for k, e in WORDS.entries.items() if e.simpler or e.shorter))
def test_easier_and_shorter_words_are_shorter(key):
    whole = len(WORDS.text(key, NOON, **GIVEN).split())
    if key.startswith("ask_"):          # a question is short already: easier words may be some more, and are other words
        whole = 26
        assert WORDS.entries[key].simpler != WORDS.entries[key].texts
    for texts in (WORDS.entries[key].simpler, WORDS.entries[key].shorter):
        said = " ".join(WORDS.fill(t, NOON, **GIVEN) for t in texts)
        assert len(said.split()) < whole
        assert not re.search(r"[{}]", said)


def test_shortening_keeps_whole_sentences_the_emergency_number_and_the_source():
    texts = ["First sentence here. Second one is a little longer than that. " + "Then many more words follow after it. " * 9, "In danger, call 999.", "Source: a report."]
    out = shortened(texts, "999")
    assert out[0].startswith("First sentence here.")
    assert "In danger, call 999." in out[0]
    assert out[-1] == "Source: a report."
    for sentence in re.split(r"(?<=\.) ", out[0]):
        assert sentence in " ".join(texts)


@pytest.mark.parametrize(("asked", "word"), [("what does MASH stand for", "MASH"), ("whats a section 47", "section 47"), ("what's consent", "consent")])
def test_a_word_is_found_in_the_glossary(asked, word):
    assert load_glossary().asked_for(asked).word == word


@pytest.mark.parametrize(("said", "job"), [("building support for teachers", "teacher"), ("as a health visitor", "health visitor"), ("police sergeant here", "police")])
def test_a_job_is_heard(said, job):
    assert job in load_jobs().named_in(said).name


@pytest.mark.parametrize("code", CARDS)
def test_each_language_has_a_card_with_the_numbers_and_says_that_nobody_has_checked_it(code):
    language = load_net().language(code)
    card = WORDS.fill(language.card, NOON)
    for number in ("999", "01752 668000", "0800 1111"):
        assert number in card
    assert language.unchecked in card
    assert language.rtl == (code in ("ar", "ku"))


@pytest.mark.parametrize("code", CARDS)
def test_danger_words_of_each_language_reach_the_net(code):
    node = read_yaml(LANGUAGES.parents[2] / "guidance/safety/languages.yml")[code]
    for words in node["danger"]:
        assert load_net().check(f"… {words} …").findings.alarm, words


def test_languages_are_noticed_and_english_is_left_alone():
    rows = [line.split("\t", 1) for line in LANGUAGES.read_text(encoding="utf-8").splitlines()]
    noticed = [load_noticer().notice(text) == code for code, text in rows]
    assert sum(noticed) / len(rows) >= 0.95
    for text in ("ta me ansum", "wasson", "nvm lol", "wheres that to", "my mams bf", "hes strangling my mum", "hola there lol", "im 12", "delete it", "battery's dead brb"):
        assert load_noticer().notice(text) is None, text
