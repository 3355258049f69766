"""The quick look at an action's answer takes nothing that Rasa's own scheme would not take."""
import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from bot.once import is_plainly_right

SCHEME = jsonschema.Draft202012Validator(RemoteAction.action_response_format_spec())
RIGHT = [{"events": [], "responses": []}, {"events": [SlotSet("a", {"b": 1}), ActiveLoop(None), FollowupAction("x")], "responses": [{"text": "hello"}]}]
OTHERWISE = [{"events": [{"event": "slot", "timestamp": None, "name": 3, "value": 1}], "responses": []},
             {"events": [{"event": "slot", "timestamp": None, "name": "a"}], "responses": []},
             {"events": [], "responses": ["hello"]}, {"events": ["slot"], "responses": []}, {"events": [{}], "responses": []},
             {"events": [{"event": "nonsense", "timestamp": None}], "responses": []}, {"events": None, "responses": []}, {}, [], None]


@pytest.mark.parametrize("answer", RIGHT)
def test_what_is_right_is_right_by_the_scheme(answer):
    assert is_plainly_right(answer)
    SCHEME.validate(answer)


@pytest.mark.parametrize("answer", OTHERWISE)
def test_what_is_not_plainly_right_is_left_to_the_scheme(answer):
    try:
        assert not is_plainly_right(answer)
    except (KeyError, TypeError):
        pass
