"""Change one text in a YAML file and nothing else: comments, order and every other line stay as they are."""
from __future__ import annotations

import copy
import difflib
import json
from typing import Any, Iterator, Optional, Sequence, Tuple, Union

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

Step = Union[str, int]
_CREDIT = "# Young Safeguarders, "


class CannotChange(Exception):
    """The text cannot be changed so. The message says what to do, for people to read."""


def replaced(content: str, path: Sequence[Step], new: str, credit: str) -> str:
    """Return the file's ``content`` with the text at ``path`` replaced by ``new`` and a line of ``credit`` above it. Raises ``CannotChange``."""
    node, in_flow = _find(content, path)
    start, end = node.start_mark.index, node.start_mark.index + len(content[node.start_mark.index:node.end_mark.index].rstrip())
    line_start = content.rfind("\n", 0, start) + 1
    line = content[line_start:start]
    indent = line[:len(line) - len(line.lstrip())]
    wanted = _wanted(content, path, new)
    for written in _ways(new, indent, in_flow):
        above = content[:line_start]
        previous = above[:-1].rpartition("\n")[2]
        if previous.strip().startswith(_CREDIT):
            above = above[:len(above) - len(previous) - 1]
        changed = f"{above}{indent}# {credit}\n{line}{written}{content[end:]}"
        if _read(changed) == wanted:
            return changed
    raise CannotChange("This text cannot be written into its file. Change it there by hand.")


def difference(old: str, new: str, file: str) -> str:
    """The change as a diff with two lines around it."""
    return "\n".join(difflib.unified_diff(old.splitlines(), new.splitlines(), file, file, "now", "then", lineterm="", n=2))


def _ways(new: str, indent: str, in_flow: bool) -> Iterator[str]:
    """Ways to write a text, the easiest to read first."""
    if not in_flow and "\n" in new:
        yield "|\n" + "\n".join(f"{indent}  {row}".rstrip() for row in new.split("\n"))
    elif not in_flow:
        yield new
    yield json.dumps(new, ensure_ascii=False)


def _find(content: str, path: Sequence[Step]) -> Tuple[Any, bool]:
    node, in_flow = YAML(typ="safe", pure=True).compose(content), False
    for step in path:
        in_flow = in_flow or bool(node.flow_style)
        node = node.value[step] if isinstance(step, int) else next(value for key, value in node.value if key.value == step)
    return node, in_flow


def _wanted(content: str, path: Sequence[Step], new: str) -> Any:
    wanted = copy.deepcopy(_read(content))
    place = wanted
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return wanted


def _read(content: str) -> Any:
    try:
        return _stripped(YAML(typ="safe", pure=True).load(content))
    except YAMLError:
        return None


def _stripped(value: Any) -> Optional[Any]:
    """The words alone: a line's end after the last word is not said."""
    if isinstance(value, dict):
        return {key: _stripped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_stripped(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value
