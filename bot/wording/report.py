"""A page with every message, the hardest first: its grade, a chart of its sentences, and what was found."""
from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, List, Optional, Tuple

import jinja2

from bot.wording.check import findings_in
from bot.wording.reading import Reading, grade
from bot.wording.rules import READERS, load_rules
from bot.wording.said import Said

STEP, WIDTH = 9, 620  # points for a word, and for the chart
GUIDANCE = "answers from the documents"
WHO = {"child": "children", "public": "everyone", "practitioner": "people who work with children", "staff": "staff at the desk"}


@dataclass(frozen=True)
class _Measured:
    said: Said
    read: Reading
    problems: Tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    who: str
    messages: List[_Measured]
    grade: str
    words: Optional[int]

    @property
    def count(self) -> int:
        return len(self.messages)

    @property
    def middle(self) -> float:
        return round(statistics.median(m.read.grade for m in self.messages), 1)

    @property
    def hardest(self) -> float:
        return max(m.read.grade for m in self.messages)

    @property
    def longest(self) -> int:
        return max(m.read.longest for m in self.messages)


def page(texts: Iterable[Said], told: Optional[Callable[[], None]] = None) -> str:
    """The report as one HTML page that needs nothing from elsewhere. ``told`` is called after each text."""
    measured: List[_Measured] = []
    for said in texts:
        if said.kind in ("message", "guidance") and said.part != "heading":
            measured.append(_Measured(said, grade(said.text), tuple(f.problem for f in findings_in(said))))
        if told:
            told()
    limits = load_rules().limits
    rows = [_Row(WHO[who], _of(measured, "message", who), f"{limits[who].grade:g}", limits[who].words) for who in READERS]
    rows.append(_Row(GUIDANCE, _of(measured, "guidance"), "any", None))
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
    return template.render(rows=[row for row in rows if row.messages], step=STEP, width=WIDTH)


def _of(measured: List[_Measured], kind: str, who: Optional[str] = None) -> List[_Measured]:
    chosen = [m for m in measured if m.said.kind == kind and who in (None, m.said.audience) and m.read.words]
    return sorted(chosen, key=lambda m: (-m.read.grade, -m.read.longest))
