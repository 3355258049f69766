"""A plain question that is not sure never stands in the way of a child who may be telling; and a child who tells is not taken for a grown-up."""
import numpy as np
import pytest

from bot.audience import audience_of
from bot.understanding.intents import _caring_together, _plain_gives_way
from bot.understanding.wording import GROWN_UP, SURE_OF_CARE, how_sure_of_care
from tests.measure.understanding import examples

NAMES = ["plain_rows_and_friends", "child_telling", "ask_number", "feeling_low"]


@pytest.mark.parametrize("odds, heard", [
    ((0.33, 0.32, 0.0, 0.1), "child_telling"), ((0.77, 0.19, 0.0, 0.0), "child_telling"), ((0.9, 0.08, 0.0, 0.0), "plain_rows_and_friends"),
    ((0.85, 0.15, 0.0, 0.0), "plain_rows_and_friends"), ((0.4, 0.09, 0.1, 0.4), "plain_rows_and_friends"), ((0.2, 0.25, 0.55, 0.0), "ask_number")])
def test_a_plain_question_that_is_not_sure_gives_way(odds, heard):
    assert NAMES[int(_plain_gives_way(np.array(odds), NAMES).argmax())] == heard


CARE = ["plain_rows_and_friends", "child_telling", "young_carer", "feeling_low"]


@pytest.mark.parametrize("odds, heard", [
    ((0.13, 0.07, 0.12, 0.02), "child_telling"), ((0.13, 0.02, 0.14, 0.02), "young_carer"), ((0.13, 0.05, 0.05, 0.02), "plain_rows_and_friends"),
    ((0.31, 0.1, 0.2, 0.1), "plain_rows_and_friends")])
def test_what_is_hard_to_place_and_may_be_care_gets_its_softer_words(odds, heard):
    raised = _caring_together(np.array(odds), CARE)
    assert CARE[int(raised.argmax())] == heard
    assert raised.max() < SURE_OF_CARE


def test_what_is_seen_of_other_peoples_children_is_a_worry_and_no_crisis_of_ones_own():
    names = ["plain_thin_clothes", "self_harm_other", "worry_about_child", "plain_hungry_playmate", "child_telling"]
    raised = _caring_together(np.array([0.09, 0.11, 0.06, 0.07, 0.01]), names)
    assert names[int(raised.argmax())] == "worry_about_child"
    assert names[int(_caring_together(np.array([0.02, 0.15, 0.06, 0.02, 0.01]), names).argmax())] == "self_harm_other"


def test_who_gave_way_to_a_child_gets_the_whole_words():
    assert _plain_gives_way(np.array([0.33, 0.32, 0.0, 0.1]), NAMES).max() >= SURE_OF_CARE


def test_no_child_who_tells_is_taken_for_a_grown_up():
    told = [text for intent, text in examples() if intent == "child_telling"]
    assert len(told) > 500
    assert [text for text in told if audience_of([text]) in GROWN_UP] == []


def test_a_parent_with_a_baby_is_still_a_parent():
    assert audience_of(["my baby cries all night"]) in GROWN_UP
    assert audience_of(["we are parents of two"]) in GROWN_UP


def test_which_hardship_a_child_tells_of_need_not_be_sure():
    ranking = [{"name": "child_telling", "confidence": 0.41}, {"name": "young_carer", "confidence": 0.35}, {"name": "plain_care_family", "confidence": 0.13}]
    assert how_sure_of_care(ranking[0], ranking) >= SURE_OF_CARE
    assert how_sure_of_care(ranking[0], [ranking[0], ranking[2]]) < SURE_OF_CARE
    assert how_sure_of_care({"name": "worry_about_child", "confidence": 0.3}, ranking) == 0.3
