"""Learn the sentence encoder's adapter from data/nlu again: ``make adapter`` (about half an hour on two cores).

The published weights stay as they are; for each of the six layers' matrices two thin ones are learned (see adapter.py) that
draw sentences of one intent together, and those of one kind of danger or worry apart from all others. Nothing here runs in the service.
"""
from __future__ import annotations

import argparse
import math
import os
import sys
import time
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from bot.safety.voter import LABELS, label_of
from bot.understanding.adapter import mean_of
from bot.understanding.adapter_model import Learner
from bot.understanding.encoder import ADAPTER, VOCABULARY
from bot.understanding.softmax import fitted_softmax

EPOCHS, BATCH, TOKENS = 8, 32, 64
GENTLY = 0.4                     # of the step, where an adapter is learned on
STEP, HEAD_STEP, WARM_UP = 1.5e-3, 5e-3, 0.06
HIDDEN, HIDDEN_WORD = 0.06, 103  # share of the word pieces that are covered each time, so that no single word decides; what covers them
TOLD_EVERY = 250                 # steps
AVERAGED = 0.998                 # the adapter that is kept is a running average over about the last 500 steps
READ_AT_ONCE = 256
STRENGTH = 4.0                   # of the regularisation of the heads that learning on begins with: its inverse
Batch = Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Falling(tf.keras.optimizers.schedules.LearningRateSchedule):
    """A step that grows while warming up and then falls to almost nothing."""

    def __init__(self, highest: float, steps: int) -> None:
        self._highest, self._steps = highest, float(steps)

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        """The step's size at a step's number."""
        done = tf.cast(step, tf.float32) / self._steps
        return self._highest * tf.minimum(1.0, (done + 1 / self._steps) / WARM_UP) * tf.maximum(0.02, 1 - done)


def batches(tokens: Sequence[Sequence[int]], intents: np.ndarray, kinds: np.ndarray, chance: np.random.RandomState) -> List[Batch]:
    """Every example once, in mixed order; sentences of like length together."""
    order = chance.permutation(len(tokens))
    found = []
    for start in range(0, len(order), BATCH * 20):
        near = sorted(order[start:start + BATCH * 20], key=lambda i: len(tokens[i]))
        found += [near[n:n + BATCH] for n in range(0, len(near), BATCH)]
    chance.shuffle(found)
    return [padded([covered(tokens[i], chance) for i in chosen]) + (intents[chosen], kinds[chosen]) for chosen in found]


def covered(row: Sequence[int], chance: np.random.RandomState) -> List[int]:
    """A sentence's token numbers, some of them covered; never the first and the last, which mark its ends."""
    hidden = chance.random_sample(len(row)) < HIDDEN
    hidden[0] = hidden[-1] = False
    return [HIDDEN_WORD if h else int(n) for n, h in zip(row, hidden, strict=True)]


def padded(rows: Sequence[Sequence[int]]) -> Tuple[np.ndarray, np.ndarray]:
    """Token numbers as one array, and the mask that says which of them are words."""
    longest = max(map(len, rows))
    ids = np.array([list(r) + [0] * (longest - len(r)) for r in rows], dtype=np.int32)
    return ids, np.array([[1.0] * len(r) + [0.0] * (longest - len(r)) for r in rows], dtype=np.float32)


