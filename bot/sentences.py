"""The sentences of what we wrote ourselves. What people type is cut elsewhere (bot/safety/patterns.py): they leave out capitals and stops."""
from __future__ import annotations

import re
from typing import List

_END = re.compile(r'(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)["”]?\s+(?=[A-Z"“£\d])')


def sentences(text: str) -> List[str]:
    """The sentences of a text; each line has its own. A quotation stays whole with its marks."""
    found: List[str] = []
    for line in text.splitlines():
        ends = [m.end() for m in _END.finditer(line)]
        found += [line[start:end].strip() for start, end in zip([0, *ends], [*ends, len(line)], strict=True)]
    return [sentence for sentence in found if sentence]
