"""Taking a contact, without Rasa: what is asked, what is understood, what is kept."""
import datetime as dt

import pytest

from bot.handoff.conversation import Heard, Outcome, begin, contact_id, summary, take
from bot.handoff.questions import CHECK, QUESTIONS, payload
from bot.words import load_words

TODAY = dt.date(2026, 11, 21)


class Taking:
    """A contact being taken: say things, look at the draft."""

    def __init__(self, *said: str, first: str = "", worry: bool = False) -> None:
        self.turn = begin(first, worry)
        for text in said:
            self.say(text)

    def say(self, text: str, after_alarm: bool = False, side: bool = False) -> "Taking":
        self.turn = take(self.turn.draft, Heard(text, after_alarm, side), TODAY)
        return self

    @property
    def answers(self):
        return self.turn.draft["answers"]

    @property
    def keys(self):
        return [key for key, _ in self.turn.says]


PUBLIC = ("no", "I'm a member of the public", "he is out alone until ten at night", "Robin", "about 7", "1 Made-up Row", "mum is Kay",
          "no name", "neighbour", "no")


def test_the_public_path_ends_at_the_check_and_nothing_is_sent_before_a_yes():
    taking = Taking(*PUBLIC)
    assert taking.turn.draft["asking"] == CHECK
    assert taking.turn.outcome is Outcome.ASKING
    assert taking.say("hmm let me think").turn.outcome is Outcome.ASKING
    assert taking.say("yes that's right").turn.outcome is Outcome.SEND


@pytest.mark.parametrize("not_a_yes", ["don't send it yet", "no", "wait", "who reads it?", "send what?", "not yet", "maybe"])
def test_only_a_clear_yes_sends(not_a_yes):
    assert Taking(*PUBLIC).say(not_a_yes).turn.outcome is not Outcome.SEND


@pytest.mark.parametrize("yes", ["y", "yeah", "k", "yep send it", "send it", "perfect, send it", "Yes, send it", "go ahead"])
def test_people_say_yes_in_many_ways(yes):
    assert Taking(*PUBLIC).say(yes).turn.outcome is Outcome.SEND


def test_danger_at_the_gate_is_999_and_the_draft_is_kept():
    taking = Taking("yes")
    assert taking.turn.outcome is Outcome.DANGER
    assert taking.keys == ["utter_danger_now"]
    assert taking.turn.draft["paused"]


def test_after_an_alarm_it_offers_to_carry_on_or_stop_and_does_neither_by_itself():
    taking = Taking("no", "public", "a worry").say("he is ok now", after_alarm=True)
    assert taking.keys == ["contact_paused"]
    assert "child" not in taking.answers
    assert taking.say("carry on").keys == ["contact_resumed", "ask_child"]


def test_carrying_on_at_once_after_an_alarm_is_understood():
    taking = Taking("no", "public", "a worry").say("police are there now, he's with me. can we finish what we were doing", after_alarm=True)
    assert taking.keys == ["contact_resumed", "ask_child"]


@pytest.mark.parametrize("stop", ["stop", "cancel", "delete it", "I don't want to do this any more", "never mind", "forget it"])
def test_stop_forgets_everything_at_any_moment(stop):
    turn = Taking(*PUBLIC[:4]).say(stop).turn
    assert turn.outcome is Outcome.STOPPED
    assert turn.draft is None


def test_a_spelling_is_put_right_wherever_it_stands():
    taking = Taking(*PUBLIC[:3], "Kit Falsworth").say("sorry I've spelt his surname wrong, it's Falworth not Falsworth")
    assert taking.answers["child"]["said"] == "Kit Falworth"
    assert taking.keys == ["contact_changed", "ask_birth"]


def test_no_she_is_9_changes_the_age():
    taking = Taking(*PUBLIC[:5]).say("no, she's 9")
    assert taking.answers["birth"]["said"] == "9"


def test_a_change_at_the_check_shows_the_new_summary_only():
    taking = Taking(*PUBLIC).say("change the address to 2 Made-up Row")
    assert taking.keys == ["contact_changed", "contact_summary"]
    shown = dict(summary(taking.answers))
    assert shown["label_where"] == "2 Made-up Row"
    assert "1 Made-up Row" not in shown.values()


