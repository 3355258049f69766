"""A fear that is said is met in the first sentence, but never before words about danger."""
import datetime as dt

import pytest

from bot.fitting import fitted
from bot.openings import load_openings
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def test_every_opening_has_words_and_stands_before_a_reply_that_has_some():
    assert {*load_openings().keys(), *load_openings().replies()} <= set(WORDS.entries)


@pytest.mark.parametrize(("text", "key"), [
    ("i think her kids go hungry but i dont want to get her into trouble", "open_fear_of_bother"),
    ("he looks so tired, my sister will fall out with me, it will cause a row", "open_fear_of_a_row"),
    ("what if im wrong about them", "open_fear_of_being_wrong"), ("they will know it was me", "open_fear_of_being_found_out"),
    ("is that for the social workers or a solicitor", "open_council_or_solicitor"), ("i reported it twice last year and nothing happened", "open_told_before"),
    ("a girl is out on her bike till nine, is there a legal age", "open_no_age_in_law")])
def test_a_fear_is_met_first(text, key):
    assert load_openings().find(text, "utter_worry_about_child") == key


def test_no_opening_stands_before_words_about_danger():
    said = fitted(WORDS, "utter_worry_about_child", ["he is hitting the kids right now but i dont want to get him in trouble"], NOON)
    assert said[0].text.startswith("Thank you for saying this")
