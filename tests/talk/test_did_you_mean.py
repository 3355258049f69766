"""A guess is said to be one: what a question was taken for, and what else it may have been."""
import datetime as dt
from types import SimpleNamespace

import pytest

from bot.did_you_mean import MOST_OFFERED, load_questions
from bot.guidance_files import GuidanceError
from bot.safety.findings import CERTAIN
from bot.safety.net import load_net
from bot.understanding.traits import intents_that_are
from bot.understanding.wording import Wording
from bot.words import Message


def ranked(*pairs):
    return [{"name": name, "confidence": sure} for name, sure in pairs]


@pytest.fixture
def say_unsure():
    """What is said to words that were only guessed to be about visits."""
    wording = Wording()

    def say(text, sure=0.3):
        latest = SimpleNamespace(text=text, intent={"name": "plain_visits", "confidence": sure}, parse_data={"intent_ranking": ranked(("plain_visits", sure))})
        tracker = SimpleNamespace(latest_message=latest, active_loop=None)
        return wording._asking_back(tracker, "utter_plain_visits", [Message("It depends.")], dt.datetime.now(dt.timezone.utc))
    return say


def test_a_guess_is_named_with_the_next_likeliest():
    taken, others = load_questions().taken_for(ranked(("plain_visits", 0.3), ("plain_who_comes", 0.2), ("ask_how_long", 0.1), ("ask_hours", 0.1)))
    assert "visit" in taken
    assert len(others) == MOST_OFFERED
    assert "Does anyone come round?" in others


@pytest.mark.parametrize("ranking", [
    ranked(("plain_visits", 0.41), ("plain_who_comes", 0.3)), ranked(("child_telling", 0.2), ("plain_visits", 0.2)), ranked(("affirm", 0.2)), []])
def test_what_is_sure_or_is_care_or_talk_asks_nothing_back(ranking):
    assert load_questions().taken_for(ranking) is None


def test_who_tells_something_is_not_asked_what_was_meant(say_unsure):
    assert say_unsure("can they look in my bedroom")[0].text.startswith("I am not sure I understood")
    assert not say_unsure("nobody rang me back for nine days")[0].text.startswith("I am not sure I understood")


def test_a_guess_that_is_hardly_likely_is_said_to_be_one_even_to_who_tells_something(say_unsure):
    said = say_unsure("nobody rang me back for nine days", 0.15)
    assert said[0].text.startswith("I am not sure I understood, but this may help")
    assert "I think you are asking" not in said[0].text
    assert said[-1].text == "It depends."


def test_what_was_not_understood_is_guessed_at_if_a_question_is_likely_enough():
    likely = ranked(("nlu_fallback", 0.2), ("plain_visits", 0.15), ("child_telling", 0.1))
    assert load_questions().guessed(likely) == {"name": "plain_visits", "confidence": 0.15}
    assert load_questions().guessed(ranked(("nlu_fallback", 0.2), ("plain_visits", 0.11))) is None
    assert load_questions().guessed(ranked(("nlu_fallback", 0.2), ("child_telling", 0.19), ("plain_visits", 0.15))) is None
    assert load_questions().guessed([]) is None


def test_what_is_hardly_likely_is_offered_and_not_answered(say_unsure):
    hardly = ranked(("nlu_fallback", 0.2), ("plain_visits", 0.11), ("child_telling", 0.1), ("plain_who_comes", 0.08), ("ask_hours", 0.01))
    assert load_questions().to_choose_from(hardly) == ["What do they look at when they visit?", "Does anyone come round?"]
    said = say_unsure("can they look in my bedroom", 0.11)
    assert said[-1].buttons == ("What do they look at when they visit?",)
    assert "It depends." not in [m.text for m in said]


@pytest.mark.parametrize("ranking", [ranked(("plain_visits", 0.25)), ranked(("nlu_fallback", 0.2), ("child_telling", 0.19), ("plain_visits", 0.1)),
                                     ranked(("nlu_fallback", 0.2)), ranked(("insult", 0.2), ("plain_visits", 0.2)), []])
def test_what_is_likely_enough_or_begins_with_care_or_talk_is_not_only_offered(ranking):
    assert load_questions().to_choose_from(ranking) == []


def test_no_button_raises_an_alarm():
    heard = [f for name in load_questions().names.values() for f in load_net().check(name).findings.all]
    assert not any(f.kind in CERTAIN for f in heard)
    assert len(heard) <= len(load_questions().names) / 100  # the softer words, after another training


def test_care_is_never_a_button_and_a_stray_word_is_not_offered():
    assert load_questions().taken_for(ranked(("plain_visits", 0.3), ("child_telling", 0.2), ("ask_hours", 0.01)))[1] == []
    assert not set(load_questions().names) & intents_that_are("care_scripts")


def test_a_button_is_heard_as_its_question():
    known = load_questions()
    for intent, name in known.names.items():
        assert known.meant_by(name) == known.meant_by(name.lower().rstrip("?")) == intent


@pytest.mark.parametrize("line, wrong", [("child_telling: Are you hurt?", "may be offered"), ("plain_visist: What?", "may be offered"),
                                         ("plain_visits: " + "why " * 20, "button"), ("plain_visits: A?\nplain_who_comes: a", "two questions")])
def test_a_slip_is_refused_with_its_mend(tmp_path, line, wrong):
    file = tmp_path / "did_you_mean.yml"
    file.write_text(line + "\n")
    with pytest.raises(GuidanceError, match=wrong):
        load_questions.__wrapped__(file)
