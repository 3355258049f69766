"""The sentence encoder as a graph of a few large steps: the published model's own graph has five times as many, and takes a third longer.

What meets a weight is rounded to 8 bits as it comes and multiplied so: the weights then fit the processor's cache.
One sentence at a time, so nothing is masked and nothing filled up.
"""
from __future__ import annotations

from typing import Any, List, Mapping, Sequence

import numpy as np

from bot.understanding.adapter import LAYERS
from bot.understanding.encoder import DIMENSIONS, MAX_TOKENS

HEADS = 12
_TINY = 1e-12              # what a normalisation adds to a variance, as published
_OURS = "com.microsoft"    # onnxruntime's own steps


class _Graph:
    """Steps and constants as they are added."""

    def __init__(self, arrays: Mapping[str, np.ndarray], eight_bit: Mapping[str, str]) -> None:
        self.nodes: List[Any] = []
        self.constants: List[Any] = []
        self._arrays, self._eight_bit = arrays, eight_bit

    def constant(self, name: str, value: np.ndarray) -> str:
        from onnx import numpy_helper
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def published(self, name: str) -> str:
        return self.constant(name, self._arrays[name])

    def step(self, kind: str, inputs: Sequence[str], out: str, outputs: Sequence[str] = (), domain: str = "", **how: Any) -> str:
        from onnx import helper
        self.nodes.append(helper.make_node(kind, inputs, outputs or [out], domain=domain, **how))
        return out

    def product(self, x: str, out: str, *weights: str) -> str:
        """``x`` times one weight, or several side by side."""
        stored = [self._eight_bit[weight] for weight in weights]
        numbers = self.constant(f"{out}.weight", np.concatenate([self._arrays[name] for name in stored], axis=1))
        scales = np.concatenate([self._arrays[name.replace("_q", "_scale")].reshape(-1) for name in stored])
        return self.step("DynamicQuantizeMatMul", [x, numbers, self.constant(f"{out}.scale", scales)], out, domain=_OURS)

    def added_and_normed(self, x: str, before: str, layer: str, out: str) -> str:
        """``x`` and its bias and what was ``before``, normalised."""
        norm = f"{layer[:-len('dense')]}LayerNorm"
        return self.step("SkipLayerNormalization", [x, before, self.published(f"{norm}.weight"), self.published(f"{norm}.bias"),
                                                    self.published(f"{layer}.bias")], out, domain=_OURS, epsilon=_TINY)

    def embeddings(self) -> str:
        """The words in their places. Only the few words of a message leave their eight bits, not the whole table."""
        from onnx import TensorProto
        own, arrays = "inner.embeddings.", self._arrays
        words = self.step("Gather", [self.published(f"{own}word_embeddings.weight_q"), "input_ids"], "words_q")
        words = self.step("Cast", [words], "words_f", to=TensorProto.FLOAT)
        scales = self.step("Gather", [self.published(f"{own}word_embeddings.weight_scale"), "input_ids"], "words_scale")
        words = self.step("Mul", [words, scales], "words")
        places = arrays[f"{own}position_embeddings.weight_q"].astype(np.float32) * arrays[f"{own}position_embeddings.weight_scale"]
        first = self.constant("first", np.array([0]))
        length = self.step("Shape", ["input_ids"], "length", start=1, end=2)
        places = self.step("Slice", [self.constant("all_places", places[:MAX_TOKENS]), first, length, first], "places")
        kind = self.constant("kind", arrays[f"{own}token_type_embeddings.weight"][0])
        x = self.step("Add", [self.step("Add", [words, kind], "words_of_a_kind"), places], "embeddings")
        return self.step("LayerNormalization", [x, self.published(f"{own}LayerNorm.weight"), self.published(f"{own}LayerNorm.bias")], "begin",
                         axis=-1, epsilon=_TINY)

    def layer(self, x: str, number: int) -> str:
        name = f"encoder.layer.{number}."
        three = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        looks = [f"{part}.split" for part in three]
        self.step("Split", [self.product(x, f"{name}looks", *three), self.constant(f"{name}parts", np.array([DIMENSIONS] * 3))], "", looks, axis=-1)
        bias = self.constant(f"{name}looks.bias", np.concatenate([self._arrays[f"inner.{part}.bias"] for part in three]))
        seen = self.step("MultiHeadAttention", [*looks, bias], f"{name}seen", domain=_OURS, num_heads=HEADS)
        out = f"{name}attention.output.dense"
        x = self.added_and_normed(self.product(seen, out, out), x, f"inner.{out}", f"{name}attended")
        wide = f"{name}intermediate.dense"
        bent = self.step("BiasGelu", [self.product(x, wide, wide), self.published(f"inner.{wide}.bias")], f"{name}bent", domain=_OURS)
        out = f"{name}output.dense"
        return self.added_and_normed(self.product(bent, out, out), x, f"inner.{out}", f"{name}end")


def encoder_graph(arrays: Mapping[str, np.ndarray], eight_bit: Mapping[str, str]) -> bytes:
    """Return an ONNX model from ``input_ids`` (one row of numbers of word pieces) to a vector of each word piece.

    ``arrays``: what the published model holds, by the names in it. ``eight_bit``: which of them is which matrix.
    """
    from onnx import TensorProto, helper
    graph = _Graph(arrays, eight_bit)
    x = graph.embeddings()
    for number in range(LAYERS):
        x = graph.layer(x, number)
    whole = helper.make_graph(graph.nodes, "encoder", [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "length"])],
                              [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "length", DIMENSIONS])], graph.constants)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_OURS, 1)])
    model.ir_version = 8
    return bytes(model.SerializeToString())
