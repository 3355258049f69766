"""The sentence encoder as TensorFlow sees it, with the low-rank changes that can be learned. Only learn_adapter.py uses it."""
from __future__ import annotations

import math
from typing import List, Mapping, Optional

import numpy as np
import tensorflow as tf

from bot.understanding.adapter import LAYERS, PARTS, published_weights
from bot.understanding.encoder import DIMENSIONS, model_file

RANK, HEADS, DROPOUT = 16, 12, 0.1


class LowRank(tf.Module):
    """A published matrix that does not change, and the two thin ones that do."""

    def __init__(self, matrix: tf.Tensor, bias: tf.Tensor, seed: int, learned: Optional["tuple[np.ndarray, np.ndarray]"] = None) -> None:
        """``learned``: thin matrices to go on from, as an adapter's file holds them; without them the change begins at nothing."""
        super().__init__()
        self._matrix, self._bias = matrix, bias
        start = np.random.RandomState(seed).normal(size=(matrix.shape[0], RANK)) / math.sqrt(matrix.shape[0])
        a, b = (start, np.zeros((RANK, matrix.shape[1]))) if learned is None else (learned[0].T, learned[1].T)
        self.a, self.b = tf.Variable(a.astype(np.float32)), tf.Variable(b.astype(np.float32))

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        return tf.tensordot(x, self._matrix, 1) + tf.tensordot(tf.tensordot(x, self.a, 1), self.b, 1) + self._bias


class Learner(tf.Module):
    """The encoder with low-rank changes, and two heads that are thrown away: one for the intent, one for what the safety net would find."""

    def __init__(self, intents: int, kinds: int, seed: int, dropout: float = DROPOUT, begun: Optional[Mapping[str, np.ndarray]] = None) -> None:
        """``begun``: the arrays of an adapter to go on from."""
        super().__init__()
        self._dropout = dropout
        self._published = {name: tf.constant(w) for name, w in published_weights(model_file()).items()}
        self.parts = {name: LowRank(self._published[f"{name}.weight"], self._published[f"{name}.bias"], seed + 10 * layer + n,
                                    None if begun is None else (begun[f"{name}.A"], begun[f"{name}.B"]))
                      for layer in range(LAYERS) for n, part in enumerate(PARTS) for name in [f"encoder.layer.{layer}.{part}"]}
        start = tf.random.Generator.from_seed(seed)
        self.of_intents = tf.Variable(start.normal((DIMENSIONS, intents), stddev=0.05))
        self.of_kinds = tf.Variable(start.normal((DIMENSIONS, kinds), stddev=0.05))

    @property
    def thin(self) -> List[tf.Variable]:
        """The variables that are kept."""
        return [v for part in self.parts.values() for v in (part.a, part.b)]

    @property
    def heads(self) -> List[tf.Variable]:
        """The variables that are thrown away."""
        return [self.of_intents, self.of_kinds]

    def losses(self, ids: tf.Tensor, mask: tf.Tensor, intents: tf.Tensor, weights: tf.Tensor, kinds: tf.Tensor) -> tf.Tensor:
        """Cross-entropy over the intents (rare ones weighted up) plus that over the kinds, both smoothed."""
        sentence = tf.nn.dropout(self.encode(ids, mask), self._dropout)
        of_intents = _cross_entropy(tf.matmul(sentence, self.of_intents), intents, 0.1) * weights
        of_kinds = _cross_entropy(tf.matmul(sentence, self.of_kinds), kinds, 0.04)
        return tf.reduce_sum(of_intents) / tf.reduce_sum(weights) + tf.reduce_mean(of_kinds)

    def encode(self, ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        """Return a row a sentence (not of unit length), from token numbers and a mask of ones and zeros."""
        own = self._published
        x = (tf.gather(own["embeddings.word_embeddings.weight"], ids) + own["embeddings.position_embeddings.weight"][:tf.shape(ids)[1]]
             + own["embeddings.token_type_embeddings.weight"][0])
        x = tf.nn.dropout(self._norm(x, "embeddings.LayerNorm"), self._dropout)
        unseen = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in range(LAYERS):
            x = self._layer(x, unseen, f"encoder.layer.{layer}.")
        return tf.reduce_sum(x * mask[:, :, None], 1) / tf.reduce_sum(mask, 1)[:, None]

    def _layer(self, x: tf.Tensor, unseen: tf.Tensor, name: str) -> tf.Tensor:
        shape = tf.shape(x)
        width = DIMENSIONS // HEADS

        def heads(part: str) -> tf.Tensor:
            return tf.transpose(tf.reshape(self.parts[name + part](x), (shape[0], shape[1], HEADS, width)), (0, 2, 1, 3))
        looks = tf.matmul(heads("attention.self.query"), heads("attention.self.key"), transpose_b=True) / math.sqrt(width) + unseen
        seen = tf.matmul(tf.nn.dropout(tf.nn.softmax(looks), self._dropout), heads("attention.self.value"))
        seen = self.parts[name + "attention.output.dense"](tf.reshape(tf.transpose(seen, (0, 2, 1, 3)), shape))
        x = self._norm(x + tf.nn.dropout(seen, self._dropout), name + "attention.output.LayerNorm")
        wide = tf.nn.gelu(self.parts[name + "intermediate.dense"](x))
        return self._norm(x + tf.nn.dropout(self.parts[name + "output.dense"](wide), self._dropout), name + "output.LayerNorm")

    def _norm(self, x: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(x, -1, keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + 1e-12) * self._published[name + ".weight"] + self._published[name + ".bias"]


def _cross_entropy(logits: tf.Tensor, wanted: tf.Tensor, smoothed: float) -> tf.Tensor:
    labels = tf.one_hot(wanted, logits.shape[1]) * (1 - smoothed) + smoothed / logits.shape[1]
    return tf.nn.softmax_cross_entropy_with_logits(labels, logits)
