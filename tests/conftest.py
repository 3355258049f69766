"""Fixtures that several kinds of tests share."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import pytest

from tests.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.service import Service


@pytest.fixture(scope="session")
def chat(tmp_path_factory):
    """The real chat process, with the trained model."""
    service = Service(tmp_path_factory.mktemp("chat"))
    yield service.wait()
    service.stop()
