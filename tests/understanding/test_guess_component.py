"""What was not understood is answered as a guess only where nothing else is under way and nothing grave is heard."""
from types import SimpleNamespace

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.guess_component import GuessComponent

RANKING = [{"name": "nlu_fallback", "confidence": 0.2}, {"name": "plain_left_out", "confidence": 0.15}]


def heard(text, form=None, ranking=RANKING):
    message = Message({"text": text, "intent": ranking[0], "intent_ranking": list(ranking)})
    GuessComponent().process([message], SimpleNamespace(active_loop_name=form))
    return message.get("intent")["name"], [r["name"] for r in message.get("intent_ranking")]


def test_the_likeliest_question_is_guessed_at_and_leads_the_ranking():
    assert heard("no one picks me in games ever") == ("plain_left_out", ["plain_left_out"])


@pytest.mark.parametrize(("text", "form"), [
    ("no one picks me in games ever", "contact_form"), ("who is it", None), ("he is strangling her right now", None)])
def test_an_answer_in_a_form_too_few_words_and_what_is_grave_are_no_guess(text, form):
    assert heard(text, form) == ("nlu_fallback", ["nlu_fallback", "plain_left_out"])
