"""The guidance documents, read from guidance/documents/*.md and checked while reading."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Mapping, NoReturn, Optional, Sequence, Tuple

import frontmatter
import yaml

from bot.guidance_files import ROOT, GuidanceError
from bot.library.questions import CONTACT, Line, check_together, load_questions, questions_file

FOLDER = Path("guidance/documents")
HOME = "Plymouth"
NATIONAL = "England"  # national guidance holds in Plymouth too
AREAS = (HOME, NATIONAL, "Portsmouth")
FEWEST_WORDS, MOST_WORDS = 20, 150
_FIELDS = ("title", "publisher", "area", "published", "period", "audience", "source")
_HEADING = re.compile(r"## (?P<heading>\S.*?) \{#(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\}")
_COMMENT = re.compile(r"<!-- page heading in the source: (?P<source>[^;]+?) -->")


@dataclass(frozen=True)
class Section:
    """A piece of a document that can be quoted whole. ``id`` is unique within its document. ``asked_as``: questions that it
    answers, the first of which are offered as buttons; ``untold``: questions that sound as if it did, and no section does."""

    id: str
    heading: str
    source_heading: str
    text: str
    asked_as: Tuple[str, ...] = ()
    untold: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One file. ``source`` is the title of the document it was written from; ``published`` is in words; ``route``: its
    answers end with whom to ring now; ``link``: where the source was read; ``worked_out``: figures of our
    own arithmetic, which the source does not print."""

    id: str
    title: str
    publisher: str
    area: str
    published: str
    period: str
    audience: str
    source: str
    review_by: dt.date
    sections: Tuple[Section, ...]
    route: bool = False
    link: str = ""
    worked_out: Tuple[str, ...] = ()


def opening_words(area: str) -> str:
    """How every answer about another city begins, so that nobody takes it for Plymouth's. Empty for Plymouth and for England."""
    return "" if area in (HOME, NATIONAL) else f"In {area} (another city), "


def load_documents(folder: Path = FOLDER) -> Tuple[Document, ...]:
    """Read every document. Raises ``GuidanceError`` naming file, line and mend."""
    read = [_with_questions(file) for file in document_files(folder)]
    check_together(line for _, lines in read for line in lines)
    return tuple(document for document, _ in read)


def document_files(folder: Path = FOLDER) -> Tuple[Path, ...]:
    """The files of a folder. Raises ``GuidanceError`` if there is none."""
    files = sorted((folder if folder.is_absolute() else ROOT / folder).glob("*.md"))
    if not files:
        raise GuidanceError(f"{folder}:1: there is no document here; restore the folder from version control")
    return tuple(folder / file.name for file in files)


def load_document(file: Path) -> Document:
    """Read one document and its questions. Raises ``GuidanceError`` naming file, line and mend."""
    return _with_questions(file)[0]


def _with_questions(file: Path) -> Tuple[Document, Tuple[Line, ...]]:
    document = _read(file)
    lines = load_questions(questions_file(file), [section.id for section in document.sections])
    sections = tuple(replace(section, asked_as=tuple(line.text for line in lines if line.section == section.id and line.told),
                             untold=tuple(line.text for line in lines if line.section == section.id and not line.told))
                     for section in document.sections)
    return replace(document, sections=sections), lines


