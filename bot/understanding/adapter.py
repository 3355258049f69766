"""A low-rank change (LoRA) that teaches the general sentence encoder the language of safeguarding.

For each weight matrix W of the six layers the adapter holds two thin matrices A and B; the encoder
uses W + B·A. It was learned from data/nlu (learn_adapter.py, docs/decisions/0002-sentence-encoder.md) and is
data, not code: without it the encoder is the published model.
"""
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np

LAYERS = 6
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
          "intermediate.dense", "output.dense")


def _names() -> List[str]:
    return [f"encoder.layer.{layer}.{part}" for layer in range(LAYERS) for part in PARTS]


def prepared(model_file: Path, adapter_file: Optional[Path]) -> bytes:
    """Return the model, with the adapter added if one is given, as ONNX bytes that need little memory.

    The model's weights are 8-bit with a scale a column. Raises ``ValueError`` for another model.
    """
    import onnx
    model = onnx.load(str(model_file))
    _look_up_words_in_eight_bits(model.graph)
    if adapter_file is not None:
        _adapt(model.graph, adapter_file)
    _multiply_in_eight_bits(model)
    return bytes(model.SerializeToString())


def _multiply_in_eight_bits(model: Any) -> None:
    """Round what meets a weight to 8 bits too, as it comes: four times as fast, for the weights then fit the processor's cache."""
    from onnx import helper, numpy_helper
    graph, initializers = model.graph, {t.name: t for t in model.graph.initializer}
    for eight_bit in _changed(initializers).values():
        whole = eight_bit[:-len("_q")]
        scale = f"{whole}_scale"
        initializers[scale].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(numpy_helper.to_array(initializers[scale]).reshape(-1)), scale))
        product = next(n for n in graph.node if n.op_type == "MatMul" and n.input[1] == whole)
        graph.node.insert(list(graph.node).index(product), helper.make_node(
            "DynamicQuantizeMatMul", [product.input[0], eight_bit, scale], [product.output[0]], domain="com.microsoft"))
        for node in [product, *(n for n in graph.node if eight_bit in n.input and n.op_type == "Cast"),
                     *(n for n in graph.node if scale in n.input and n.op_type == "Mul")]:
            graph.node.remove(node)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _look_up_words_in_eight_bits(graph: Any) -> None:
    """Scale the few words of a message after looking them up, not the whole table before (47 MB less in memory)."""
    from onnx import TensorProto, helper
    gather = next((n for n in graph.node if n.op_type == "Gather" and n.input[0].endswith("word_embeddings.weight")), None)
    if gather is None:
        raise ValueError("the model does not look words up as expected")
    table, ids, out = gather.input[0], gather.input[1], gather.output[0]
    scaled = next(n for n in graph.node if n.output[0] == table)
    cast = next(n for n in graph.node if n.output[0] == scaled.input[0])
    place = list(graph.node).index(gather)
    for node in (gather, scaled, cast):
        graph.node.remove(node)
    new = [helper.make_node("Gather", [cast.input[0], ids], ["word_q"]), helper.make_node("Cast", ["word_q"], ["word_f"], to=TensorProto.FLOAT),
           helper.make_node("Gather", [scaled.input[1], ids], ["word_scale"]), helper.make_node("Mul", ["word_f", "word_scale"], [out])]
    for offset, node in enumerate(new):
        graph.node.insert(place - 2 + offset, node)


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
