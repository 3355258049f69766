"""The intent classifier of the model that is served, without the rest of it."""
from __future__ import annotations

import tempfile
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from bot.guidance_files import ROOT
from bot.understanding.in_context import ClassifierInContext

MODEL = ROOT / "models" / "front-door.tar.gz"


def trained_classifier() -> ClassifierInContext:
    """The classifier. Raises ``FileNotFoundError`` if nothing was trained (make train)."""
    with tempfile.TemporaryDirectory() as folder:
        storage, _ = LocalModelStorage.from_model_archive(Path(folder), MODEL)
        trained = next(Path(folder).rglob("weights.npz")).parent.name
        found = ClassifierInContext.load(ClassifierInContext.get_default_config(), storage, Resource(trained), ExecutionContext(GraphSchema({})))
        assert isinstance(found, ClassifierInContext)
        return found
