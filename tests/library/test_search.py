"""Finding the right section, or saying honestly that there is none."""
import logging

import numpy as np
import pytest

from bot.library.answers import Answer, NotHeld
from bot.library.documents import load_documents
from bot.library.not_held import load_not_held
from bot.library.search import Library, open_ready
from bot.library.words import written_out
from tests.library import examination


@pytest.fixture(scope="module")
def library():
    return open_ready()


@pytest.fixture(scope="module")
def by_words():
    return Library(load_documents(), load_not_held(), encoder=None)


def found(answer):
    assert isinstance(answer, Answer), answer
    return answer.citations[0].found


def test_the_examination_has_enough_questions():
    questions = examination.read()
    assert len(questions) >= 120
    assert len([q for q in questions if not q["found"]]) >= 25


def test_the_examination_is_not_in_the_guidance():
    phrasings = {p.lower() for d in load_documents() for s in d.sections for p in s.asked_as}
    phrasings |= {p.lower() for topic in load_not_held() for p in topic.asked_as}
    assert not [q["ask"] for q in examination.read() if q["ask"].lower() in phrasings]


def test_the_examination_names_only_sections_that_exist():
    there = {f"{d.id}#{s.id}" for d in load_documents() for s in d.sections}
    assert not [name for q in examination.read() for name in q["found"] if name not in there]


def test_most_questions_find_their_section_and_most_others_are_declined(library, capsys):
    result = examination.examine(library)
    with capsys.disabled():
        print(f"\nguidance search: {result}")
    assert result.right / result.answerable >= 0.85, result.misses
    assert result.abstained / result.unanswerable >= 0.90, result.misses


def test_without_the_encoder_words_alone_still_answer_more_than_half(by_words, capsys):
    result = examination.examine(by_words)
    with capsys.disabled():
        print(f"\nguidance search by words alone: {result}")
    assert result.right / result.answerable >= 0.60
    assert result.wrong / result.answerable <= 0.15


def test_an_answer_is_the_section_word_for_word(library):
    answer = library.answer("What are the Ten Wishes?")
    wishes = next(s for d in load_documents() for s in d.sections if s.id == "ten-wishes")
    assert answer.words == wishes.text


@pytest.mark.parametrize(("question", "where"), [
    ("how many children are looked after in Portsmouth?", "portsmouth-safeguarding#looked-after"),
    ("Portsmouth child poverty by ward", "portsmouth-city#wards"),
])
def test_a_question_that_names_portsmouth_is_answered_from_portsmouth_and_says_so(library, question, where):
    answer = library.answer(question)
    assert found(answer) == where
    assert answer.words.startswith("In Portsmouth (another city), ")
    assert "not Plymouth" in answer.citations[0].line()


@pytest.mark.parametrize("question", [
    "How many looked-after children are there?", "How many children are in care in Plymouth?",
    "How many contacts did the MASH get?", "What is the child poverty rate in Plymouth?",
    "How many children in Plymouth have a child protection plan?", "What is the population?"])
def test_portsmouths_figures_are_never_given_for_plymouth(library, question):
    assert isinstance(library.answer(question), NotHeld)


def test_a_question_that_names_plymouth_never_gets_a_portsmouth_section(library):
    for document in load_documents():
        if document.area == "Portsmouth":
            for section in document.sections:
                answer = library.answer("In Plymouth: " + section.asked_as[0].replace("Portsmouth", "Plymouth"))
                assert not isinstance(answer, Answer) or answer.citations[0].area == "Plymouth", section.id


@pytest.mark.parametrize(("question", "topic"), [
    ("How many contacts did the Adolescent Safety Hub have in 2025?", "later-figures"),
    ("What is Operation Lavender in 2024?", "later-figures"),
    ("What is the Adolescent Safety Hub in Bristol?", "other-places"),
])
def test_a_later_year_or_another_place_is_declined_however_well_the_rest_fits(library, question, topic):
    answer = library.answer(question)
    assert isinstance(answer, NotHeld)
    assert answer.topic == topic


