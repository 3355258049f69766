"""Whatever is asked: no answer without a source, no other city's facts as Plymouth's, and no number to ring from a document."""
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.answers import Answer, NotHeld
from bot.library.documents import load_documents
from bot.library.search import open_ready

LIBRARY = open_ready()
PHRASES = [phrase for d in load_documents() for s in d.sections for phrase in s.asked_as]
NUMBER = re.compile(r"(?<![\d,.£])0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\S@\S")
questions = st.one_of(st.sampled_from(PHRASES), st.text(max_size=60),
                      st.builds("{} {}".format, st.sampled_from(PHRASES), st.sampled_from(["in Plymouth", "in Portsmouth", "for the PSCP", "now", "in 2025", "please"])),
                      st.builds(lambda a, b: " ".join(a.split()[:4] + b.split()[-4:]), st.sampled_from(PHRASES), st.sampled_from(PHRASES)))


@settings(max_examples=400, deadline=None)
@given(question=questions)
def test_every_answer_names_its_source_and_its_city_and_gives_no_number_to_ring(question):
    found = LIBRARY.answer(question)
    parts = (found, *found.seconds) if isinstance(found, Answer) else ()
    for part in parts:
        assert part.citations[0].document
        assert not NUMBER.search(part.words)
        if part.citations[0].area == "Portsmouth":
            assert part.words.startswith("In Portsmouth (another city), ")
            assert "not Plymouth" in part.citations[0].line()
            assert "plymouth" not in question.lower() or "portsmouth" in question.lower()
    if isinstance(found, NotHeld):
        assert not re.search(r"\d{3}", found.words)


@pytest.mark.parametrize("question", ["What is Cyber Ambassadors?", "what did the Child G review find", "what is ICON"])
def test_what_only_the_other_city_holds_is_given_with_its_name_first(question):
    assert LIBRARY.answer(question).words.startswith("In Portsmouth (another city), ")


@pytest.mark.parametrize("question", ["what are the priorities of the PSCP", "who chairs the PSCP board"])
def test_pscp_means_plymouth_here(question):
    assert LIBRARY.answer(question).citations[0].area == "Plymouth"


def test_national_guidance_says_that_it_is_not_plymouths_own_procedure_and_where_it_was_read():
    answer = LIBRARY.answer("What do I do if a parent refuses consent?")
    assert "It is not Plymouth's own procedure" in answer.citations[0].line()
    assert "https://" in answer.citations[0].line()
    assert answer.route


@pytest.mark.parametrize(("question", "nudge"), [
    ("How much did the police put into the partnership?", "amounts of that year"), ("who chairs the SSLB", "Check who does this one now"),
    ("What does Working Together 2018 require?", "has been replaced")])
def test_facts_that_age_are_given_with_a_nudge_to_check(question, nudge):
    assert any(nudge in words for words in LIBRARY.answer(question).nudges)
