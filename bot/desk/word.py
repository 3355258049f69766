"""A contact as a Word document: the headings and rows of the page, for staff whose systems take nothing else."""
from __future__ import annotations

import io
import re
from typing import Any

from docx import Document

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Word:
    """One document. A character that XML cannot hold is written as its code, never dropped."""

    def __init__(self, title: str) -> None:
        self._document: Any = Document()
        self._document.core_properties.title = title
        self._document.sections[0].footer.paragraphs[0].text = f"{title}. Confidential: about a child."

    def heading(self, text: str, *, small: bool = False) -> None:
        """A heading."""
        self._document.add_heading(_writable(text), 2 if small else 1)

    def words(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(_writable(text))

    def pair(self, label: str, text: str) -> None:
        """A label and what was answered."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(_writable(label) + "\n").bold = True
        paragraph.add_run(_writable(text))

    def finished(self) -> bytes:
        """The document's bytes."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def _writable(text: str) -> str:
    return _NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
