"""Turn a partnership's own document into a draft of guidance: headings, pages and front matter, for a person to finish."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Tuple

from bot.library.documents import MOST_WORDS
from bot.library.questions import FEWEST_TOLD

_MARK = re.compile(r"^#{1,6}\s+(?P<heading>.+?)\s*#*$")
_CONTACT = re.compile(r"\S+@\S+|(?<![\d,.])\+?0?\d{2,5}[ -]?\d{3}[ -]?\d{3,4}\b")
_MOST_IN_HEADING = 12
KINDS = (".pdf", ".docx", ".txt", ".md")


class DraftError(Exception):
    """A document cannot become a draft. The message says what to do."""


@dataclass(frozen=True)
class Line:
    """One line or paragraph of the document. ``page`` is 0 where the format has no pages."""

    text: str
    page: int
    heading: bool


@dataclass(frozen=True)
class Draft:
    """A draft: its text, lines for the questions of each section, how many sections it has, and how many numbers or addresses
    were taken out."""

    text: str
    questions: str
    sections: int
    taken_out: int


def draft_of(file: Path) -> Draft:
    """Read a document and write a draft of it. Raises ``DraftError``."""
    if not file.exists():
        raise DraftError(f"{file}: there is no such file; check the path")
    readers = {".pdf": _pdf, ".docx": _docx, ".txt": _plain, ".md": _plain}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise DraftError(f"{file}: only {', '.join(KINDS)} can be read; save it as one of them")
    lines = [line for line in reader(file) if line.text.strip()]
    if sum(len(line.text.split()) for line in lines) < 20:
        raise DraftError(f"{file}: there is hardly any text in it; if it is a scan, use the version that was typed")
    sections = list(_sections(lines))
    taken = sum(len(_CONTACT.findall(text)) for _, _, text in sections)
    ids = _ids([heading for heading, _, _ in sections])
    questions = "".join(f"{name}\ttold\t\n" * FEWEST_TOLD + f"{name}\tuntold\t\n" for name in ids)
    return Draft(_written(file, sections, ids), questions, len(sections), taken)


def _pdf(file: Path) -> Iterator[Line]:
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise DraftError(f"{file}: it is locked with a password; save a copy without one")
        for number, page in enumerate(reader.pages, 1):
            for text in _paragraphs((page.extract_text() or "").splitlines()):
                yield Line(text, number, _looks_like_heading(text))
    except PdfReadError:
        raise DraftError(f"{file}: this is not a PDF that can be read; open it and save it again as PDF") from None


def _docx(file: Path) -> Iterator[Line]:
    import zipfile

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    try:
        document = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        raise DraftError(f"{file}: this is not a Word document that can be read; open it in Word and save it again") from None
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield Line("- " + ": ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())), 0, False)
        else:
            style = (block.style.name or "") if block.style is not None else ""
            yield Line(block.text.strip(), 0, style.startswith(("Heading", "Title")))


def _plain(file: Path) -> Iterator[Line]:
    for text in _paragraphs(file.read_text(encoding="utf-8", errors="replace").splitlines()):
        mark = _MARK.match(text)
        yield Line(mark["heading"] if mark else text, 0, bool(mark) or _looks_like_heading(text))


def _paragraphs(lines: List[str]) -> Iterator[str]:
    """Lines joined to paragraphs; a heading or a list item stays alone."""
    held: List[str] = []
    for line in (" ".join(line.split()) for line in lines):
        alone = not line or bool(_MARK.match(line)) or line.startswith(("- ", "• ", "* ")) or _looks_like_heading(line)
        if alone and held:
            yield " ".join(held)
            held = []
        if line and alone:
            yield re.sub(r"^[•*] ", "- ", line)
        elif line:
            held.append(line)
    if held:
        yield " ".join(held)


def _looks_like_heading(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _MOST_IN_HEADING or text[-1] in ".,;:!?" or not text[0].isupper() or text.startswith("- "):
        return False
    return text.isupper() or sum(word[0].isupper() for word in words) >= len(words) / 2


def _sections(lines: List[Line]) -> Iterator[Tuple[str, int, str]]:
    """Heading, page and text. A long one is cut where a paragraph ends."""
    heading, page = "Introduction", 0
    held: List[str] = []
    for line in [*lines, None]:
        if line is None or line.heading:
            yield from _cut(heading, page, held)
            held = []
            if line is not None:
                heading, page = line.text.title() if line.text.isupper() else line.text, line.page
        else:
            page = page or line.page
            held.append(line.text)


def _cut(heading: str, page: int, paragraphs: List[str]) -> Iterator[Tuple[str, int, str]]:
    part: List[str] = []
    number = 1
    for paragraph in [*paragraphs, None]:
        full = paragraph is None or (part and len(" ".join([*part, paragraph]).split()) > MOST_WORDS)
        if full and part:
            yield (heading if number == 1 else f"{heading} ({number})"), page, "\n".join(part)
            part, number = [], number + 1
        if paragraph is not None:
            part.append(paragraph)


def _written(file: Path, sections: List[Tuple[str, int, str]], ids: List[str]) -> str:
    out = ["---", 'title: ""          # how people call it', 'publisher: ""      # who wrote it', "area: Plymouth     # whose facts these are",
           'published: ""      # "June 2026"', 'period: ""         # what time it covers', "audience: everyone # or practitioners",
           "review_by:         # a date by which somebody reads it again: 2027-05-31", f'source: ""         # the exact title of {file.name}', "---"]
    for (heading, page, text), name in zip(sections, ids, strict=True):
        out += ["", f"## {heading} {{#{name}}}",
                f"<!-- page heading in the source: {heading.replace(';', ',')}{f', page {page}' if page else ''} -->", "",
                _CONTACT.sub("(a number or address stood here: it belongs in guidance/contacts.yml)", text)]
    return "\n".join(out) + "\n"


def _ids(headings: List[str]) -> List[str]:
    """A short name for each heading, no two alike."""
    seen: List[str] = []
    for heading in headings:
        base = "-".join(re.findall(r"[a-z0-9]+", heading.lower())[:4]) or "section"
        name, number = base, 1
        while name in seen:
            number += 1
            name = f"{base}-{number}"
        seen.append(name)
    return seen
