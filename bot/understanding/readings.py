"""The two readings of a message that its intent is heard with, and a logistic regression on each.

The adapted encoder knows the examples very well; the published one, which never saw them, knows words that they do not hold.
Together they are right more often about messages that nobody foresaw (docs/decisions/0002-sentence-encoder.md).
"""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, List, Sequence, Tuple

import numpy as np

from bot.understanding.encoder import Encoder, safeguarding_encoder, shared_encoder

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

MEANS_COUNT = 10.0  # of the means that the fit begins at


def encoders() -> Tuple[Encoder, ...]:
    """The encoders that intents are heard with. Raises ``EncoderUnavailable``."""
    return safeguarding_encoder(), shared_encoder()


def fitted(vectors: np.ndarray, labels: np.ndarray, strength: float, most_steps: int) -> "LogisticRegression":
    """A classifier of one encoder's vectors. ``strength``: the inverse of the regularisation's."""
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(C=strength, max_iter=most_steps, class_weight="balanced").fit(vectors, labels)


def fitted_from_means(vectors: np.ndarray, labels: np.ndarray, strength: float, most_steps: int) -> "LogisticRegression":
    """``fitted`` for many labels (0, 1, ... without a gap): begun at each label's mean vector it needs less than half of the steps."""
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(C=strength, max_iter=most_steps, class_weight="balanced", warm_start=True)
    means = np.stack([vectors[labels == label].mean(axis=0) for label in range(labels.max() + 1)])
    model.classes_ = np.arange(len(means))
    model.coef_ = (MEANS_COUNT * (means - means.mean(axis=0))).astype(vectors.dtype)
    lengths = (means ** 2).sum(axis=1)
    model.intercept_ = (-MEANS_COUNT / 2 * (lengths - lengths.mean())).astype(vectors.dtype)
    return model.fit(vectors, labels)


def fitted_together(readings: "Sequence[np.ndarray]", labels: np.ndarray, strength: float, most_steps: int) -> "List[LogisticRegression]":
    """``fitted_from_means`` for several encoders' vectors, each on a core of its own."""
    from threadpoolctl import threadpool_limits
    with threadpool_limits(1), ThreadPoolExecutor(len(readings)) as threads:
        return list(threads.map(lambda vectors: fitted_from_means(vectors, labels, strength, most_steps), readings))


def at_most(many: int, labels: np.ndarray) -> np.ndarray:
    """The places of at most ``many`` examples of each label, evenly spread over all that it has, in their order."""
    kept = []
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        kept.append(places[np.linspace(0, len(places) - 1, min(many, len(places))).round().astype(int)])
    found: np.ndarray = np.sort(np.concatenate(kept))
    return found


def log_odds(logits: np.ndarray) -> np.ndarray:
    """Logits as the logarithms of probabilities, for one message or a row a message."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    found: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return found
