"""Who asks what a hard word means gets the glossary, unless something else was surely heard."""
from types import SimpleNamespace

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.glossary import load_glossary
from bot.understanding.word_component import EXPLAIN, WordComponent


def heard(text, name="nlu_fallback", sure=0.2, form=None):
    message = Message({"text": text, "intent": {"name": name, "confidence": sure}})
    WordComponent().process([message], SimpleNamespace(active_loop_name=form))
    return message.get("intent")["name"]


@pytest.mark.parametrize(("text", "word"), [
    ('my support worker keeps saying "trajectory" what does that mean', "trajectory"), ("what's a SENCO", "SENCO"), ("triage? what does that even mean", "triage"),
    ("what's a one minute guide", "one minute guide"), ("what does the word 'holistic' mean", "holistic"), ("explain proportionate in plain english", "proportionate"),
    ("what is a child protection plan please", "child protection plan"), ("define restorative", "restorative")])
def test_a_word_that_is_asked_for_is_explained(text, word):
    assert load_glossary().asked_plainly(text).word == word
    assert heard(text) == EXPLAIN


@pytest.mark.parametrize("text", [
    "what does it mean if my social worker leaves", "what is a review meeting like", "what do I say in supervision about a family that is stuck", "i said no to the referral and he shouted what",
    "what is the safeguarding lead going to do about my sister", "whats for tea", "he was worried about consent and i said what does that matter"])
def test_a_hard_word_in_another_question_is_not_what_is_asked_for(text):
    assert load_glossary().asked_plainly(text) is None
    assert heard(text) == "nlu_fallback"


@pytest.mark.parametrize("given", [{"name": "plain_section_twenty", "sure": 0.8}, {"form": "contact_form"}])
def test_what_was_surely_heard_and_an_answer_in_a_form_stand(given):
    assert heard("what is triage", **given) == given.get("name", "nlu_fallback")


def test_danger_beside_the_word_is_not_taken_for_a_question():
    assert heard("he is strangling her right now what is triage") == "nlu_fallback"


def test_a_common_word_is_explained_only_to_whoever_asks_for_it():
    glossary = load_glossary()
    assert [t.word for t in glossary.standing_in("put the salt on it and prevent a smart hub")] == []
    assert glossary.asked_for("what does SALT stand for").word == "SALT"
