"""Everything that the service can say, each text with its key, its place in a file and who reads it."""
from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, List, Tuple

from bot.guidance_files import ROOT, line_of, read_once
from bot.wording.elsewhere import documents, other_texts
from bot.wording.pages import page_texts
from bot.wording.rules import load_rules
from bot.wording.said import Said, Step, is_label, text_of

WORDING = Path("guidance/wording")
_READER_OF = {"child": "child", "teenager": "child", "young_safeguarder": "child", "practitioner": "practitioner"}


def catalogue() -> List[Said]:
    """Every text, file by file, in the order written. Raises ``GuidanceError`` for a file that cannot be read."""
    return [*wording_texts(), *other_texts(), *page_texts(), *documents()]


def wording_texts() -> Iterator[Said]:
    """The texts of guidance/wording alone: those that can be changed by key. Raises ``GuidanceError``."""
    for path in sorted((ROOT / WORDING).glob("*.yml")):
        file = WORDING / path.name
        content = read_once(file)
        for key, node in content.items():
            if isinstance(node, str):
                yield _said(file, content, str(key), (str(key),), "", node)
                continue
            for part in ("says", "simpler", "shorter", "unsure", "buttons"):
                if part in node:
                    yield from _list(file, node[part], str(key), (str(key), part), part)
            for who in node.get("for") or {}:
                yield from _list(file, node["for"][who], str(key), (str(key), "for", str(who)), f"for.{who}")
            for who in node.get("buttons_for") or {}:
                yield from _list(file, node["buttons_for"][who], str(key), (str(key), "buttons_for", str(who)), "buttons")


def _list(file: Path, node: Any, key: str, path: Tuple[Step, ...], part: str) -> Iterator[Said]:
    for n, text in enumerate(node):
        yield _said(file, node, key, (*path, n), part, str(text))


def _said(file: Path, node: Any, key: str, path: Tuple[Step, ...], part: str, text: str) -> Said:
    who = load_rules().reader_of(key)
    if part.startswith("for."):
        who = _READER_OF.get(part[4:], who)
    kind = "label" if part == "buttons" or is_label(text) else "message"
    return text_of(file, ".".join(map(str, path)), key, part, text, line_of(node, path[-1]), path, who, kind)
