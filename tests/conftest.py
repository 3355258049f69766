"""Fixtures that several kinds of tests share."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import pytest
from hypothesis import settings

from tests.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.service import Service

# The gate asks the same cases each time, so that red means a change; `make explore` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("FRONTDOOR_PROPERTIES", "same"))


@pytest.fixture(scope="session")
def chat(tmp_path_factory):
    """The real chat process, with the trained model."""
    service = Service(tmp_path_factory.mktemp("chat"))
    yield service.wait()
    service.stop()
