"""What we run faster than Rasa gives what Rasa gives: every node of the graph, every rule."""
import functools
import json
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.model import get_latest_model
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.guidance_files import ROOT
from bot.understanding.in_order import InOrder
from bot.understanding.indexed_rules import IndexedRules, _index

SAID = ["hello", "what are the ten wishes", "is gateway the same as mash", "my dad hits me", "he has a knife", "asdfgh", "who chairs the partnership"]


@pytest.fixture(scope="module")
def processor():
    agent = Agent()
    agent.load_model(Path(get_latest_model(str(ROOT / "models"))))
    assert isinstance(agent.processor.graph_runner, DaskGraphRunner)
    return agent.processor


@pytest.mark.parametrize("said", SAID)
def test_a_graph_in_order_gives_what_rasas_runner_gives(processor, said):
    target = processor.model_metadata.nlu_target

    def parsed(runner):
        given = {"__message__": [UserMessage(said)], "__tracker__": None}
        heard = runner.run(inputs=given, targets=[target])[target][0].as_dict()
        return {key: value for key, value in heard.items() if key != "message_id"}     # a new one each time

    as_rasa = parsed(processor.graph_runner)
    assert as_rasa["intent"]["name"]
    assert parsed(InOrder(processor.graph_runner)) == as_rasa


def test_a_missing_input_is_an_error_in_both(processor):
    for runner in (processor.graph_runner, InOrder(processor.graph_runner)):
        with pytest.raises(Exception, match="Missing input"):
            runner.run(inputs={}, targets=[processor.model_metadata.nlu_target])


def test_an_indexed_rule_is_found_whenever_rasa_finds_it(processor, monkeypatch):
    # Rasa reads every rule for each question, and remembers a thousand of them: fewer than there are
    monkeypatch.setattr(RulePolicy, "_rule_key_to_state", staticmethod(functools.lru_cache(maxsize=None)(json.loads)))
    policy = next(node._component for node in processor.graph_runner._instantiated_nodes.values() if isinstance(node._component, IndexedRules))
    rules = policy.lookup["rules"]
    intents = sorted({state[USER]["intent"] for key in rules for state in json.loads(key) if state.get(USER, {}).get("intent")})
    assert len(rules) > 50 and len(intents) > 50
    apart = [key for key in rules if '"intent": "plain_' not in key and '"intent": "work_' not in key]    # no ordinary question and its words
    every, parts = list(rules), 20
    assert len(apart) > 100
    # a rule is found or not whatever others there are: each is asked for among its part of them, and every twentieth among all
    tables = [(rules, every[::parts])] + [({key: rules[key] for key in part}, part) for part in (apart, *(every[n::parts] for n in range(parts)))]
    asked = found = 0
    for table, part in tables:
        monkeypatch.setitem(policy._indexes, id(table), _index(table))
        for number, key in enumerate(part):
            states = json.loads(key)
            other = json.loads(key)
            other[-1].setdefault(USER, {})["intent"] = intents[number % len(intents)]
            begun = [{k: v for k, v in states[-1].items() if k != PREVIOUS_ACTION}]
            for conversation in (states, states[-1:], other, other[-1:], begun, [{}, *states], []):
                as_rasa = RulePolicy._get_possible_keys(policy, table, conversation)
                assert policy._get_possible_keys(table, conversation) == as_rasa
                asked, found = asked + 1, found + bool(as_rasa)
    assert found > asked / 3


@pytest.mark.parametrize("loop", [None, "contact_form", "reflection_form"])
def test_no_rule_is_found_by_a_message_s_text_where_none_is_looked_for(processor, loop):
    policy = next(node._component for node in processor.graph_runner._instantiated_nodes.values() if isinstance(node._component, IndexedRules))
    slots = processor.domain.slots
    for intent in processor.domain.intents:
        said = UserUttered("some words", {"name": intent, "confidence": 1.0})
        for events in ([ActionExecuted("action_listen"), said], [said], [ActionExecuted("action_listen"), ActiveLoop(loop), said],
                       [ActionExecuted("action_listen"), said, ActionExecuted(loop or "action_guidance"), ActionExecuted("action_listen"), said]):
            tracker = DialogueStateTracker.from_events("somebody", events, slots)
            action, _, returning = RulePolicy._find_action_from_rules(policy, tracker, processor.domain, True)
            assert (action, returning) == (None, False)
            assert policy._find_action_from_rules(tracker, processor.domain, True) == (None, None, False)


def test_a_rule_that_asks_for_no_intent_after_a_message_is_looked_for():
    told = [{PREVIOUS_ACTION: {"action_name": "action_listen"}, USER: {"text": "hello there"}}]
    assert IndexedRules._read_text(_index({json.dumps(told): "utter_greet"}))
    assert not IndexedRules._read_text(_index({json.dumps([{**told[0], USER: {"intent": "greet"}}]): "utter_greet"}))
