"""The few texts that may stay as they are although the check finds something, from guidance/words/exceptions.yml."""
from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import List, Sequence, Set, Tuple

from bot.guidance_files import complain, read_yaml, required
from bot.wording.check import FAILS, Finding

FILE = Path("guidance/words/exceptions.yml")
FEWER_THAN = 10


def load_exceptions(file: Path = FILE) -> Set[Tuple[str, str]]:
    """(id, kind) of each. Raises ``GuidanceError`` for one that is not explained, or if there are too many."""
    content = read_yaml(file, may_be_empty=True) or []
    if len(content) >= FEWER_THAN:
        complain(file, content, f"there are {len(content)} exceptions", f"rewrite some: fewer than {FEWER_THAN} may stay", FEWER_THAN - 1)
    for node in content:
        for part in ("id", "kind", "who", "why"):
            required(file, node, part)
        required(file, node, "date", dt.date, "the day, such as 2026-11-21")
        if node["kind"] not in FAILS:
            complain(file, node, f'"{node["kind"]}" is no kind', f"choose from {', '.join(FAILS)}", "kind")
    return {(str(node["id"]), str(node["kind"])) for node in content}


def left(found: Sequence[Finding], excepted: Set[Tuple[str, str]]) -> Tuple[List[Finding], Set[Tuple[str, str]]]:
    """What fails and is not excepted, and the exceptions that nothing needs any more."""
    used = {(f.said.id, f.kind) for f in found}
    return [f for f in found if f.fails and (f.said.id, f.kind) not in excepted], excepted - used
