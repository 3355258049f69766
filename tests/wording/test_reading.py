"""How hard a text is: counted as a reader meets it."""
import pytest

from bot.wording import grade
from bot.wording.reading import syllables


@pytest.mark.parametrize(("word", "count"), [("only", 2), ("away", 2), ("anonymous", 4), ("children", 2), ("grown-up", 2), ("don't", 1), ("fire", 1), ("safeguarding", 3), ("999", 1)])
def test_syllables_are_those_that_are_spoken(word, count):
    assert syllables(word) == count


def test_the_grade_is_flesch_kincaids():
    # 9 words, 1 sentence, 10 syllables
    assert grade("The dog sat on the mat by the window.").grade == round(0.39 * 9 + 11.8 * 10 / 9 - 15.59, 1)


def test_harder_words_and_longer_sentences_are_graded_higher():
    easy = grade("Tell a teacher. They can help you.").grade
    assert grade("Tell a teacher, because a teacher is somebody who can help you.").grade > easy
    assert grade("Inform an educational practitioner. Professional assistance is available.").grade > easy + 5


def test_each_line_of_a_list_is_a_sentence_and_a_break_ends_one():
    read = grade("You can:\n- ask a teacher\n- ring us\n\nThat is all")
    assert [s.text for s in read.sentences] == ["You can:", "ask a teacher", "ring us", "That is all"]


def test_speech_in_quotes_is_measured_as_it_is_said():
    assert [s.words for s in grade('You can ask first: "Who will you tell?" They should say.').sentences] == [8, 3]


@pytest.mark.parametrize("text", ["Ring {gateway} now.", "Ring 01752 668000 now.", "Ring 0800 1111 now.", "Ring Childline now.", "Ring the.office@example.org now.", "Ring www.example.org now.",
                                  "Ring Plymouth Safeguarding Children Partnership now."])
def test_a_name_a_number_and_an_address_count_as_one_easy_word(text):
    assert grade(text).words == 3
    assert grade(text).grade == grade("Ring Kim now.").grade


def test_quotations_and_sources_are_left_out_and_our_own_words_beside_them_are_not():
    wish = "We want professionals to reassure us something is being done and tell us how long it will take."
    assert grade(f'One wish says: "{wish}" It is theirs.').longest < 6
    assert [s.text for s in grade('Source: A Report 2021-2022, "A heading". I hold no more.').sentences] == ["I hold no more."]


def test_what_is_filled_in_with_sentences_is_measured_where_it_stands():
    assert [s.text for s in grade("{route} Ring now.").sentences] == ["Ring now."]


def test_no_words_are_no_grade():
    assert (grade("{summary}").grade, grade("").longest) == (0.0, 0)
