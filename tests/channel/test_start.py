"""What the chat process leaves out when it starts, and that nothing is missing for it."""
import gc
import json
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot import once
from bot.channel.pages import condition
from bot.conversations.store import Conversations
from bot.guidance_files import GuidanceError
from bot.serve import Behind


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads what a process has loaded from /proc")
def test_the_chat_understands_everything_without_tensorflow(chat):
    status, body, _ = chat.get("/health")
    health = json.loads(body)
    assert status == 200 and health == {"status": "whole", "safety_net": "whole", "problems": []}
    assert "tensorflow" not in Path(f"/proc/{chat.process.pid}/maps").read_text().lower()


def test_a_name_of_a_module_that_was_left_out_says_so_when_it_is_used(monkeypatch):
    for name in ("jax", "tensorflow", "rasa.utils.tensorflow.callback", "rasa.utils.tensorflow.data_generator",
                 "rasa.graph_components.validators.default_recipe_validator"):
        monkeypatch.setitem(sys.modules, name, None)      # so that it is put back as it was, also if it was not there
        monkeypatch.delitem(sys.modules, name)
    once.without_tensorflow()
    with pytest.raises(ImportError):
        import tensorflow  # noqa: F401
    from rasa.utils.tensorflow.callback import RasaTrainingLogger
    with pytest.raises(RuntimeError, match=r"bot/once\.py"):
        RasaTrainingLogger(1, silent=True)


def test_rubbish_is_looked_for_again_after_loading_even_if_it_failed():
    with pytest.raises(KeyError), once.loading():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
    gc.unfreeze()


def test_a_mistake_in_a_file_that_the_model_reads_is_told_as_its_own_mend(monkeypatch, caplog):
    line = "guidance/follow_ups.yml:12: this is not valid YAML"

    def rasa_loads(_agent, _model):
        try:
            raise GuidanceError(line)
        except GuidanceError as error:
            raise RuntimeError("wrapped by Rasa") from error

    monkeypatch.setattr("rasa.core.agent.Agent.load_model", rasa_loads)
    behind, conversations = Behind(), Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))
    behind.load(conversations)
    assert f"model_not_loaded error=RuntimeError mend={line}" in caplog.text
    assert any(problem.endswith(line) for problem in condition(behind, conversations)["problems"])
    monkeypatch.setattr("rasa.model.get_latest_model", lambda _folder: None)
    behind.load(conversations)
    assert (behind.problem, behind.mend) == ("FileNotFoundError", "run make train")
