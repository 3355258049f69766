"""The quick look at an action's answer takes nothing that Rasa's own scheme would not take."""
import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from bot.guidance_files import ROOT
from bot.once import is_plainly_right, reading_the_domain

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


def test_a_domain_that_is_read_once_is_the_one_that_rasa_reads(tmp_path):
    domain = Domain.from_file(str(ROOT / "domain.yml"))
    domain.persist(tmp_path / "domain.yml")
    slowly = Domain.from_path(str(tmp_path))
    with reading_the_domain():
        quickly = Domain.from_path(str(tmp_path))
    assert quickly.as_dict() == slowly.as_dict() and quickly.fingerprint() == slowly.fingerprint()
    assert [slot.name for slot in quickly.slots] == [slot.name for slot in slowly.slots]


def test_anything_but_a_model_s_own_domain_is_read_as_rasa_does(tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(Domain, "from_directory", classmethod(lambda cls, path: read.append(path)))
    (tmp_path / "domain.yml").write_text("intents: [greet]\n", encoding="utf-8")
    with reading_the_domain():
        assert Domain.from_path(str(tmp_path)).intents and not read     # the quick way was gone
        (tmp_path / "more.yml").write_text("intents: [deny]\n", encoding="utf-8")
        Domain.from_path(str(tmp_path))
    assert read == [str(tmp_path)]


def test_after_a_model_that_does_not_load_rasa_reads_as_always():
    as_always = Domain.from_path.__func__
    with pytest.raises(OSError), reading_the_domain():
        assert Domain.from_path.__func__ is not as_always
        raise OSError
    assert Domain.from_path.__func__ is as_always
