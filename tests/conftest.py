"""Fixtures that several kinds of tests share."""
import os
import shutil
import socket

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.service import ROOT, Service, with_cache

PARTS = ("actions", "bot", "data", "guidance", "models", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "pyproject.toml")

# The gate asks the same cases each time, so that red means a change; `make explore` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("FRONTDOOR_PROPERTIES", "same"))


def pytest_collection_modifyitems(items):
    """Mark the property tests, wherever they stand and whatever they import."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)) or "schemathesis" in type(item).__module__:
            item.add_marker("property")


@pytest.fixture(autouse=True, scope="session")
def this_machine_alone():
    """A test reaches nothing beyond this machine."""
    def guarded(connect):
        def to(self, address):
            if self.family != socket.AF_UNIX and not (address[0] in ("localhost", "::1") or address[0].startswith("127.")):
                raise OSError(f"a test would have reached {address[0]}")
            return connect(self, address)
        return to
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        yield


@pytest.fixture(scope="session")
def chat(tmp_path_factory):
    """The real chat process, with the trained model."""
    service = Service(tmp_path_factory.mktemp("chat"))
    yield service.wait()
    service.stop()


@pytest.fixture
def copy(tmp_path):
    """A copy of the project that a test may damage."""
    root = tmp_path / "project"
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("*.pyc.*"))  # half-written by another test's Python
        else:
            shutil.copy(source, root / part)
    with_cache(root)
    return root