@pytest.mark.parametrize("question", ["total reserves at the end of 2019", "what did the police pay in 2017-18"])
def test_an_earlier_year_that_no_section_covers_is_declined(library, question):
    assert isinstance(library.answer(question), NotHeld)


@pytest.mark.parametrize(("question", "where"), [
    ("who was director of children's services in 2019", "ofsted-2018#meeting"), ("what grade did Ofsted hand out in 2018", "ofsted-2018#result")])
def test_a_year_that_is_held_is_not_taken_for_now(library, question, where):
    assert found(library.answer(question)) == where


@pytest.mark.parametrize(("question", "where"), [
    ("articles about TfC in the local paper", "together-for-childhood-activities-2019#other"),
    ("What is Together for Childhood?", "together-for-childhood-2019#what")])
def test_what_is_asked_beside_a_projects_name_tells_its_sections_apart(library, question, where):
    assert found(library.answer(question)) == where


@pytest.mark.parametrize(("question", "sure"), [
    ("What is Operation Lavender?", True), ("did the play about county lines win anything", False), ("is the trauma informed network going to grow", False),
    ("what do I do if a child tells me that somebody hurts them", True)])
def test_an_answer_that_is_only_the_nearest_is_marked_as_such_and_what_to_do_never_is(library, question, sure):
    assert library.answer(question).sure is sure


def test_a_later_year_that_a_section_does_cover_is_answered(library):
    assert found(library.answer("Was the wellbeing in schools service extended to March 2023?")) == "emotional-health#schools"


@pytest.mark.parametrize(("question", "where"), [
    ("what did devon and cornwall police pay in", "money#income"),
    ("who was Child Q in Hackney", "learning-reviews#child-q"),
    ("was Plymouth joined with Torbay before", "arrangements-structure#torbay"),
])
def test_a_place_that_the_section_names_is_no_reason_to_decline(library, question, where):
    assert found(library.answer(question)) == where


@pytest.mark.parametrize("question", ["", "   ", "?", "hello", "thank you", "yes", "كيف حالك", "x" * 5000, "tell me a joke",
                                      "what is the weather tomorrow"])
def test_what_looks_like_nothing_we_know_gets_none(library, by_words, question):
    assert library.answer(question) is None
    assert by_words.answer(question) is None


def test_misspelt_words_are_mended(library):
    assert found(library.answer("who are the young Safegaurders")) == "young-safeguarders#who"
    assert found(library.answer("what was opperation lavander")) == "safer-plymouth-2020#lavender"


@pytest.mark.parametrize("question", ["my dad hits me", "someone at home is hurting me", "i dont feel safe at home"])
def test_a_child_who_says_they_are_hurt_is_told_whom_to_tell(library, question):
    assert found(library.answer(question)) == "worried-about-a-child#hurting-you"


class Broken:
    """An encoder that reads the guidance and then fails."""

    def encode_all(self, texts):
        return np.ones((len(texts), 384), dtype=np.float32)

    def encode(self, text):
        raise RuntimeError(text)


def test_an_encoder_that_breaks_leaves_the_search_by_words_and_no_question_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    library = Library(load_documents(), load_not_held(), Broken())
    library.index.wait()
    assert found(library.answer("What is Operation Lavender?")) == "safer-plymouth-2020#lavender"
    assert "Lavender" not in caplog.text


class BrokenOnce(Broken):
    """An encoder that fails at the first question it is asked."""

    def __init__(self):
        self.failed = False

    def encode(self, text):
        if not self.failed:
            self.failed = True
            raise MemoryError(text)
        return np.ones(384, dtype=np.float32)


def test_an_encoder_that_fails_once_is_asked_again_at_the_next_question():
    library = Library(load_documents(), load_not_held(), BrokenOnce())
    library.index.wait()
    first = library.ranking("what is operation lavender")
    assert library.by_words_only and first[0].chance == 1.0
    library.ranking("who chairs the partnership")
    assert not library.by_words_only


@pytest.mark.parametrize("text", ["ſend me the notes", "cın plan", "what is CİN"])
def test_letters_that_only_look_like_an_abbreviation_are_left_alone(text):
    assert written_out(text) == text
