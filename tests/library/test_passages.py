"""An answer is short and holds what was asked for."""
import pytest

from bot.library.passages import MOST_SENTENCES, answering, pieces
from bot.library.search import open_ready

MONEY = "In all £60 came in. It came from:\n\n- The keeper: £20\n- The miller: £30\n- The baker: £5\n- The smith: £3\n- The weaver: £2\n\nThe book does not say who asked."
PROSE = ("The tower stands by the sea. It was built in 2019 by many people who came on foot from every street of the town, old and young, with carts and ladders. "
         "Nine keepers light it, each on a night of their own, and each of them brings oil from the shop by the harbour wall and a rag. A miller chairs them, for as long as the others wish it. "
         "The sea is cold, as it always was, and nobody swims in it before the feast of the lamps. It does not say who paid.")


@pytest.fixture(scope="module")
def library():
    return open_ready()


def test_a_section_is_cut_into_sentences_and_list_items():
    assert pieces(MONEY)[:3] == ["In all £60 came in.", "It came from:", "- The keeper: £20"]
    assert pieces('She said: "It is late." Then she went.') == ['She said: "It is late."', "Then she went."]


def test_a_line_of_a_long_list_is_given_with_what_leads_it():
    assert answering(MONEY, "what did the miller give", [0.0] * 8) == "In all £60 came in. It came from:\n\n- The miller: £30"


def test_what_a_list_leaves_open_is_said_if_it_is_near():
    assert answering(MONEY, "did the miller ask", [0.1] * 7 + [0.9]).endswith("The book does not say who asked.")


@pytest.mark.parametrize("question", ["who gave money", "who gave the most", "list every one of them", "which gave less, keeper, miller or baker",
                                      "name the five givers, one was the miller"])
def test_a_question_about_the_list_gets_the_list(question):
    assert answering(MONEY, question, [0.0] * 8) == MONEY


def test_long_prose_is_cut_to_the_opening_and_what_is_nearest():
    said = answering(PROSE, "who chairs the keepers", [0.1, 0.2, 0.8, 0.9, 0.0, 0.1])
    assert len(pieces(said)) == MOST_SENTENCES
    assert "A miller chairs them" in said
    assert "cold" not in said


def test_the_fact_that_is_asked_for_is_never_cut():
    said = answering(PROSE, "who chairs it", [0.9, 0.8, 0.7, 0.0, 0.6, 0.1], lambda piece: "chairs" in piece)
    assert "A miller chairs them" in said


def test_neither_a_link_nor_what_is_not_told_takes_a_facts_place():
    text = ("The tower stands by the sea, where the river ends. " + "A miller pays for the oil of every night, with money from the mill. " +
            "More is at https://example.org/tower. " + "The old shop sells the wicks, and it brings them every week to the door. " * 2 +
            "Nine keepers light it in turn, each on one of nine nights. " + "The wind is strong there, and strangers seldom stay for long. " * 2 +
            "The book does not say who built it.")
    said = answering(text, "who pays for it and how many light it", [0.5, 0.1, 0.9, 0.6, 0.6, 0.1, 0.7, 0.7, 0.9],
                     lambda piece: "pays" in piece or "Nine" in piece)
    assert "A miller pays" in said
    assert "Nine keepers" in said
    assert "https" not in said
    assert said.endswith("The book does not say who built it.")


def test_what_a_document_does_not_tell_is_said_only_if_it_is_near():
    assert "who paid" not in answering(PROSE, "tower", [0.9, 0.8, 0.7, 0.6, 0.5, 0.1])
    assert "It does not say who paid." in answering(PROSE, "who paid for it", [0.5, 0.4, 0.4, 0.4, 0.1, 0.9])


@pytest.mark.parametrize(("question", "fact"), [
    ("who chairs the neglect group", "University Hospitals"), ("how much did the police pay in", "£20,307"),
    ("how many consultations has the Adolescent Safety Hub done", "72"), ("Which ward has the most poverty in Portsmouth?", "Charles Dickens"),
    ("when was John Clements appointed", "June"), ("how many hub cases were about county lines", "county lines 3")])
def test_the_figure_that_is_asked_for_is_in_the_answer(library, question, fact):
    assert fact in library.answer(question).words