def learn(texts: Sequence[str], names: Sequence[str], epochs: int = EPOCHS, seed: int = 1,
          begun: Optional[Mapping[str, np.ndarray]] = None) -> Dict[str, np.ndarray]:
    """Return the adapter's arrays, learned from standard texts and their intents. Says how far it is. ``begun``: an adapter to go on from, gently."""
    from tokenizers import BertWordPieceTokenizer
    tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
    tokenizer.enable_truncation(TOKENS)
    tokens = [e.ids for e in tokenizer.encode_batch(list(texts))]
    known = sorted(set(names))
    intents = np.array([known.index(n) for n in names], dtype=np.int32)
    labels = sorted({label_of(n) for n in names}, key=LABELS.index)
    kinds = np.array([labels.index(label_of(n)) for n in names], dtype=np.int32)
    counts = np.bincount(intents, minlength=len(known)).astype(np.float32)
    rarity = tf.constant(np.clip(np.sqrt(counts.mean() / counts), 0.5, 2.0))
    tf.random.set_seed(seed)
    chance = np.random.RandomState(seed)
    learner = Learner(len(known), len(labels), seed, begun=begun)
    if begun is not None:
        print("Reading the examples with the adapter that is to go on …", flush=True)
        begin_heads(learner, Learner(len(known), len(labels), seed, dropout=0.0, begun=begun), tokens, intents, kinds)
    steps = epochs * math.ceil(len(tokens) / BATCH)
    thin = tf.keras.optimizers.AdamW(Falling(STEP if begun is None else STEP * GENTLY, steps), weight_decay=0.01)
    heads = tf.keras.optimizers.AdamW(Falling(HEAD_STEP, steps), weight_decay=0.01)

    averages = [tf.Variable(v) for v in learner.thin]

    @tf.function(input_signature=[tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None)), tf.TensorSpec((None,), tf.int32),
                                  tf.TensorSpec((None,), tf.int32)], reduce_retracing=True, autograph=False)
    def step(ids: tf.Tensor, mask: tf.Tensor, wanted: tf.Tensor, kind: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = learner.losses(ids, mask, wanted, tf.gather(rarity, wanted), kind)
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, learner.thin + learner.heads), 1.0)
        kept = len(learner.thin)
        thin.apply_gradients(zip(gradients[:kept], learner.thin, strict=True))
        heads.apply_gradients(zip(gradients[kept:], learner.heads, strict=True))
        share = tf.minimum(AVERAGED, (1.0 + tf.cast(thin.iterations, tf.float32)) / (10.0 + tf.cast(thin.iterations, tf.float32)))
        for mean, variable in zip(averages, learner.thin, strict=True):
            mean.assign(share * mean + (1.0 - share) * variable)
        return loss

    started, done = time.time(), 0
    for epoch in range(epochs):
        total = []
        for batch in batches(tokens, intents, kinds, chance):
            total.append(float(step(*batch)))
            done += 1
            if done % TOLD_EVERY == 0:
                left = (time.time() - started) / done * (steps - done) / 60
                print(f"epoch {epoch + 1} of {epochs}: {done / steps:.0%}, loss {np.mean(total[-TOLD_EVERY:]):.3f}; about {left:.0f} minutes left",
                      flush=True)
    sides = [f"{name}.{side}" for name in learner.parts for side in ("A", "B")]
    return {side: mean.numpy().T.astype(np.float16) for side, mean in zip(sides, averages, strict=True)}


def begin_heads(learner: Learner, reads: Learner, tokens: Sequence[Sequence[int]], intents: np.ndarray, kinds: np.ndarray) -> None:
    """Set the heads to what fits the sentences as they are read now: heads that begin at nothing would first undo what the adapter knows."""
    rows = np.zeros((len(tokens), reads.of_intents.shape[0]), dtype=np.float32)
    read = tf.function(reads.encode, input_signature=[tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None))], autograph=False)
    by_length = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    for start in range(0, len(by_length), READ_AT_ONCE):
        some = by_length[start:start + READ_AT_ONCE]
        rows[some] = read(*map(tf.constant, padded([tokens[i] for i in some]))).numpy()
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    for head, labels in ((learner.of_intents, intents), (learner.of_kinds, kinds)):
        head.assign(fitted_softmax(rows / lengths, labels, STRENGTH)[0].T / lengths.mean())


def read_adapter(file: Path) -> Dict[str, np.ndarray]:
    """The arrays of an adapter's file."""
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def read_examples() -> Tuple[List[str], List[str]]:
    """Texts in standard words, as the classifiers read them, and their intents."""
    from rasa.shared.importers.utils import training_data_from_paths

    from bot.guidance_files import ROOT
    from bot.safety.net import load_net
    files = [str(f) for f in sorted((ROOT / "data" / "nlu").glob("*.yml"))]
    examples = [e for e in training_data_from_paths(files, "en").intent_examples if e.get("text")]
    return [load_net().standard(e.get("text")) for e in examples], [e.get("intent") for e in examples]


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Learn the adapter and write it. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1, help="the start (default: 1)")
    parser.add_argument("--out", type=Path, default=ADAPTER, help="where to write it (default: in place of the present one)")
    parser.add_argument("--from", dest="begun", type=Path, metavar="FILE", help="an adapter to go on from: two epochs are enough")
    parser.add_argument("--mean-with", type=Path, metavar="FILE", help="an adapter that was learned apart: write the mean of both")
    args = parser.parse_args(argv)
    texts, names = read_examples()
    print(f"Learning from {len(texts)} examples of {len(set(names))} intents …", flush=True)
    arrays = learn(texts, names, args.epochs, args.seed, read_adapter(args.begun) if args.begun else None)
    if args.mean_with is not None:
        arrays = mean_of(arrays, read_adapter(args.mean_with))
    with args.out.open("wb") as out:
        np.savez(out, **arrays)
    print(f"Written: {args.out}. Run make train, then make evaluate, before you keep it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
