"""YAML as its 1.2 edition reads it ("yes" and "08:00" are words), by libyaml's parser, with the line of everything kept.

Ours and not ruamel's, which the rest of the project writes with: read in Python alone, the guidance took a third of the chat's start.
"""
from __future__ import annotations

import re
from string import digits
from typing import Any, Dict, Hashable, List

import yaml
from yaml import MarkedYAMLError
from yaml.reader import ReaderError

__all__ = ["MarkedYAMLError", "load_marked", "place_of"]
_MERGE = "tag:yaml.org,2002:merge"


class _Mapping(Dict[Any, Any]):
    places: Dict[Any, int]
    line: int


class _List(List[Any]):
    places: Dict[int, int]
    line: int


class _Loader(yaml.CSafeLoader):
    """PyYAML's, but for the words that its older edition takes for numbers and truths, and for keys that stand twice."""

    yaml_implicit_resolvers: Dict[str, Any] = {}

    def marked_mapping(self, node: yaml.MappingNode) -> Any:
        made = _Mapping()
        made.line, made.places = node.start_mark.line, {}
        yield made
        if any(key.tag == _MERGE for key, _ in node.value):
            self.flatten_mapping(node)
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise MarkedYAMLError("while reading a mapping", node.start_mark, "a key must be a single word or number", key_node.start_mark)
            if key in made:
                raise MarkedYAMLError("while reading a mapping", node.start_mark, f'the key "{key}" stands twice', key_node.start_mark)
            made[key], made.places[key] = self.construct_object(value_node, deep=True), key_node.start_mark.line

    def marked_list(self, node: yaml.SequenceNode) -> Any:
        made = _List()
        made.line, made.places = node.start_mark.line, {n: item.start_mark.line for n, item in enumerate(node.value)}
        yield made
        made.extend(self.construct_object(item, deep=True) for item in node.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.marked_mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _Loader.marked_list)
for _tag, _pattern, _first in (
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", f"-+{digits}"),
        ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", f"-+.{digits}"),
        ("merge", r"<<", "<"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", digits)):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def load_marked(text: str) -> Any:
    """The text's one document. Raises ``MarkedYAMLError`` with the place of a mistake."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except ReaderError as error:
        before = text.encode()[:error.position].decode(errors="ignore")
        mark = yaml.Mark("", error.position, before.count("\n"), 0, None, 0)
        raise MarkedYAMLError(problem="it holds a character that cannot be printed", problem_mark=mark) from None


def place_of(node: Any, key: Any = None) -> int:
    """The line (from 0) at which a mapping or list that ``load_marked`` made, or one of its keys or items, begins; 0 of anything else."""
    if not isinstance(node, (_Mapping, _List)):
        return 0
    return node.places.get(key, node.line) if key is not None else node.line
