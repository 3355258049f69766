"""Words of harm that a pattern knows outrank an ordinary reply that is only guessed, and not one that is sure."""
import pytest
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.safety.net import load_net
from bot.understanding.intents import SETTLED_BY_WORDS
from bot.understanding.safety_component import SURE_OF_ORDINARY, _intent, _is_told_of_oneself, _sure

HARM = load_net().check("my mosque teacher hits us on the feet")


@pytest.mark.parametrize("heard, sure, meant", [
    ("plain_worker_my_faith", 0.24, "child_telling"), ("work_extreme_views", 0.3, "child_telling"), ("nlu_fallback", 0.1, "child_telling"),
    ("plain_worker_my_faith", SURE_OF_ORDINARY, "plain_worker_my_faith"), ("ask_allegation_about_worker", 0.3, "ask_allegation_about_worker")])
def test_a_guess_stands_behind_words_of_harm(heard, sure, meant):
    assert HARM.findings.first.voter == "pattern"
    assert _intent(HARM, heard, sure, in_contact=False) == meant


@pytest.mark.parametrize("told, own", [
    ("he comes in my room when mum works nights and i pretend im asleep", True), ("a girl in my class told me he comes in my room at night", False),
    ("my grandson said my dad hits me with a belt", False), ("the neighbours shout a lot", False)])
def test_who_tells_of_themselves_is_not_taken_for_somebody_who_worries(told, own):
    assert _is_told_of_oneself(load_net().check(told), told) is own


def test_words_that_settle_a_topic_make_it_no_surer_beside_words_of_harm():
    message = Message.build("x")
    message.set(INTENT, {"name": "work_talk_with_family", "confidence": 1.0})
    assert _sure(message) == 1.0
    message.set(SETTLED_BY_WORDS, {"name": "work_talk_with_family", "confidence": 0.2})
    assert _sure(message) == 0.2
    message.set(INTENT, {"name": "another_that_the_conversation_meant", "confidence": 0.9})
    assert _sure(message) == 0.9
