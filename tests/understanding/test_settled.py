"""Words that settle what a message is about."""
import pytest

from bot.understanding.settled import settled


@pytest.mark.parametrize("text", [
    "a coach kissed one of the girls", "our leader sits them on his lap", "he messages one girl at night", "the TA grabbed a boy", "she buys one of them presents",
    "he takes photos of the children on his phone", "the tutor keeps it a secret", "he was alone with her in a closed room", "she slapped his hand"])
def test_what_may_be_harm_by_a_worker_is_never_small(text):
    assert settled(text, "work_small_worry_about_colleague") == "ask_allegation_about_worker"


@pytest.mark.parametrize("text", ["another coach gives lads lifts home, is that allowed", "is it ok for a teacher to friend pupils on facebook"])
def test_a_question_about_the_rules_stays_one(text):
    assert settled(text, "work_small_worry_about_colleague") is None


def test_questions_to_ask_are_not_a_definition():
    assert settled("what questions should I ask a family, the Building Support way?", "building_support_practitioner") == "work_talk_with_family"
    assert settled("what questions will Gateway ask me", "ask_what_will_they_ask") is None


def test_how_the_whole_family_is_worked_with_is_not_what_a_report_sets_off():
    assert settled("do they talk with the whole family or only me", "ask_what_happens_next") == "building_support_family"
    assert settled("will they tell my whole family it was me", "ask_will_they_tell") is None
    assert settled("what happens after i ring", "ask_what_happens_next") is None


def test_a_girl_who_was_cut_did_not_do_it_herself():
    assert settled("a girl in my class told me she was cut, im a teacher", "self_harm_other") == "ask_fgm_duty"
    assert settled("my daughter has been cutting her arms", "self_harm_other") is None
    assert settled("she was cut on the arm", "self_harm_other") is None
    assert settled("her aunt says she will be cut on the holiday", "practitioner_urgent") == "ask_fgm_duty"
    assert settled("his benefits will be cut in summer", "practitioner_urgent") is None


def test_our_own_button_begins_a_contact():
    assert settled("Yes, write it down", "check_answers") == "start_contact"
    assert settled("did you write it down", "check_answers") is None


def test_who_is_too_close_to_a_child_is_told_at_once():
    assert settled("im a teacher and my colleague is too close to a pupil", "work_conflict") == "ask_allegation_about_worker"
    assert settled("the club is too close to the road", "work_conflict") is None
