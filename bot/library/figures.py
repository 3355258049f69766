"""Compare every figure in the guidance, with its subject, against the text of the document that it came from."""
from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Set, Tuple

from bot.library.documents import FOLDER, NATIONAL, Document, Section
from bot.library.passages import bare, pieces
from bot.library.words import keywords

_FIGURE = re.compile(r"(?<![\w/.-])£?\d[\d,]*(?:\.\d+)?%?")
_DATE = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](?:20)?(\d\d)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NEAR = 45          # words each side of a figure in which its subject must stand
_SAME_WORDS = 0.55  # of a document's rarer words, so many must stand in its source
_WORDS_FOR = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten"}


@dataclass(frozen=True)
class Doubt:
    """A figure that the source does not bear out."""

    file: str
    line: int
    figure: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.figure}: {self.problem}"


@dataclass(frozen=True)
class Compared:
    """What was compared. ``without_source``: documents whose source is not in the folder."""

    figures: int
    doubts: Tuple[Doubt, ...]
    without_source: Tuple[str, ...]


class SourceText:
    """One source document, as words with the places of its figures."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        text = _DATE.sub(r"\1 \2 20\3", _ADDRESS.sub(" ", text))
        words = text.replace("\u2019", "'").split()
        self._stems: List[Set[str]] = [set(keywords(word)) for word in words]
        self.all: Set[str] = set().union(*self._stems) if self._stems else set()
        self._at: Dict[str, List[int]] = {}
        for n, word in enumerate(words):
            for figure in _FIGURE.findall(word) + _FIGURE.findall(re.sub(r"[^\d,.£%½]+", " ", word)):
                self._at.setdefault(plain(figure), []).append(n)
            lower = re.sub(r"\W", "", word.lower())
            for digit, spelt in _WORDS_FOR.items():
                if lower == spelt:
                    self._at.setdefault(digit, []).append(n)

    def has(self, figure: str) -> bool:
        """Whether the figure stands anywhere in the source."""
        return plain(figure) in self._at

    def has_near(self, figure: str, subject: Set[str], beside: Optional[Set[str]] = None) -> bool:
        """Whether the figure stands near a word of its subject. For a line of a list ``beside`` holds the line's figures:
        the subject must then stand before any other figure, each way."""
        return any(subject & set().union(*self._stems[start:end]) for start, end in self._around(figure, beside))

    def _around(self, figure: str, beside: Optional[Set[str]]) -> Iterator[Tuple[int, int]]:
        in_list = beside is not None
        every = sorted({n for other, places in self._at.items() for n in places if other not in (beside or ())}) if in_list else []
        for n in self._at.get(plain(figure), ()):
            before = max((other + 1 for other in every if other < n), default=0)
            after = min((other for other in every if other > n), default=len(self._stems))
            yield (max(before, n - _NEAR), min(after, n + _NEAR + 1)) if in_list else (max(0, n - _NEAR), n + _NEAR + 1)


def plain(figure: str) -> str:
    """A figure without its marks: "£1,400" and "1400" are the same."""
    number = figure.strip("£%.,").replace(",", "")
    return number.lstrip("0") or number


def read_sources(folder: Path) -> Tuple[SourceText, ...]:
    """Read every text file of a folder. Raises ``FileNotFoundError`` if there is none."""
    files = sorted([*folder.glob("*.txt"), *folder.glob("*.md")])
    if not files:
        raise FileNotFoundError(f"{folder}: there is no .txt or .md file here; give the folder that holds the sources as text")
    return tuple(SourceText(file.name, file.read_text(encoding="utf-8", errors="replace")) for file in files)


def compare(documents: Sequence[Document], sources: Sequence[SourceText], lines: Dict[str, List[str]]) -> Compared:
    """Compare every document with its source. ``lines``: each document's file, by its id, for line numbers."""
    doubts: List[Doubt] = []
    without: List[str] = []
    count = 0
    found = {title: source_of([d for d in documents if d.source == title], sources) for title in {d.source for d in documents}}
    for document in documents:
        source = found[document.source]
        if source is None:
            without.append(document.id)
            continue
        for section in document.sections:
            for piece in pieces(section.text):
                for figure in _FIGURE.findall(_ADDRESS.sub(" ", bare(piece))):
                    count += 1
                    problem = _problem(figure, piece, section, document, source)
                    if problem:
                        doubts.append(Doubt(str(FOLDER / f"{document.id}.md"), _line(lines[document.id], section, piece), figure, problem))
    return Compared(count, tuple(doubts), tuple(without))


def source_of(documents: Sequence[Document], sources: Sequence[SourceText]) -> Optional[SourceText]:
    """The source whose words the documents written from it share most, if they share enough. National guidance is on the web."""
    if any(document.area == NATIONAL for document in documents):
        return None
    own = {word for document in documents for section in document.sections for word in keywords(f"{section.source_heading} {section.text}")}
    in_how_many = Counter(word for source in sources for word in own & source.all)
    best = max(sources, key=lambda source: sum(1 / in_how_many[word] ** 2 for word in own & source.all))
    return best if len(own & best.all) >= _SAME_WORDS * len(own) else None


def _problem(figure: str, piece: str, section: Section, document: Document, source: SourceText) -> Optional[str]:
    if plain(figure) in {plain(f) for f in _FIGURE.findall(f"{document.period} {document.published} {document.source}")}:
        return None
    if plain(figure) in document.worked_out:
        return None
    if not source.has(figure):
        return f"{source.name} does not hold this figure; correct it, or name it under worked_out if we worked it out"
    listed = bare(piece) != piece
    subject = set(keywords(_FIGURE.sub(" ", bare(piece)))) | (set() if listed else set(keywords(section.heading)))
    if subject and not source.has_near(figure, subject, {plain(f) for f in _FIGURE.findall(bare(piece))} if listed else None):
        return f"{source.name} holds this figure, but near none of the words that it stands with here; check whose figure it is"
    return None


def _line(lines: List[str], section: Section, piece: str) -> int:
    start = next((n for n, line in enumerate(lines) if f"{{#{section.id}}}" in line), 0)
    return next((n + 1 for n in range(start, len(lines)) if bare(piece)[:40] in lines[n]), start + 1)
