"""A script of self-harm or of telling is not drawn from a mere guess; who meant it is left with somebody to talk to."""
import pytest

from bot.understanding.guessed_care import LINE, instead_of_a_guess
from bot.understanding.traits import intents_that_are
from bot.understanding.wording import CARE
from bot.words import load_words


def ranked(*pairs):
    return [{"name": name, "confidence": sure} for name, sure in pairs]


@pytest.mark.parametrize("ranking, answered", [
    (ranked(("self_harm_other", 0.3), ("plain_age_skills", 0.28)), "plain_age_skills"),
    (ranked(("self_harm_me", 0.35), ("child_telling", 0.05), ("work_gut_feeling", 0.3)), "work_gut_feeling"),
    (ranked(("feeling_low", 0.4), ("small_talk", 0.3), ("plain_nightmares", 0.26)), "plain_nightmares")])
def test_a_guess_gives_way_to_the_next_likeliest(ranking, answered):
    assert instead_of_a_guess(ranking)["name"] == answered


@pytest.mark.parametrize("ranking", [
    ranked(("self_harm_me", 0.5), ("work_gut_feeling", 0.4)),                            # sure
    ranked(("self_harm_me", 0.3), ("feeling_low", 0.2), ("work_gut_feeling", 0.25)),     # some care, whichever
    ranked(("feeling_low", 0.3), ("plain_awake_worrying", 0.2)),                           # nothing else is likely
    ranked(("danger_now", 0.3), ("plain_nightmares", 0.3)), ranked(("plain_nightmares", 0.3)), []])
def test_what_is_sure_or_may_well_be_care_stands(ranking):
    assert instead_of_a_guess(ranking) is None


def test_every_script_that_may_be_a_guess_has_words_for_when_it_is():
    entries = load_words().entries
    assert [n for n in intents_that_are("not_on_a_guess") if f"utter_{n}" in CARE and not entries[f"utter_{n}"].unsure] == []
    line = entries[f"utter_{LINE}"].texts
    assert "{childline}" in line[0]
    assert "{emergency}" in line[0]
