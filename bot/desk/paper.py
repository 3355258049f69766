"""A small PDF: headings, labels and texts in a font that knows most European scripts."""
from __future__ import annotations

from pathlib import Path
from typing import Set

import matplotlib
from fpdf import FPDF
from fpdf.enums import XPos, YPos

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"     # DejaVu, free to embed, comes with the charts' library
_WIDTH = 190    # mm of A4 between the margins


class Paper(FPDF):  # type: ignore[misc]
    """One document. Nothing that was typed is dropped: what the font lacks is written as [U+1F600]."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.add_font("text", "", str(_FONTS / "DejaVuSans.ttf"))
        self.add_font("text", "B", str(_FONTS / "DejaVuSans-Bold.ttf"))
        self._known: Set[int] = set(getattr(self.fonts["text"], "cmap", ()))
        self._title = title
        self.set_title(title)
        self.set_lang("en-GB")
        self.set_auto_page_break(True, margin=18)
        self.add_page()

    def heading(self, text: str, *, small: bool = False) -> None:
        """A heading."""
        self.ln(3)
        self._write(text, "B", 12 if small else 18)

    def words(self, text: str) -> None:
        """A line of text."""
        self._write(text, "", 10)

    def pair(self, label: str, text: str) -> None:
        """A label and what was answered."""
        self._write(label, "B", 10)
        self._write(text, "", 10)
        self.ln(1.5)

    def footer(self) -> None:
        """On every page: what it is, that it is confidential, its number."""
        self.set_y(-14)
        self.set_font("text", "", 8)
        self.cell(_WIDTH, 5, f"{self._title}. Confidential: about a child. Page {self.page_no()}", align="C")

    def finished(self) -> bytes:
        """The document's bytes."""
        return bytes(self.output())

    def _write(self, text: str, style: str, size: int) -> None:
        self.set_font("text", style, size)
        self.multi_cell(_WIDTH, size * 0.55, self._writable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _writable(self, text: str) -> str:
        return "".join(c if c in "\n\t" or ord(c) in self._known else f"[U+{ord(c):04X}]" for c in text)


def paper(title: str) -> Paper:
    """A new document."""
    return Paper(title)
