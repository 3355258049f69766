"""How long the guidance takes to load and to search: at today's size, and with 10,000 sections made here.

The made sections are real ones with a street's name put in, so that none is a copy. Their words are searched at once; the
encoder reads them in the background, so the search with vectors of 10,000 sections is timed with random unit vectors.
"""
from __future__ import annotations

import dataclasses
import itertools
import time
from typing import Callable, List, Sequence, Tuple

import numpy as np

from bot.library.documents import Document, load_documents
from bot.library.not_held import load_not_held
from bot.library.search import Library, open_ready
from bot.understanding.encoder import DIMENSIONS, forget_sentences
from tests.measure.library import questions

MANY = 10_000
ROUNDS = 3
BARS = {"today": (None, 10.0), "many": (30.0, 50.0)}  # seconds to build, milliseconds for 95 of 100 searches


class Stand:
    """Unit vectors at no cost: the same text always gets the same one."""

    def encode(self, text: str) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), DIMENSIONS)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def many_documents(sections: int = MANY) -> Tuple[Document, ...]:
    """Documents with this many sections, no two alike."""
    made: List[Document] = []
    count = 0
    for number, document in zip(itertools.count(), itertools.cycle(load_documents())):
        street = f"Street {number}"
        inside = tuple(dataclasses.replace(s, heading=f"{s.heading} {street}", text=f"{s.text} This is about {street}.",
                                           asked_as=tuple(f"{phrase} {street}" for phrase in s.asked_as[:6]), untold=s.untold[:2])
                       for s in document.sections[:sections - count])
        made.append(dataclasses.replace(document, id=f"{document.id}-{number}", sections=inside))
        count += len(inside)
        if count >= sections:
            return tuple(made)
    raise AssertionError("the circle of documents does not end")


def timed(do: Callable[[], Library]) -> Tuple[Library, float]:
    """What was made, and the seconds it took."""
    started = time.perf_counter()
    made = do()
    return made, time.perf_counter() - started


def search_times(library: Library, asked: Sequence[str]) -> Tuple[float, float, float]:
    """In milliseconds: the median and the 95th of 100 questions, each at its quickest of ``ROUNDS`` (what other jobs take is not ours),
    and the 95th of 100 of all searches."""
    rounds = []
    for _ in range(ROUNDS):
        forget_sentences()  # every search encodes its question
        rounds.append([])
        for question in asked:
            started = time.perf_counter()
            library.answer(question)
            rounds[-1].append((time.perf_counter() - started) * 1000)
    quickest = np.min(rounds, axis=0)
    return float(np.percentile(quickest, 50)), float(np.percentile(quickest, 95)), float(np.percentile(rounds, 95))


def report() -> bool:
    """Print the times beside their bars; True if every bar is reached."""
    asked = [q.text for name in ("answerable_1", "unanswerable_1") for q in questions(name)]
    documents, topics = many_documents(), load_not_held()
    reached = True
    for name, bar, do in (
            ("today's guidance", "today", open_ready),
            (f"{MANY} sections, words while they are encoded", "many", lambda: Library(documents, topics)),
            (f"{MANY} sections with vectors (random ones)", "many", lambda: _with_vectors(documents))):
        library, seconds = timed(do)
        middle, slow, slow_of_all = search_times(library, asked)
        build, search = BARS[bar]
        good = slow <= search and (build is None or seconds <= build)
        reached = reached and good
        print(f"  {name:48} ready in {seconds:5.1f} s; a search p50 {middle:5.1f} ms, p95 {slow:5.1f} ms, of all {slow_of_all:5.1f} ms "
              f"(bar: {f'{build:.0f} s, ' if build else ''}{search:.0f} ms{'' if good else ': NOT REACHED'})")
    return reached


def _with_vectors(documents: Sequence[Document]) -> Library:
    library = Library(documents, load_not_held(), Stand())
    while library.by_words_only:
        time.sleep(0.05)
    return library


if __name__ == "__main__":
    raise SystemExit(0 if report() else 1)
