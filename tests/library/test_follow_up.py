"""Short questions that lean on the answer before."""
import pytest

from bot.library.follow_up import Before, follow_up, wants_more

MONEY = Before("How much did the police pay in Plymouth?", "money#income", "Where the money came from in 2021-22", "How the partnership is paid for")


@pytest.mark.parametrize("text", ["more", "More please", "tell me more", "Tell me more", "and the rest?", "show me the whole section", "go on", "can you tell me more about it"])
def test_more_opens_the_section(text):
    assert wants_more(text)
    assert follow_up(text, MONEY).whole


def test_more_after_nothing_opens_nothing():
    assert follow_up("tell me more", Before("who are you?")) is None


@pytest.mark.parametrize("text", ["what about Portsmouth?", "and Portsmouth?", "and in portsmouth", "ok, how about Portsmouth"])
def test_another_city_takes_the_place_of_this_one(text):
    assert follow_up(text, MONEY).question == "How much did the police pay in Portsmouth?"


def test_another_subject_is_put_beside_the_question():
    assert follow_up("and probation?", MONEY).question == "What about probation (How the partnership is paid for)?"


@pytest.mark.parametrize("text", ["and who chairs it?", "when was that?", "did they say why", "who wrote the report"])
def test_a_question_with_a_pronoun_gets_the_heading_before(text):
    assert MONEY.heading in follow_up(text, MONEY).question


@pytest.mark.parametrize("text", ["thanks", "ok", "my dad hits me and they do nothing", "What is Operation Encompass?", "x" * 400,
                                  "I am worried about a boy in my class who comes in hungry and I do not know what they do about it at home"])
def test_words_that_stand_alone_are_left_alone(text):
    assert follow_up(text, MONEY) is None


def test_a_name_in_a_short_question_says_what_is_meant():
    before = Before("What is the lamp project?", "lamps#what", "The lamp project", "Lamps")
    assert follow_up("why Harbourside?", before).question == "why Harbourside?"
    assert follow_up("what changed?", before).question == "what changed (The lamp project)?"
