"""A section that says itself what it does not tell."""
import pytest

from bot.library.answers import NotHeld
from bot.library.search import open_ready
from bot.library.untold import untold

TEXT = """The lamp project began in 2018. It has nine keepers, who were chosen for their care, and three other towns share its lamps.
The report does not say how many lamps broke, who paid for them, or why the towns parted. It does not name the other towns.
The report does not say who manages it."""


@pytest.mark.parametrize("question", ["how many lamps broke", "what is the number of lamps that broke", "why did the towns part",
                                      "which were the other towns, list them", "who paid for the lamps",
                                      "who leads the lamp project", "who is in charge of the lamp project"])
def test_a_question_for_what_is_not_told_gets_the_sentence_that_says_so(question):
    found = untold(question, "The lamp project", TEXT)
    assert found is not None
    assert "does not" in found[0]


@pytest.mark.parametrize("question", ["how many keepers are there", "when did the lamp project begin", "why were the keepers chosen",
                                      "how many towns share the lamps", "what is the lamp project"])
def test_a_question_for_what_is_told_does_not(question):
    assert untold(question, "The lamp project", TEXT) is None


@pytest.mark.parametrize(("question", "says"), [
    ("was anyone arrested after operation lavender", "arrested"), ("how much is John Clements paid per day", "pay"),
    ("why did Plymouth and Torbay split up", "reason"), ("who provides the Starting Point service", "who provides"),
    ("Who leads the Adolescent Safety Hub?", "who manages")])
def test_the_library_says_that_the_document_does_not_tell_and_names_it(question, says):
    found = open_ready().answer(question)
    assert isinstance(found, NotHeld)
    assert says in found.untold
    assert found.source is not None
    assert found.source.line().startswith("Source: ")
