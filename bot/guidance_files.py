"""Read the files under guidance/ so that every mistake names its file, its line and its mend."""
import functools
from pathlib import Path
from typing import Any, Collection, Mapping, NoReturn, Optional, Tuple

from bot.marked_yaml import MarkedYAMLError, load_marked, place_of

ROOT = Path(__file__).resolve().parent.parent


class GuidanceError(Exception):
    """A guidance file cannot be used. The message says which file and line, and what to do."""


def read_yaml(file: Path, may_be_empty: bool = False) -> Any:
    """Return the file's content, with line numbers kept (``line_of``). Raises ``GuidanceError``."""
    path = file if file.is_absolute() else ROOT / file
    try:
        content = load_marked(path.read_text(encoding="utf-8"))
        if content is None and not may_be_empty:
            raise GuidanceError(f"{file}:1: the file is empty; restore it from version control")
        return content
    except FileNotFoundError:
        raise GuidanceError(f"{file}: the file is missing; restore it from version control") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GuidanceError(f"{file}:{line}: this is not valid YAML ({error.problem}); "
                            "compare the indentation and quotes with the lines above") from None


def read_parts(file: Path, parts: Collection[str], what: str) -> Any:
    """``read_yaml`` of a file that holds ``parts`` and nothing else, or complain that it has no ``what`` at all."""
    content = read_yaml(file)
    if not isinstance(content, dict):
        complain(file, None, f"there are no {what}", "restore the file from version control")
    only(file, content, parts)
    return content


def read_once(file: Path) -> Any:
    """``read_yaml``, read again only when the file has changed. Not to be written into. Raises ``GuidanceError``."""
    path = file if file.is_absolute() else ROOT / file
    now = path.stat() if path.exists() else None
    return _read(file, now and (now.st_mtime_ns, now.st_size))


@functools.lru_cache(maxsize=150)
def _read(file: Path, _as_it_is: Optional[Tuple[int, int]]) -> Any:
    return read_yaml(file)


def yaml_files(folder: Path) -> Tuple[Tuple[Path, int, int], ...]:
    """The YAML files of a folder, each with its time of change in nanoseconds and its size in bytes: what tells whether one has changed."""
    return tuple((path, now.st_mtime_ns, now.st_size) for path in sorted(folder.glob("*.yml")) for now in (path.stat(),))


def line_of(node: Any, key: Any = None) -> int:
    """The line (from 1) at which a mapping, or one of its keys, or a list's item begins."""
    return place_of(node, key) + 1


def complain(file: Path, node: Any, problem: str, mend: str, key: Any = None) -> NoReturn:
    """Raise ``GuidanceError`` for one place in a file."""
    raise GuidanceError(f"{file}:{line_of(node, key)}: {problem}; {mend}")


def required(file: Path, node: Mapping[str, Any], key: str, kind: type = str, what: Optional[str] = None) -> Any:
    """Return ``node[key]``, or complain that it is missing or of the wrong kind."""
    if key not in node or node[key] is None:
        complain(file, node, f'"{key}" is missing', f'add "{key}: …"' + (f" ({what})" if what else ""))
    if not isinstance(node[key], kind):
        complain(file, node, f'"{key}" must be {kind.__name__}', "correct its value", key)
    return node[key]


def only(file: Path, node: Any, parts: Collection[str]) -> None:
    """Complain of a key of the node that is none of its ``parts``."""
    for part in node:
        if part not in parts:
            complain(file, node, f'"{part}" does not belong here', f"delete it, or choose from {', '.join(parts)}", part)
