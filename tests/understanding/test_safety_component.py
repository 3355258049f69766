"""Words of harm that a pattern knows outrank an ordinary reply that is only guessed, and not one that is sure."""
import pytest

from bot.safety.net import load_net
from bot.understanding.safety_component import SURE_OF_ORDINARY, _intent

HARM = load_net().check("my mosque teacher hits us on the feet")


@pytest.mark.parametrize("heard, sure, meant", [
    ("plain_worker_my_faith", 0.24, "child_telling"), ("work_extreme_views", 0.3, "child_telling"), ("nlu_fallback", 0.1, "child_telling"),
    ("plain_worker_my_faith", SURE_OF_ORDINARY, "plain_worker_my_faith"), ("ask_allegation_about_worker", 0.3, "ask_allegation_about_worker")])
def test_a_guess_stands_behind_words_of_harm(heard, sure, meant):
    assert HARM.findings.first.voter == "pattern"
    assert _intent(HARM, heard, sure, in_contact=False) == meant
