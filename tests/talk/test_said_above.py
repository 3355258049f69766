"""A question about the last reply is answered by the sentence of it that comes nearest, word for word, or by none."""
import datetime as dt

import pytest

from bot import said_above
from bot.said_above import nearest_sentence
from bot.understanding.encoder import EncoderUnavailable
from bot.words import load_words

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
LEAD = ["A lead worker keeps your plan together. They are not your boss. It can be someone you know, like a teacher or a health visitor.",
        "Ring Gateway on 01752 668000. Who would you like it to be?\nSource: GOV.UK, \"Working together\"."]


@pytest.mark.parametrize(("question", "sentence"), [
    ("can it be my teacher", "It can be someone you know, like a teacher or a health visitor."), ("are they my boss", "They are not your boss.")])
def test_the_sentence_that_answers_is_found_whole(question, sentence):
    assert nearest_sentence(question, LEAD) == sentence


@pytest.mark.parametrize("question", ["what does it cost in tokens", "who would you like it to be", "where is it from, gov.uk", "whats the number of gateway"])
def test_nothing_is_found_where_no_sentence_answers_and_never_a_question_a_number_or_a_source(question):
    assert nearest_sentence(question, LEAD) is None


def test_half_a_quotation_is_no_sentence():
    assert nearest_sentence("what do I say about the father", ['For a father: "I ask everybody this. It is normal."', "Then stop."]) is None


def test_without_the_encoder_nothing_is_found(monkeypatch):
    def gone():
        raise EncoderUnavailable("missing")
    monkeypatch.setattr(said_above, "encoders", gone)
    assert nearest_sentence("can it be my teacher", LEAD) is None


def test_what_is_found_is_said_as_a_quotation_of_ours():
    said = load_words().text("who_knows_said_above", NOON, words="They are not your boss.")
    assert '"They are not your boss."' in said