def _read(file: Path) -> Document:
    try:
        written = (file if file.is_absolute() else ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise GuidanceError(f"{file}:1: the file is not UTF-8 text; save it again as UTF-8") from None
    return _document(file, written)


def _document(file: Path, written: str) -> Document:
    lines = written.splitlines()
    fields = _front_matter(file, written, lines)
    body = lines.index("---", 1) + 1
    starts = [n for n in range(body, len(lines)) if lines[n].startswith("#")]
    for number in range(body, starts[0] if starts else len(lines)):
        if lines[number].strip():
            _complain(file, number, "this text belongs to no section", 'put a line "## Heading {#short-id}" above it')
    if not starts:
        _complain(file, body - 1, "there is no section", 'add one that begins "## Heading {#short-id}"')
    sections: List[Section] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        section = _section(file, lines, start, end, fields["area"])
        if any(section.id == other.id for other in sections):
            _complain(file, start, f'"{section.id}" is used twice in this file', "give this section an id of its own")
        sections.append(section)
    return Document(id=file.stem, sections=tuple(sections), **fields)


def _front_matter(file: Path, written: str, lines: Sequence[str]) -> Dict[str, Any]:
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        _complain(file, 0, "the front matter is missing", "begin with title, area and so on between two lines of ---")
    try:
        found: Mapping[str, Any] = frontmatter.loads(written).metadata
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        _complain(file, mark.line if mark else 0, "the front matter is not valid YAML",
                  "close the quotes around this value or the one above")
    fields: Dict[str, Any] = {}
    for key in _FIELDS:
        value = found.get(key)
        if not isinstance(value, str) or not value.strip():
            _complain(file, _line_with(lines, key), f'"{key}" is missing or is not words', f'write {key}: "…"')
        fields[key] = value.strip()
    if fields["area"] not in AREAS:
        _complain(file, _line_with(lines, "area"), f'"{fields["area"]}" is not an area', f"write one of {', '.join(AREAS)}")
    if fields["area"] not in fields["source"] + fields["title"]:
        _complain(file, _line_with(lines, "source"), f"neither source nor title names {fields['area']}",
                  "name the place, so that a citation shows whose facts these are")
    if not isinstance(found.get("review_by"), dt.date):
        _complain(file, _line_with(lines, "review_by"), '"review_by" is missing or not a date', "write review_by: 2027-05-31")
    fields["review_by"] = found["review_by"]
    if not isinstance(found.get("route", False), bool):
        _complain(file, _line_with(lines, "route"), '"route" is not yes or no', "write route: yes, or leave it out")
    fields["route"] = bool(found.get("route", False))
    fields["link"] = str(found.get("link", "")).strip()
    if fields["link"] and not re.fullmatch(r"https://\S+\.\S+", fields["link"]):
        _complain(file, _line_with(lines, "link"), f'"{fields["link"]}" is not an address', 'write link: "https://…", or leave it out')
    if fields["area"] == NATIONAL and not fields["link"]:
        _complain(file, _line_with(lines, "area"), "national guidance without its address", 'write link: "https://…", where you read it')
    fields["worked_out"] = tuple(str(figure) for figure in found.get("worked_out") or ())
    return fields


def _section(file: Path, lines: Sequence[str], start: int, end: int, area: str) -> Section:
    heading = _HEADING.fullmatch(lines[start].rstrip())
    if heading is None:
        _complain(file, start, "this is not a section's heading", "write ## Heading {#short-id}, with small letters in the id")
    comment = _COMMENT.fullmatch(lines[start + 1].strip()) if start + 1 < end else None
    if comment is None:
        _complain(file, start + 1, "the section does not say where it came from",
                  "under the heading write <!-- page heading in the source: … -->")
    text = "\n".join(lines[start + 2:end]).strip()
    words = len(text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        _complain(file, start, f"the section has {words} words", f"write {FEWEST_WORDS} to {MOST_WORDS}, or split it")
    for number in range(start, end):
        if CONTACT.search(lines[number]):
            _complain(file, number, "a telephone number or e-mail address stands here",
                      "name the service; its number belongs in guidance/contacts.yml only")
    if not text.startswith(opening_words(area)):
        _complain(file, start, f"the section is about {area} and does not begin by saying so",
                  f'begin its text with "{opening_words(area)}"')
    return Section(heading["id"], heading["heading"], comment["source"].strip(), text)


def _line_with(lines: Sequence[str], key: str) -> int:
    return next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), 0)


def _complain(file: Path, line: Optional[int], problem: str, mend: str) -> NoReturn:
    raise GuidanceError(f"{file}:{(line or 0) + 1}: {problem}; {mend}")
