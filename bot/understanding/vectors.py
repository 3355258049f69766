"""The vectors of the guidance and of the examples, computed once and kept on disk until they or the model change."""
from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from pathlib import Path
from typing import Dict, Optional, Protocol, Sequence

import numpy as np
import numpy.typing as npt

from bot.guidance_files import ROOT
from bot.understanding.encoder import DIMENSIONS, Encoder

CACHE = ROOT / "var" / "cache"
GUIDANCE, WISHES = "guidance", "wishes"
WORTH_KEEPING = 5_000  # examples: a training on fewer takes seconds, and must not push the large one's vectors out
Vectors = npt.NDArray[np.float32]
log = logging.getLogger(__name__)


class Encodes(Protocol):
    """What the search needs of an encoder: unit vectors of ``DIMENSIONS`` floats."""

    def encode(self, text: str) -> Vectors:
        """Return one text's vector."""

    def begin(self, text: str) -> object:
        """Begin to encode a text in another thread."""

    def encode_all(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""


def vectors_of(texts: Sequence[str], encoder: Encodes, cache: Path = CACHE, kept_as: str = GUIDANCE) -> Vectors:
    """Return one row a text. Only the checked model's vectors are kept, under a name of their own; a cache that cannot be used is passed over."""
    if not isinstance(encoder, Encoder) or (not kept_as.startswith((GUIDANCE, WISHES)) and len(texts) < WORTH_KEEPING):
        return encoder.encode_all(texts)
    key = hashlib.sha256("\0".join([encoder.identity, *texts]).encode()).hexdigest()
    file = cache / f"{kept_as}-{key}.npz"
    kept = _read(file, len(texts))
    if kept is not None:
        return kept
    marks = [_mark(text, encoder) for text in texts]
    known = _known(cache, kept_as)
    fresh = [n for n, mark in enumerate(marks) if mark not in known]
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for n, mark in enumerate(marks):
        if mark in known:
            rows[n] = known[mark]
    if fresh:
        rows[fresh] = encoder.encode_all([texts[n] for n in fresh])
    _keep(file, rows, marks, kept_as)
    return rows


def unknown_of(texts: Sequence[str], encoder: Encodes, cache: Path = CACHE) -> int:
    """How many texts have no vector on disk; all of them for an encoder whose vectors are not kept."""
    if not isinstance(encoder, Encoder):
        return len(texts)
    known = _known(cache, GUIDANCE)
    return sum(_mark(text, encoder) not in known for text in texts)


def _mark(text: str, encoder: Encoder) -> str:
    return hashlib.sha256(f"{encoder.identity}\0{text}".encode()).hexdigest()


def _known(cache: Path, kept_as: str) -> Dict[str, Vectors]:
    """The rows of the texts as they were before a change, by the mark of their text: a change encodes only what is new."""
    for file in sorted(cache.glob(f"{kept_as}-*.npz")):
        with contextlib.suppress(Exception), np.load(file, allow_pickle=False) as kept:
            marks, rows = kept["marks"], kept["rows"]
            if rows.shape == (len(marks), DIMENSIONS) and rows.dtype == np.float32:
                return dict(zip((str(mark) for mark in marks), rows, strict=True))
    return {}


def _read(file: Path, count: int) -> Optional[Vectors]:
    try:
        with np.load(file, allow_pickle=False) as kept:
            rows: Vectors = kept["rows"]
    except FileNotFoundError:
        return None
    except Exception as error:  # half a file, another format: computing it again is always right
        log.warning("vectors_unreadable error=%s", type(error).__name__)
        return None
    return rows if rows.shape == (count, DIMENSIONS) and rows.dtype == np.float32 else None


def _keep(file: Path, rows: Vectors, marks: Sequence[str], kept_as: str) -> None:
    fresh = file.with_name(f".{file.stem}.{os.getpid()}.npz")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(fresh, rows=rows, marks=np.array(marks))
        os.replace(fresh, file)
        for old in (*file.parent.glob(f"{kept_as}-*.npz"), *file.parent.glob(f".{kept_as}-*.npz")):  # and what a killed run left
            if old != file:
                old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("vectors_not_kept error=%s", type(error).__name__)
        with contextlib.suppress(OSError):
            fresh.unlink()
