"""Rasa's importer, but the examples are read once: it is asked for them twice, and a hundred thousand take a quarter of a minute each time."""
from __future__ import annotations

from typing import Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class ReadsOnce(RasaFileImporter):
    """Reads ``data/`` and ``domain.yml`` as Rasa does."""

    _read: Optional[TrainingData] = None

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The examples. Whoever merges them gets copies, so that what is kept stays as it was read."""
        if self._read is None:
            self._read = super().get_nlu_data(language)
        return self._read
