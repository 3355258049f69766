"""The questions that people ask of each section, read from guidance/questions/*.tsv and checked while reading.

A line is a section's id, "told" or "untold", and a question, with a tab between them. ``told``: the section answers it.
``untold``: it sounds as if the section did, and no section does. The search learns both from them.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterable, List, NoReturn, Tuple

from bot.guidance_files import ROOT, GuidanceError

TOLD, UNTOLD = "told", "untold"
FEWEST_TOLD = 4
CONTACT = re.compile(r"\S@\S|(?<![\d,.])0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|(?<![\d,.])999\b"
                     r"|\b(?:call|ring|dial|text|phone|telephone) \d[\d ]*\d\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One question, and where it stands."""

    file: Path
    number: int
    section: str
    told: bool
    text: str


def questions_file(document: Path) -> Path:
    """The file with a document's questions: guidance/questions/NAME.tsv beside guidance/documents/NAME.md."""
    return document.parent.parent / "questions" / f"{document.stem}.tsv"


def load_questions(file: Path, sections: Iterable[str]) -> Tuple[Line, ...]:
    """Read one file, in its order. Raises ``GuidanceError`` naming file, line and mend."""
    try:
        written = (file if file.is_absolute() else ROOT / file).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise GuidanceError(f"{file}:1: the questions of this document are missing; "
                            "write lines with a section's id, told or untold, and a question") from None
    except UnicodeDecodeError:
        raise GuidanceError(f"{file}:1: the file is not UTF-8 text; save it again as UTF-8") from None
    known, seen, found = list(sections), set(), []
    for number, line in enumerate(written, 1):
        if not line.strip():
            continue
        read = _line(file, number, line, known)
        if read.told is True and plain(read.text) in seen:
            _complain(read, f'"{read.text}" stands here twice', "take one of them out")
        if read.told:
            seen.add(plain(read.text))
        found.append(read)
    for section in known:
        told = sum(line.told for line in found if line.section == section)
        if told < FEWEST_TOLD:
            raise GuidanceError(f"{file}:{len(written) or 1}: the section {section} has {told} questions that it answers; "
                                f"write at least {FEWEST_TOLD} lines that begin with {section}, a tab, told")
    return tuple(found)


def check_together(lines: Iterable[Line]) -> None:
    """The same question cannot be told by two sections, nor told by one and untold by another: the search could not choose."""
    lines = list(lines)
    told: Dict[str, Line] = {}
    for line in lines:
        if line.told:
            other = told.setdefault(plain(line.text), line)
            if other is not line:
                _complain(line, f'"{line.text}" is also asked of {other.file.stem}#{other.section}', "keep it in one of them")
    untold: Dict[Tuple[str, str, str], Line] = {}
    for line in (line for line in lines if not line.told):
        teller = told.get(plain(line.text))
        if teller is not None:
            _complain(line, f'"{line.text}" is told by {teller.file.stem}#{teller.section}', "take one of them out")
        if untold.setdefault((line.file.stem, line.section, plain(line.text)), line) is not line:
            _complain(line, f'"{line.text}" stands here twice', "take one of them out")


def plain(text: str) -> str:
    """The words of a question alone: two questions that differ in marks and capitals only are the same."""
    return " ".join(re.findall(r"[a-z0-9£']+", text.lower().replace("’", "'")))


def _line(file: Path, number: int, line: str, sections: List[str]) -> Line:
    parts = [part.strip() for part in line.split("\t")]
    here = Line(file, number, parts[0], len(parts) > 1 and parts[1] == TOLD, parts[-1])
    if len(parts) != 3 or not all(parts):
        _complain(here, f"this line has {len(parts)} parts", "write a section's id, told or untold, and a question, with one tab between them")
    if parts[0] not in sections:
        _complain(here, f'the document has no section "{parts[0]}"', f"write one of {', '.join(sections)}")
    if parts[1] not in (TOLD, UNTOLD):
        _complain(here, f'"{parts[1]}" is neither {TOLD} nor {UNTOLD}', f"write {TOLD} if the section answers it, or {UNTOLD} if no section does")
    if CONTACT.search(parts[2]):
        _complain(here, "a telephone number or e-mail address stands here", "leave it out; numbers belong in guidance/contacts.yml only")
    return here


def _complain(line: Line, problem: str, mend: str) -> NoReturn:
    raise GuidanceError(f"{line.file}:{line.number}: {problem}; {mend}")
