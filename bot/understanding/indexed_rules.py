"""Rasa's rules, found by what was just said and done. Rasa's own policy reads every rule again at every step."""
from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Dict, List, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

Index = Dict[Optional[str], Dict[Optional[str], Set[str]]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRules(RulePolicy):
    """``RulePolicy``, which decides as it always did, but only among rules whose last state can fit the newest one."""

    def __init__(self, *args: Any, lookup: Optional[Dict[str, Any]] = None, **kwargs: Any) -> None:
        """Index the rules that were loaded."""
        super().__init__(*args, lookup=lookup, **kwargs)
        self._indexes: Dict[int, Index] = {}
        self._longest, self._by_text = 0, False
        if lookup:
            self._longest = max((len(json.loads(key)) for rules in self._index_all() for key in rules), default=0)

    def _index_all(self) -> List[Dict[str, str]]:
        tables = [rules for rules in self.lookup.values() if isinstance(rules, dict)]
        self._indexes = {id(rules): _index(rules) for rules in tables}
        self._by_text = any(self._read_text(index) for index in self._indexes.values())
        return tables

    def _analyze_rules(self, rule_trackers: List[TrackerWithCachedStates], all_trackers: List[TrackerWithCachedStates], domain: Domain) -> List[str]:
        """As Rasa does: asks every rule against every other. They are all learned by now, so they can be found as they are when they serve."""
        self._index_all()
        found: List[str] = super()._analyze_rules(rule_trackers, all_trackers, domain)
        return found

    @staticmethod
    def _read_text(index: Index) -> bool:
        """True if, just after a message, some rule asks for its text, or for no intent of it, and so can fit when only the text is looked at."""
        return bool(index.get(ACTION_LISTEN_NAME, {}).get(None))

    def _find_action_from_rules(self, tracker: DialogueStateTracker, domain: Domain,
                                use_text_for_last_user_input: bool) -> Tuple[Optional[str], Optional[str], bool]:
        """As Rasa does, but without a first look for rules that name a message's text where there is none: half of the work."""
        if use_text_for_last_user_input and self._indexes and not self._by_text:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _prediction_states(self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool = False,
                           rule_only_data: Optional[Dict[str, Any]] = None) -> List[State]:
        """As Rasa does, but only the newest states, as many as the longest rule has: no rule compares an older one."""
        if not self._longest:
            return super()._prediction_states(tracker, domain, use_text_for_last_user_input, rule_only_data)
        many = sum(isinstance(event, ActionExecuted) for event in tracker.applied_events()) + 1
        states = [domain._clean_state(domain.get_active_state(before))
                  for n, (before, _) in enumerate(tracker.generate_all_prior_trackers()) if many - n <= self._longest]
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
        return states

    def _get_possible_keys(self, lookup: Dict[str, str], states: List[Dict[str, Any]]) -> Set[str]:
        index = self._indexes.get(id(lookup))
        if index is None or not states:
            return super()._get_possible_keys(lookup, states)
        done, said = _done(states[-1]), _said(states[-1])
        if done is None:        # a conversation starts: what was said is not compared
            possible = set().union(*index.get(None, {}).values())
        else:
            possible = index.get(done, {}).get(said, set()) | index.get(done, {}).get(None, set())
        for turn, state in enumerate(reversed(states)):
            possible = {key for key in possible if self._is_rule_applicable(key, turn, state)}
        return possible


def _index(rules: Dict[str, str]) -> Index:
    index: Index = defaultdict(lambda: defaultdict(set))
    for key in rules:
        newest = json.loads(key)[-1]
        index[_done(newest)][_said(newest)].add(key)
    return index


def _done(state: Dict[str, Any]) -> Optional[str]:
    name: Optional[str] = state.get(PREVIOUS_ACTION, {}).get("action_name")
    return name


def _said(state: Dict[str, Any]) -> Optional[str]:
    intent: Optional[str] = state.get(USER, {}).get("intent")
    return intent
