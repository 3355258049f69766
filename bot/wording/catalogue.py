"""Everything that the service can say, each text with its key, its place in a file and who reads it."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, List, Tuple, Union

from bot.guidance_files import ROOT, line_of, read_yaml
from bot.wording.rules import load_rules

WORDING = Path("guidance/wording")
Step = Union[str, int]
_ABOUT_DANGER = re.compile(r"{(?:emergency|silent_999|samaritans|shout|route|relay_999)}|\b(?:danger\w*|emergenc\w+|hurt\w*|harm\w*|unsafe|"
                           r"not safe|suicide|dying|kill\w*|abuse\w*|at risk)\b", re.I)
_ENDS = re.compile(r"[.!?:…][\"”’)]*$")
_READER_OF = {"child": "child", "teenager": "child", "young_safeguarder": "child", "practitioner": "practitioner"}


@dataclass(frozen=True)
class Said:
    """One text that can be said.

    ``id`` names it for good ("utter_greet.says.0"); ``key`` is the entry, ``path`` the way to the text inside ``file`` (from the
    project's root), ``line`` where it begins there, from 1. ``audience``: child, public (anyone may read it, children too), practitioner
    or staff. ``kind``: message (graded), label (a button, a title, a few words: only its words are checked), guidance (an answer
    from a document: measured, held to no grade), quotation, or translation. ``danger``: it speaks about danger or harm.
    """

    id: str
    key: str
    part: str
    text: str
    file: str
    line: int
    path: Tuple[Step, ...]
    audience: str
    kind: str
    danger: bool


def catalogue() -> List[Said]:
    """Every text, file by file, in the order written. Raises ``GuidanceError`` for a file that cannot be read."""
    return [*_wording()]


def _wording() -> Iterator[Said]:
    for path in sorted((ROOT / WORDING).glob("*.yml")):
        file = WORDING / path.name
        content = read_yaml(file)
        for key, node in content.items():
            if isinstance(node, str):
                yield _said(file, content, str(key), (str(key),), "", node)
                continue
            for part in ("says", "simpler", "shorter", "buttons"):
                if part in node:
                    yield from _list(file, node[part], str(key), (str(key), part), part)
            for who in node.get("for") or {}:
                yield from _list(file, node["for"][who], str(key), (str(key), "for", str(who)), f"for.{who}")


def _list(file: Path, node: Any, key: str, path: Tuple[Step, ...], part: str) -> Iterator[Said]:
    for n, text in enumerate(node):
        yield _said(file, node, key, (*path, n), part, str(text))


def _said(file: Path, node: Any, key: str, path: Tuple[Step, ...], part: str, text: str) -> Said:
    who = load_rules().reader_of(key)
    if part.startswith("for."):
        who = _READER_OF.get(part[4:], who)
    kind = "label" if part == "buttons" or is_label(text) else "message"
    return Said(".".join(map(str, path)), key, part, text.strip(), str(file), line_of(node, path[-1]), path, who, kind,
                bool(_ABOUT_DANGER.search(text)))


def is_label(text: str) -> bool:
    """A few words that are no sentence, or hardly one: a grade would say nothing about them."""
    words = len(text.split())
    return "\n" not in text.strip() and (words < 6 or words <= 12 and not _ENDS.search(text.strip()))