def test_a_change_without_the_new_words_asks_that_question_again_and_comes_back():
    taking = Taking(*PUBLIC).say("change the address")
    assert taking.keys == ["ask_where"]
    assert taking.say("2 Made-up Row").keys == ["contact_summary"]


def test_back_asks_the_question_before():
    assert Taking(*PUBLIC[:4]).say("back").keys == ["ask_child"]


@pytest.mark.parametrize(("said", "state"), [("skip", "skipped"), ("rather not say", "skipped"), ("dunno", "unknown"), ("i don't know", "unknown")])
def test_unknown_is_not_skipped_and_neither_is_blank(said, state):
    assert Taking(*PUBLIC[:4]).say(said).answers["birth"] == {"state": state}


def test_the_worry_itself_is_needed():
    assert Taking("no", "public").say("skip").keys == ["need_worry"]


def test_a_professional_gives_a_name_and_the_public_need_not():
    taking = Taking("no", "it's part of my job", "tired and hungry most days", "talked with mum", "Ellis", "9", "the school", "mum")
    assert taking.keys == ["ask_you_practitioner"]
    assert taking.say("no name").keys == ["need_you"]
    assert Taking(*PUBLIC[:7]).say("no name").answers["you"]["anonymous"] is True


def test_a_child_is_asked_a_childs_questions_and_never_for_an_agency_or_a_parents_number():
    taking = Taking("no", "it's about me")
    asked = []
    while taking.turn.draft["asking"] != CHECK:
        asked.append(taking.turn.draft["asking"])
        taking.say("my words")
    assert not {"role", "you", "parents", "family_knows", "relationship"} & set(asked)
    assert {"safe_tonight", "safe_to_reach", "must_not_know"} <= set(asked)


def test_a_worry_already_told_is_read_back_and_not_asked_again():
    taking = Taking("no", "no", first="the little lad next door is out on his own until ten most nights", worry=True)
    assert taking.keys == ["contact_worry_read_back", "ask_child"]


def test_a_side_question_is_left_to_others_and_is_not_an_answer():
    taking = Taking(*PUBLIC[:4]).say("what's Operation Encompass?", side=True)
    assert taking.turn.outcome is Outcome.SIDE_QUESTION
    assert "birth" not in taking.answers


def test_a_question_inside_a_long_worry_is_part_of_the_worry():
    words = "she had bruises on both arms on Monday and again today and she flinched when I reached over, is that normal for a child of five?"
    assert Taking("no", "public").say(words, side=True).answers["worry"]["said"] == words


@pytest.mark.parametrize(("said", "kind", "shown"), [
    ("14/03/2017", "exact", "14 March 2017"), ("2012-04-03", "exact", "3 April 2012"), ("3rd of april 2012", "exact", "3 April 2012"),
    ("about 6", "age", None), ("six", "age", None), ("not born yet, due in about 3 months", "unborn", None), ("8 months", "age", None),
])
def test_dates_are_day_first_read_back_in_words_and_never_guessed(said, kind, shown):
    answer = Taking(*PUBLIC[:4]).say(said).answers["birth"]
    assert answer["kind"] == kind
    assert answer.get("shown") == shown


def test_a_date_of_birth_in_the_future_is_asked_about_and_not_kept():
    taking = Taking(*PUBLIC[:4]).say("12/12/2031")
    assert taking.keys == ["birth_in_future"]
    assert "birth" not in taking.answers


def test_the_payload_holds_the_states_and_not_the_gate():
    content = payload(Taking(*PUBLIC).answers)
    assert content["path"] == "public"
    assert "danger" not in content["answers"]
    assert "reach" not in content["answers"]  # anonymous: not asked


def test_the_same_answers_have_the_same_id_and_changed_answers_another():
    taking = Taking(*PUBLIC)
    before = contact_id(taking.turn.draft)
    assert contact_id(taking.turn.draft) == before
    assert contact_id(taking.say("change the address to 2 Made-up Row").turn.draft) != before


def test_every_question_has_its_words_its_why_and_its_label():
    keys = load_words().entries
    for question in QUESTIONS:
        assert f"ask_{question.id}" in keys
        assert f"why_{question.id}" in keys
        assert question.id == "danger" or f"label_{question.id}" in keys
