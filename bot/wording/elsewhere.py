"""What is said and does not stand in guidance/wording: the wishes' words, the glossary, jobs, places, lines, cards, documents."""
from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Iterator, List, Tuple

from bot.guidance_files import ROOT, line_of, read_once
from bot.library.documents import Document, document_files, load_document
from bot.wording.rules import load_rules
from bot.wording.said import Said, Step, is_label, text_of

GUIDANCE = Path("guidance")
# file, the name in ids, the way to the texts ("*" is every item), who reads them, and what they are ("" = see is_label)
_PLACES: Tuple[Tuple[str, str, str, str, str], ...] = (
    ("ten_wishes.yml", "wish", "wishes/*/wish", "public", "quotation"),
    ("ten_wishes.yml", "wish", "wishes/*/short", "child", ""),
    ("ten_wishes.yml", "wish", "wishes/*/asks", "practitioner", ""),
    ("ten_wishes.yml", "wish", "wishes/*/child", "child", ""),
    ("ten_wishes.yml", "wish", "wishes/*/carer", "public", ""),
    ("ten_wishes.yml", "wish", "wishes/*/say", "child", ""),
    ("glossary.yml", "glossary", "*/means", "public", ""),
    ("practitioners.yml", "job", "*/job", "practitioner", "label"),
    ("practitioners.yml", "job", "*/example", "practitioner", ""),
    ("not_held.yml", "not_held", "*/says", "public", ""),
    ("ageing.yml", "ageing", "*/says", "public", ""),
    ("did_you_mean.yml", "did_you_mean", "*", "child", "label"),
    ("contacts.yml", "line", "*/name", "public", "label"),
    ("contacts.yml", "line", "*/for", "public", "label"),
    ("contacts.yml", "line", "*/hours/*/says", "public", "label"),
    ("places.yml", "council", "councils/#", "public", "label"),
    ("safety/languages.yml", "language", "*/name", "public", "translation"),
    ("safety/languages.yml", "language", "*/reply", "public", "translation"),
    ("safety/languages.yml", "language", "*/unchecked", "public", "translation"),
    ("lab.yml", "lab", "walks/*/title", "child", "label"),
    ("lab.yml", "lab", "walks/*/plays/*/you", "child", "typed"),
    ("lab.yml", "lab", "walks/*/questions/*/asks", "child", ""),
    ("lab.yml", "lab", "walks/*/questions/*/answers/*", "child", "label"),
    ("desk.yml", "desk", "limits/*/says", "staff", "label"),
    ("desk.yml", "desk", "decisions/*", "staff", "label"),
)
_BOXES = frozenset({"wishes", "councils", "walks"})  # they hold the items and say nothing in an id


def other_texts() -> Iterator[Said]:
    """Each text that stands in a file of its own kind. Raises ``GuidanceError``."""
    for name, prefix, way, who, kind in _PLACES:
        file = GUIDANCE / name
        content = read_once(file)
        for path, node, text in _at(content, way.split("/"), ()):
            steps = [_named(item, step) for item, step in zip(_along(content, path), path, strict=True)]
            key = ".".join([prefix, *(steps[1:] if path[0] in _BOXES else steps)])
            yield text_of(file, key, key, steps[-1], text, line_of(node, path[-1]), path, load_rules().reader_of(key, who),
                          kind or ("label" if is_label(text) else "message"))


def documents() -> Iterator[Said]:
    """Each heading and each section of the guidance. Raises ``GuidanceError``."""
    for file in document_files():
        document = _document(file, (ROOT / file).stat().st_mtime_ns)
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        who = "public" if document.audience == "everyone" else "practitioner"
        for section in document.sections:
            line = next(n for n, text in enumerate(lines, 1) if text.endswith(f"{{#{section.id}}}"))
            key = f"document.{document.id}.{section.id}"
            yield text_of(file, f"{key}.heading", key, "heading", section.heading, line, (section.id, "heading"), who, "guidance")
            yield text_of(file, key, key, "text", section.text, line + 3, (section.id,), who, "guidance")


@functools.lru_cache(maxsize=200)
def _document(file: Path, changed: int) -> Document:
    return load_document(file)


def _at(node: Any, way: List[str], path: Tuple[Step, ...]) -> Iterator[Tuple[Tuple[Step, ...], Any, str]]:
    step, rest = way[0], way[1:]
    if step == "#":
        yield from (((*path, str(key)), node, str(key)) for key in node)
        return
    keys = (range(len(node)) if isinstance(node, list) else list(node)) if step == "*" else [step] if step in node else []
    for key in keys:
        if not rest and isinstance(node[key], str):
            yield (*path, key), node, node[key]
        elif rest and isinstance(node[key], (dict, list)):
            yield from _at(node[key], rest, (*path, key))


def _along(node: Any, path: Tuple[Step, ...]) -> Iterator[Any]:
    for step in path:
        node = node[step] if isinstance(node, list) or isinstance(node[step], (dict, list)) else None
        yield node


def _named(item: Any, step: Step) -> str:
    """What a step is called in an id: an item of a list by its own id, if it has one."""
    return str(item["id"]) if isinstance(step, int) and isinstance(item, dict) and "id" in item else str(step)
