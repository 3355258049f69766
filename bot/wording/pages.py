"""What the desk's and the lab's pages say beside guidance: sentences of their templates, and of the code that answers people there."""
from __future__ import annotations

import ast
import functools
import html
import re
from pathlib import Path
from typing import Iterator, List, Tuple

import jinja2

from bot.guidance_files import ROOT
from bot.wording.said import Said, fingerprint, is_label, text_of

_TEMPLATES = ("bot/desk/templates", "bot/wording_lab/templates")
_CODE = ("bot/desk", "bot/desk/views", "bot/wording_lab")
_FOR_PROGRAMS = "openapi.py"
_BLOCK = re.compile(r"</?(?:p|h\d|li|ul|ol|dl|dt|dd|div|section|form|legend|fieldset|label|button|summary|details|t[dhr]|thead|tbody|table|title|"
                    r"main|header|footer|nav|aside|caption|noscript|option|select|br|input|hr|img|pre)\b[^>]*>", re.I)
_SHOWN_ATTRIBUTE = re.compile(r'(?:aria-label|alt|placeholder|data-label|title)="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")
_NO_WORDS = re.compile(r"<(script|style)\b.*?</\1>", re.S | re.I)
_WORD = re.compile(r"[A-Za-z]{2}")
_LIKE_A_NAME = re.compile(r"[a-z0-9_/.#%{}-]*[-_/#%.][\w/.#%{}-]*|[a-z]\w*|GET|POST")    # a class, a path, a key
_RECORDS = ("write_event", "write_audit", "_write", "_keep", "_keep_plays", "_record")    # what happened, in small letters
_ANNOTATION = re.compile(r"[\[\]|]")
_FOR_MACHINES = re.compile(r"(?:SELECT|CREATE|DROP|GRANT|REVOKE|PRAGMA|DELETE|INSERT|UPDATE|BEGIN|FRONTDOOR_|X-|Content-|Cache-)")
_PIECE = "\x00"
_Found = Iterator[Tuple[int, str]]


def page_texts() -> Iterator[Said]:
    """Each text once a file, with the line where it begins. Its id is made of its words: it has no key in guidance."""
    for folder in _TEMPLATES:
        for path in sorted((ROOT / folder).glob("*.html")):
            yield from _listed(path, _in_template(path.read_text(encoding="utf-8")), "child" if path.name.startswith("lab_") else "staff")
    for folder in _CODE:
        for path in sorted(p for p in (ROOT / folder).glob("*.py") if p.name != _FOR_PROGRAMS):
            yield from _listed(path, _in_code(path.read_text(encoding="utf-8")), "staff")


def _listed(path: Path, found: _Found, audience: str) -> Iterator[Said]:
    known = set()
    for line, written in found:
        text = " ".join(html.unescape(written).split())
        if text in known or not _WORD.search(re.sub(r"{\w+}", "", text)):
            continue
        known.add(text)
        file = path.relative_to(ROOT)
        name = f"page.{path.stem}.{fingerprint(text)}"
        yield text_of(file, name, name, "page", text, line, (line,), audience, "label" if is_label(text) else "message")


def _in_template(source: str) -> _Found:
    flat: List[str] = []
    words: List[str] = []
    inside, begun = "", 1
    for line, kind, value in _jinja().lex(source):
        if kind == "data":
            flat.append(value)
        elif kind in ("variable_begin", "block_begin"):
            inside, words, begun = kind, [], line
        elif kind in ("variable_end", "block_end"):
            component = bool(words) and (words[0].startswith("govuk") or inside == "block_begin")
            broken = inside == "block_begin" and words[0] not in ("if", "endif", "set") or component and inside == "variable_begin"
            flat.append((_PIECE if broken else "{it}" if inside == "variable_begin" else "") + "\n" * (line - begun))
            inside = ""
        elif inside and kind == "name":
            words.append(value)
        elif inside and kind == "string" and _is_prose(value[1:-1]):
            for part in _BLOCK.split(value[1:-1]):
                yield line, _TAG.sub("", part.replace('\\"', '"'))
    whole = _NO_WORDS.sub(lambda m: "\n" * m.group().count("\n"), "".join(flat))
    for match in _SHOWN_ATTRIBUTE.finditer(whole):
        yield whole.count("\n", 0, match.start()) + 1, match.group(1)
    at = 0
    for piece in re.split(rf"({_BLOCK.pattern}|{_PIECE})", whole, flags=re.I):
        if piece and not _BLOCK.fullmatch(piece):
            lead = len(piece) - len(piece.lstrip())
            yield whole.count("\n", 0, at + lead) + 1, _TAG.sub("", piece)
        at += len(piece or "")


def _in_code(source: str) -> _Found:
    tree = ast.parse(source)
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}     # docstrings
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in ("log", "re", "sa"):
            skipped.update(id(inner) for inner in ast.walk(node))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(inner) for inner in ast.walk(node) if inner is not node and isinstance(inner, ast.Constant))
    happened = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in _RECORDS
                for given in node.args for inner in ast.walk(given)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{it}" for v in node.values)
        else:
            continue
        is_prose = " " in text.strip() and text[:1].isupper() and not _ANNOTATION.search(text) and _is_prose(text)
        if is_prose or id(node) in happened and _WORD.search(text) and "_" not in text:
            yield node.lineno, text


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _is_prose(text: str) -> bool:
    plain = _TAG.sub("", text).strip()
    if not _WORD.search(plain) or _FOR_MACHINES.match(plain):
        return False
    return not all(_LIKE_A_NAME.fullmatch(word) for word in plain.split()) if " " not in plain or "-" in plain else True


@functools.lru_cache(maxsize=1)
def _jinja() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True)
