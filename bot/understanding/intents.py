"""Rasa component: which intent a message has, by the sentence encoder and logistic regression."""
from __future__ import annotations

import logging
import re
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.handoff.parcel import LETTERS
from bot.safety.net import load_net
from bot.safety.voter import hashed
from bot.understanding.encoder import EncoderUnavailable, safeguarding_encoder

log = logging.getLogger(__name__)
SPELLING_FEATURES = 2 ** 13
RANKED = 5
# a reference, or the code that goes with it
_REFERENCE = re.compile(rf"(?<![A-Z0-9])(?:[{LETTERS}]{{4}}-[{LETTERS}]{{4}}|[{LETTERS}]{{3}}[- ][{LETTERS}]{{3}}[- ][{LETTERS}]{{3}})"
                        r"(?![A-Z0-9])", re.I)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Classifies by meaning; by spelling alone (hashed words) if the encoder cannot load."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource,
                 arrays: Optional[Dict[str, np.ndarray]] = None) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._arrays = arrays or {}
        self._encoder = None
        if arrays is not None:
            try:
                encoder = safeguarding_encoder()
                self._encoder = encoder if encoder.identity == str(arrays["encoder"]) else None
            except EncoderUnavailable as error:
                log.warning("encoder_unavailable reason=%s", error)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """C: inverse strength of regularisation."""
        return {"C": 6.0, "max_iter": 300}

    @classmethod
    def required_packages(cls) -> List[str]:
        """Checked by Rasa before training."""
        return ["sklearn", "onnxruntime", "tokenizers", "onnx"]

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "IntentClassifier":
        """A new, untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples and keep the weights in Rasa's model."""
        from sklearn.linear_model import LogisticRegression
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        standard = [load_net().standard(e.get(TEXT)) for e in examples]
        names = sorted({e.get(INTENT) for e in examples})
        labels = np.array([names.index(e.get(INTENT)) for e in examples])
        encoder = safeguarding_encoder()
        meaning = LogisticRegression(C=self._config["C"], max_iter=self._config["max_iter"], class_weight="balanced")
        meaning.fit(encoder.encode_all(standard), labels)
        spelling = LogisticRegression(C=10.0, max_iter=25, tol=1e-2, class_weight="balanced")
        spelling.fit(hashed(standard, SPELLING_FEATURES), labels)
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / "weights.npz", names=np.array(names), encoder=np.array(encoder.identity),
                                meaning_coef=meaning.coef_.astype(np.float32), meaning_intercept=meaning.intercept_,
                                spelling_coef=spelling.coef_.astype(np.float16), spelling_intercept=spelling.intercept_)
        return self._resource

    @classmethod
    def load(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "IntentClassifier":
        """Load the weights; works without the encoder."""
        with model_storage.read_from(resource) as folder:
            arrays = dict(np.load(folder / "weights.npz", allow_pickle=False))
        arrays["spelling_coef"] = arrays["spelling_coef"].astype(np.float32)
        return cls(config, model_storage, resource, arrays)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set ``intent`` and a short ranking on each message."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._classify(message, load_net().standard(text))
        return messages

    def _classify(self, message: Message, standard: str) -> None:
        if self._encoder is not None:
            logits = self._arrays["meaning_coef"] @ self._encoder.encode(standard) + self._arrays["meaning_intercept"]
        else:
            row = hashed([standard], SPELLING_FEATURES)
            logits = np.asarray(row @ self._arrays["spelling_coef"].T)[0] + self._arrays["spelling_intercept"]
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        if not load_net().spelling.knows_a_word(standard):
            odds *= 0.01  # nothing in it is a word: not understood, whatever it is nearest to
        best = np.argsort(odds)[::-1][:RANKED]
        if _REFERENCE.search(message.get(TEXT)):  # whoever types a reference asks about that contact
            best, odds = np.array([list(self._arrays["names"]).index("contact_status")]), np.ones_like(odds)
        ranking = [{"name": str(self._arrays["names"][i]), "confidence": float(odds[i])} for i in best]
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
