"""Measure the guidance library on the frozen questions, beside keywords alone and meaning alone.

The two others search the same sections. Their thresholds are set on tests/library/calibration.yml, as ours are.
"""
from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, List, Optional, Tuple

import bm25s
import numpy as np
import yaml

from bot.library.answers import Answer
from bot.library.documents import load_documents
from bot.library.search import Library, open_ready
from bot.live_words import live_words
from bot.understanding.encoder import shared_encoder
from tests.measure.sets import bounds

FOLDER = Path(__file__).resolve().parents[1] / "library"
READ = ("1", "2", "3", "4", "5", "6", "7", "8")  # sets whose misses somebody read: development data
SOURCES = {"annual": "Annual Report 2021-2022", "arrangements": "Multi-agency Safeguarding Arrangements", "pack": "Scrutiny Committee",
           "safer": "Safer Plymouth", "portsmouth": "Portsmouth", "national": "Working together"}
Said = Optional[Tuple[str, str]]  # words and the line that names the source; None: it abstained
_DOES_NOT_TELL = re.compile(r"\bdo(?:es)? not (?:say|give|name|print|retell|list)\b|\bgives (?:no|these rises, not)\b")
Search = Callable[[str], Said]


@dataclass(frozen=True)
class Question:
    """One frozen line. ``expected`` is empty if nothing held answers it."""

    text: str
    sources: Tuple[str, ...] = ()
    expected: str = ""


def questions(name: str) -> List[Question]:
    """The lines of one frozen file; none if there is no such file."""
    file_name = FOLDER / "unseen" / f"{name}.tsv"
    if not file_name.exists():
        return []
    with file_name.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Question(r["question"], tuple(filter(None, (r.get("source") or "").split(","))), r.get("expected") or "") for r in rows]


def is_right(question: Question, words: str) -> bool:
    """Whether the words hold what was asked for."""
    return all(re.search(pattern.strip(), words, re.IGNORECASE) for pattern in question.expected.split("&&"))


def cites(question: Question, line: str) -> bool:
    """Whether the line names a document that holds the answer."""
    return any(SOURCES[source] in line for source in question.sources)


def declined(said: Said) -> bool:
    """Whether nothing was answered, or the answer itself says that its document does not tell."""
    return said is None or _DOES_NOT_TELL.search(said[0]) is not None


def doubt() -> str:
    """What is said before an answer that is only the nearest that is held."""
    return "\n".join(live_words().entries["guidance_nearest"].texts)


def unsure(said: Said) -> bool:
    """Whether an answer is given as only the nearest that is held."""
    return said is not None and said[0].startswith(doubt())


def ours(library: Library) -> Search:
    """The library as people meet it."""
    def search(text: str) -> Said:
        found = library.answer(text)
        if not isinstance(found, Answer):
            return None
        said = (found, *found.seconds)
        return "\n".join([*([] if found.sure else [doubt()]), *(a.words for a in said)]), "\n".join(c.line() for a in said for c in a.citations)
    return search


def plain(scores: Callable[[str], "np.ndarray[tuple[int], np.dtype[np.float64]]"]) -> Search:
    """A search that takes the best section, if its score passes the threshold that suits the calibration questions best."""
    sections = [(f"{d.id}#{s.id}", s.text, d.source) for d in load_documents() for s in d.sections]
    asked = list(yaml.safe_load((FOLDER / "calibration.yml").read_text(encoding="utf-8")))
    tried = [(float(found.max()), sections[int(found.argmax())][0] in line["found"], not line["found"])
             for line in asked for found in (scores(line["ask"]),)]
    enough = max((score for score, _, _ in tried), key=lambda least: sum(
        (score < least) if unanswerable else (right and score >= least) for score, right, unanswerable in tried))

    def search(text: str) -> Said:
        found = scores(text)
        best = int(found.argmax())
        return sections[best][1:] if found[best] >= enough else None
    return search


def keywords_alone() -> Search:
    """BM25 over the sections' headings and texts, with the library's own defaults."""
    texts = [f"{s.heading}. {s.text}" for d in load_documents() for s in d.sections]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    known = set(index.vocab_dict)

    def scores(text: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        words = [w for w in bm25s.tokenize([text], show_progress=False, return_ids=False)[0] if w in known]
        return np.asarray(index.get_scores(words) if words else np.zeros(len(texts)), dtype=np.float64)
    return plain(scores)


def meaning_alone() -> Search:
    """The encoder over the sections' headings and texts."""
    encoder = shared_encoder()
    rows = encoder.encode_all([f"{s.heading}. {s.text}" for d in load_documents() for s in d.sections])
    return plain(lambda text: np.asarray(rows @ encoder.encode(text), dtype=np.float64))


def measure(name: str, search: Search, number: str) -> List[str]:
    """Print one search's figures on a set; return what went wrong, a line each."""
    answerable, unanswerable = questions(f"answerable_{number}"), questions(f"unanswerable_{number}")
    wrong: List[str] = []
    right = cited = silent = doubted = untold = 0
    for question in answerable:
        said = search(question.text)
        silent += said is None
        doubted += unsure(said)
        if said is not None and is_right(question, said[0]):
            right += 1
            cited += cites(question, said[1])
        else:
            untold += said is not None and declined(said)
            wrong.append(f"{question.text} -> {' '.join(said[0].split())[:110] if said else 'not held'}")
    replies = [(q.text, search(q.text)) for q in unanswerable]
    kept = sum(said is None for _, said in replies)
    tells = sum(said is not None and declined(said) for _, said in replies)
    open_ended = sum(said is not None and not declined(said) and not unsure(said) for _, said in replies)
    low, high = bounds(right, len(answerable))
    print(f"  {name:24} right {right}/{len(answerable)} = {right / len(answerable):.3f} (95 %: {low:.3f} to {high:.3f}); of those citing the right "
          f"document {cited / max(1, right):.3f}; abstains: precision {kept / max(1, kept + silent):.3f}, recall {kept / len(unanswerable):.3f}; with answers that say "
          f"themselves that their document does not tell: {(kept + tells) / max(1, kept + tells + silent + untold):.3f}, "
          f"{(kept + tells) / len(unanswerable):.3f}; "
          f"answered without any doubt though not held {open_ended}/{len(unanswerable)}; answers given with a doubt {doubted}/{len(answerable)}")
    return wrong + [f"{text} -> answered, and is not held" for text, said in replies if not declined(said)]


def wrong_city(search: Search, number: str) -> int:
    """How many answers to questions that name no city give another city's facts without saying so first."""
    said = [search(question.text) for question in questions(f"elsewhere_{number}")]
    return sum(found is not None and "Portsmouth" in found[1] and not found[0].startswith("In Portsmouth") for found in said)


def report(lines: bool = True) -> None:
    """Print the library's figures on every set and, for those that have been read, every question that went wrong."""
    search, others = ours(open_ready()), (("keywords alone (BM25)", keywords_alone()), ("meaning alone (encoder)", meaning_alone()))
    for file in sorted((FOLDER / "unseen").glob("answerable_*.tsv")):
        number = file.stem.split("_")[-1]
        print(f"\nGuidance library, set {number} ({'development: its misses were read' if number in READ else 'fresh'})")
        wrong = measure("the library", search, number)
        for name, other in others:
            measure(name, other, number)
        print(f"  another city's facts given without its name: {wrong_city(search, number)}")
        if lines and number in READ:
            print("  Went wrong:", *(f"    {line}" for line in wrong), sep="\n")
