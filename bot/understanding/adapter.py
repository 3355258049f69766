"""A low-rank change (LoRA) that teaches the general sentence encoder the language of safeguarding.

For each weight matrix W of the six layers the adapter holds two thin matrices A and B; the encoder
uses W + B·A. It was learned from data/nlu (learn_adapter.py, docs/decisions/0002-sentence-encoder.md) and is
data, not code: without it the encoder is the published model.

Two adapters that were learned apart can be kept as one, the mean of their changes: each is sure of some things that it
should not be, seldom of the same ones, and the mean costs one reading and not two.
"""
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

import numpy as np

LAYERS = 6
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
          "intermediate.dense", "output.dense")


def _names() -> List[str]:
    return [f"encoder.layer.{layer}.{part}" for layer in range(LAYERS) for part in PARTS]


def prepared(model_file: Path, adapter_file: Optional[Path]) -> bytes:
    """Return the model, with the adapter added if one is given, as ONNX bytes that need little memory and little time.

    The model's weights are 8-bit with a scale a column. Raises ``ValueError`` for another model.
    """
    import onnx
    from onnx import numpy_helper

    from bot.understanding.encoder_graph import encoder_graph
    graph = onnx.load(str(model_file)).graph
    initializers = {t.name: t for t in graph.initializer}
    eight_bit = _changed(initializers)
    if adapter_file is not None:
        _adapt(graph, adapter_file)
    return encoder_graph({name: numpy_helper.to_array(t) for name, t in initializers.items()}, eight_bit)


def mean_of(one: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """Return the arrays of the adapter whose change to each matrix is the mean of the changes of both: their thin matrices side by side."""
    found = {}
    for name in _names():
        found[f"{name}.A"] = np.concatenate([one[f"{name}.A"], other[f"{name}.A"]], axis=0)
        found[f"{name}.B"] = np.concatenate([one[f"{name}.B"] / 2, other[f"{name}.B"] / 2], axis=1).astype(np.float16)
    return found


def _adapt(graph: Any, adapter_file: Path) -> None:
    from onnx import numpy_helper
    initializers = {t.name: t for t in graph.initializer}
    with np.load(adapter_file, allow_pickle=False) as adapter:
        for name, weight in _changed(initializers).items():
            _add(initializers, weight, adapter[f"{name}.A"].astype(np.float32), adapter[f"{name}.B"].astype(np.float32), numpy_helper)


def _changed(initializers: Dict[str, Any]) -> Dict[str, str]:
    """What the export calls each weight that the adapter changes: it names them by their order in the graph, six a layer."""
    weights = sorted((n for n in initializers if n.startswith("val_") and n.endswith("_q")), key=lambda n: int(n.split("_")[1]))
    if len(weights) != LAYERS * len(PARTS):
        raise ValueError("the model does not have the weights that the adapter changes")
    return dict(zip(_names(), weights, strict=True))


def published_weights(model_file: Path) -> Dict[str, np.ndarray]:
    """Every weight of the published model as floats, by the name that its makers gave it; matrices are input by output."""
    import onnx
    from onnx import numpy_helper
    initializers = {t.name: t for t in onnx.load(str(model_file)).graph.initializer}
    changed = {f"{name}.weight": weight[:-len("_q")] for name, weight in _changed(initializers).items()}
    tables = {f"embeddings.{t}_embeddings.weight": f"inner.embeddings.{t}_embeddings.weight" for t in ("word", "position")}
    found = {n[len("inner."):]: numpy_helper.to_array(t) for n, t in initializers.items()
             if n.startswith("inner.") and n.endswith((".bias", "LayerNorm.weight", "token_type_embeddings.weight"))}
    for name, stored in {**changed, **tables}.items():
        found[name] = (numpy_helper.to_array(initializers[f"{stored}_q"]).astype(np.float32)
                       * numpy_helper.to_array(initializers[f"{stored}_scale"]))
    return found


def _add(initializers: Dict[str, Any], weight: str, a: np.ndarray, b: np.ndarray, numpy_helper: Any) -> None:
    scale_name = weight.replace("_q", "_scale")
    whole = numpy_helper.to_array(initializers[weight]).astype(np.float32) * numpy_helper.to_array(initializers[scale_name])
    whole = whole + (b @ a).T
    scale = np.abs(whole).max(axis=0, keepdims=True) / 127.0
    scale[scale == 0] = 1.0
    eight_bit = np.clip(np.round(whole / scale), -127, 127).astype(np.int8)
    initializers[weight].CopyFrom(numpy_helper.from_array(eight_bit, weight))
    initializers[scale_name].CopyFrom(numpy_helper.from_array(scale.astype(np.float32), scale_name))
