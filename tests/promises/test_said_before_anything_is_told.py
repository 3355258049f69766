"""Whoever tells knows before: it is a computer, nobody reads live, when it is read, and that no secret is promised."""
import datetime as dt
import re

import pytest

from bot.handoff.conversation import Outcome, begin
from bot.handoff.questions import CHECK
from bot.handoff.receiving import when_read
from bot.widget.pages import Pages
from bot.widget.tell import Tell
from bot.wording.catalogue import wording_texts
from bot.words import load_words
from tests.handoff.taking import WORK, at

WORDS = load_words()
MOMENTS = [dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc), dt.datetime(2026, 11, 21, 23, tzinfo=dt.timezone.utc)]     # at work, and a Saturday night

_SECRET = r"(?:secret|confidential|private|safe with me|to (?:my|our)sel(?:f|ves))"
PROMISES_SECRECY = re.compile(
    rf"\b(?:I|we|I'll|we'll)(?: (?:will|can|shall|always|must))* keep (?:\w+ ){{0,6}}{_SECRET}"
    rf"|(?<!\bif )\b(?:this|it|that|what you (?:say|tell me|type|write)(?: here)?|your secret|this chat) (?:is|stays|will stay|will be)(?: \w+)? (?:secret|confidential|safe with me|between us(?! grown))"
    r"|\b(?:just|only) between (?:us(?! grown)|you and me)"
    r"|\b(?:I|we) (?:won't|will not|will never|would never|never) tell (?:any|a soul|your|the)"
    r"|\b(?:nobody|no one|no-one)(?: else)? will (?:ever )?(?:know|find out)"
    r"|\bI (?:can )?promise (?:you )?(?:not to tell|secrecy|to keep)", re.IGNORECASE)


@pytest.mark.parametrize("promise", ["I will keep it secret.", "We keep what you tell me confidential.", "This is just between us.", "Your secret is safe with me.",
                                     "I won't tell anyone.", "Nobody will ever know.", "What you type stays between us.", "I promise not to tell.", "It is strictly confidential."])
def test_a_promise_of_secrecy_would_be_noticed(promise):
    assert PROMISES_SECRECY.search(promise)


@pytest.mark.parametrize("honest", ["I cannot keep it secret.", "I cannot promise a secret if a child may be hurt.", "Do not promise to keep it secret.",
                                    "\"This is between us grown-ups.\""])
def test_what_promises_nothing_is_let_be(honest):
    assert not PROMISES_SECRECY.search(honest)


def test_no_words_of_ours_promise_secrecy():
    said_by_others = {"mail_contact_attached", "utter_work_parent_secret"}  # an e-mail to those who open a contact; what a worker says to a parent before "but"
    found = [(said.id, match.group()) for said in wording_texts() if (match := PROMISES_SECRECY.search(said.text)) and said.key not in said_by_others]
    assert not found


@pytest.mark.parametrize("key", ["contact_child_first", "tell_secret", "utter_promise_not_to_tell"])
def test_whoever_tells_or_asks_hears_that_it_cannot_be_kept_secret(key):
    assert re.search(r"cannot (?:promise to )?keep it secret", WORDS.text(key, MOMENTS[0]))


@pytest.mark.parametrize("said", [*(WORDS.text(key, MOMENTS[0]) for key in ("utter_greet", "widget_about", "talk_about")),
                                  Pages(WORDS).render("index", MOMENTS[0]), Pages(WORDS).render("help", MOMENTS[0])],
                         ids=["greeting", "widget", "chat without a script", "first page", "help"])
def test_it_says_at_the_start_that_it_is_a_computer_and_nobody_reads_live(said):
    assert "computer" in said
    assert re.search(r"Nobody (?:is reading|reads) (?:this|it|these) live", said)


@pytest.mark.parametrize("moment", MOMENTS, ids=["at work", "at night"])
def test_when_it_is_read_is_said_before_the_first_question(moment):
    first, question = begin().says
    expected = when_read(WORDS, moment)
    assert "Nobody reads it live" in expected
    assert first[0] == "contact_begin" and question[0] == "ask_danger"
    assert expected in WORDS.text("contact_begin", moment, when_read=expected)
    page = Tell(WORDS, lambda texts: ([], False)).start(moment)
    assert page.given["when_read"] == expected
    form = Pages(WORDS).render(page.page, moment, **page.given)
    assert expected in form
    assert form.index(expected) < form.index("<form")


@pytest.mark.parametrize("consent", ["no", "not yet", "skip", "I don't know"])
def test_no_consent_stops_no_contact(consent):
    checked = at(CHECK, WORK, consent=consent)
    assert checked.say("yes, send it").turn.outcome is Outcome.SEND
    assert "never a bar" in WORDS.text("ask_consent", MOMENTS[0])
