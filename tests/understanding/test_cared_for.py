"""What no intent is likely enough for, but the net's classifier is sure is of care, gets the words of that care, softly."""
import numpy as np
import pytest

from bot.safety.net import load_net
from bot.understanding.intents import UNDERSTOOD, _cared_for

NAMES = ["child_telling", "plain_bored", "practitioner_support", "practitioner_urgent", "self_harm_me", "self_harm_other", "worry_about_child"]
THIN = np.array([0.02, 0.10, 0.03, 0.04, 0.01, 0.01, 0.05])


def heard(chances, writer="", odds=THIN):
    odds = _cared_for(odds, NAMES, chances, writer)
    return NAMES[int(odds.argmax())], float(odds.max())


@pytest.mark.parametrize(("chances", "writer", "name"), [
    ({"child_telling": 0.9, "other": 0.1}, "", "child_telling"),
    ({"worry_about_child": 0.6, "child_telling": 0.3}, "parent", "worry_about_child"),
    ({"worry_about_child": 0.9}, "practitioner", "practitioner_urgent"),
    ({"child_telling": 0.9}, "practitioner", "practitioner_urgent"),
    ({"self_harm_me": 0.9}, "practitioner", "self_harm_me"),
    ({"self_harm_me": 0.72, "other": 0.28}, "", "self_harm_me"),
    ({"self_harm_other": 0.85}, "", "self_harm_other")])
def test_a_kind_of_care_that_the_net_is_sure_of_is_heard_softly(chances, writer, name):
    assert heard(chances, writer) == (name, UNDERSTOOD)


@pytest.mark.parametrize("chances", [
    {}, {"other": 1.0}, {"child_telling": 0.6, "other": 0.4}, {"self_harm_me": 0.65, "other": 0.35}, {"self_harm_other": 0.6, "worry_about_child": 0.4},
    {"child_telling": 0.45, "worry_about_child": 0.45}])
def test_what_it_is_not_sure_of_stays_as_it_was(chances):
    assert heard(chances) == ("plain_bored", 0.10)


def test_a_likelier_guess_gives_way_only_to_what_the_net_is_quite_sure_of():
    guess = np.where(np.array(NAMES) == "plain_bored", 0.30, THIN)
    assert heard({"worry_about_child": 0.9}, odds=guess) == ("plain_bored", 0.30)
    assert heard({"worry_about_child": 0.96}, odds=guess)[0] == "worry_about_child"
    assert heard({"self_harm_me": 0.99}, odds=guess) == ("plain_bored", 0.30)


def test_what_sounds_like_a_wish_stays_with_the_wishes():
    names = ["wish_broken_respect", *NAMES]
    assert int(_cared_for(np.array([0.15, *THIN]), names, {"child_telling": 0.9}, "").argmax()) == 0


@pytest.mark.parametrize("writer", ["parent", "carer"])
def test_a_grown_up_who_says_so_is_no_child_who_tells(writer):
    assert heard({"child_telling": 0.9}, writer) == ("plain_bored", 0.10)


def test_the_classifier_hears_seven_kinds_and_nothing_without_words():
    net = load_net()
    chances = net.chances(net.standard("my stepdad takes my door off when he is cross and I have nowhere to change"))
    assert sum(chances.values()) == pytest.approx(1) and chances["child_telling"] > chances["other"]
    assert net.chances("") == {}
