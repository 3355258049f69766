"""What stands in the rules and the domain stands in code as well: it is the same in both."""
import pytest

from actions.second_topic import action_of
from bot.guidance_files import ROOT, read_yaml
from bot.understanding import topics
from bot.understanding.traits import domain_intents, intents_that_are
from bot.understanding.urgent_policy import FORMS
from bot.words import load_words

WORDS_OR_LOOK_UP = "action_look_up_or_say"  # of a second topic it says the words
RULES = [rule["steps"] for file in sorted((ROOT / "data/rules").glob("*.yml")) for rule in read_yaml(file)["rules"]]
ANSWERED_BY = {intent["intent"]: answer["action"] for steps in RULES for intent, answer in zip(steps, steps[1:])
               if "intent" in intent and str(answer.get("action")).startswith("action_")}
SECOND = sorted(i for i in domain_intents() if i in topics.BESIDE_CARE or topics._is_asked(i))


@pytest.mark.parametrize("intent", [i for i in SECOND if i in ANSWERED_BY or action_of(i)])
def test_a_second_topic_is_answered_as_the_rule_of_its_intent_answers_it(intent):
    action = action_of(intent)
    if action is None:
        assert ANSWERED_BY[intent] == WORDS_OR_LOOK_UP and intent not in intents_that_are("by_job")
        assert f"utter_{intent}" in load_words().entries
    else:
        assert action().name() == ANSWERED_BY[intent]


def test_danger_ends_every_form_of_the_domain():
    assert set(read_yaml(ROOT / "domain.yml")["forms"]) == FORMS
