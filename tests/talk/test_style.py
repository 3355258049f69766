"""The wish for a shorter or an easier answer is heard in the message that asks, and nothing of care is cut."""
import datetime as dt

import pytest

from bot.fitting import CARE, fitted
from bot.style import Style, style_of
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def said(key, *messages, **more):
    return "\n".join(m.text for m in fitted(WORDS, key, messages, NOON, **more))


@pytest.mark.parametrize(("text", "style"), [
    ("what is gateway, in two lines", Style.SHORTER), ("just the number please", Style.SHORTER), ("what happens next? short please", Style.SHORTER),
    ("explain early help like im six", Style.SIMPLER), ("what is consent in plain english", Style.SIMPLER), ("my english is not good, who do i ring", Style.SIMPLER),
    ("my english is very good", None), ("is my phone number shown", None), ("what is building support", None)])
def test_the_wish_is_heard(text, style):
    assert style_of([text]) is style


def test_little_english_holds_for_the_rest_of_the_talk_and_other_wishes_do_not():
    assert style_of(["my english is small", "who can help"]) is Style.SIMPLER
    assert style_of(["in one line please", "who can help"]) is None


def test_just_the_number_gets_the_short_words_and_the_same_words_are_not_said_twice_in_full():
    assert len(said("utter_ask_number", "just the number").split()) < 20
    assert len(said("utter_ask_number", "the number", key_before="utter_ask_number").split()) < 20 < len(said("utter_ask_number", "the number").split())


@pytest.mark.parametrize("key", sorted(k for k in CARE if k in WORDS.entries and not WORDS.entries[k].shorter))
def test_nothing_of_care_is_cut(key):
    assert said(key, "in one line please") == said(key, "hello") == said(key, "hello", key_before=key)


def test_where_it_is_not_sure_nothing_is_claimed_of_the_person():
    assert "I believe you, and it is not your fault" in said("utter_child_telling", "x")
    unsure = said("utter_child_telling", "x", unsure=True)
    assert "If somebody does, I believe you" in unsure
    assert "999" in unsure
    assert "0800 1111" in unsure
