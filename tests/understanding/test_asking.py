"""The sentence of a longer message that asks."""
import pytest

from bot.understanding.asking import asking_sentence


@pytest.mark.parametrize("text, asks", [
    ("My ex has her at weekends. She comes back tired. Is that one for you or for a solicitor?", "Is that one for you or for a solicitor?"),
    ("do I tell her? she is ten. who can i ring about it", "do I tell her?"),
    ("How long will it be? I have rung twice.\nNobody answers.", "How long will it be?"),
    ("We moved here in May. I do not know a soul. where are the family hubs", "where are the family hubs")])
def test_it_is_found(text, asks):
    assert asking_sentence(text) == asks


@pytest.mark.parametrize("text", ["what time do you shut", "She is ten. She is fine.", "Why? I am tired of it.", "", "is it. " * 20])
def test_one_sentence_or_none_that_asks(text):
    assert asking_sentence(text) is None
