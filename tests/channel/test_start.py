"""What the chat process leaves out when it starts, and that nothing is missing for it."""
import gc
import json
import sys
from pathlib import Path

import pytest

from bot import once


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
