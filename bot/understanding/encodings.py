"""The vectors of the last texts. They can be begun in other threads: the encoder lets go of the interpreter, so others are answered meanwhile."""
from __future__ import annotations

import collections
import contextlib
import functools
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Iterator, List, Set

import numpy as np

REMEMBERED = 512  # texts: the last few of a hundred people at once
_turns: List[None] = []  # that are under way
_unfinished: "Set[Future[np.ndarray]]" = set()


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """Somebody's turn is under way."""
    _turns.append(None)
    try:
        yield
    finally:
        _turns.pop()


def nobody_waits() -> bool:
    """True if no more is being encoded than one message of one person: whatever is begun now keeps nobody waiting."""
    return _alone() and len(_unfinished) <= 3


def _alone() -> bool:
    """True if nobody else's turn is under way: both cores are there for one message. In a crowd one reads, and the other runs the turns."""
    return len(_turns) <= 1


@functools.lru_cache(maxsize=2)
def _thread(number: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix=f"encoder-{number}")


def _in_a_thread(encode: Callable[[str], np.ndarray], text: str) -> "Future[np.ndarray]":
    begun = _thread(len(_unfinished) % 2 if _alone() else 0).submit(encode, text)
    _unfinished.add(begun)
    begun.add_done_callback(_unfinished.discard)
    return begun


class Encodings:
    """What ``encode`` gives for the last texts. Safe for threads at once."""

    def __init__(self, encode: Callable[[str], np.ndarray]) -> None:
        self._encode = encode
        self._lock = threading.Lock()
        self._known: "collections.OrderedDict[str, Future[np.ndarray]]" = collections.OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def begin(self, text: str) -> "Future[np.ndarray]":
        """Begin in another thread, unless it was begun already. Returns what will hold the vector."""
        with self._lock:
            return self._known.get(text) or self._remember(text, _in_a_thread(self._encode, text))

    def of(self, text: str) -> np.ndarray:
        """The vector, at once or when it is ready. Raises what ``encode`` raises, and remembers no failure."""
        with self._lock:
            begun = self._known.get(text)
        if begun is None:
            begun = Future()
            begun.set_result(self._encode(text))
            with self._lock:
                self._remember(text, begun)
        try:
            return begun.result()
        except Exception:
            with self._lock:
                self._known.pop(text, None)
            raise

    def forget(self) -> None:
        """Forget what people typed."""
        with self._lock:
            self._known.clear()

    def _remember(self, text: str, begun: "Future[np.ndarray]") -> "Future[np.ndarray]":
        self._known[text] = begun
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return begun
