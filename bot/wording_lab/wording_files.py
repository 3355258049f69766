"""A wording file changed for good: checked as a whole first, written in one step, and heard by the running chat a second later."""
from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping

from bot.guidance_files import ROOT, GuidanceError
from bot.wording import Said, grade
from bot.wording.baseline import harder
from bot.wording.catalogue import wording_texts
from bot.wording_lab.text_in_file import CannotChange, difference, replaced
from bot.words import FOLDER, load_words

_PLACEHOLDER = re.compile(r"{(\w+)}")
_NUMBER = re.compile(r"\d[\d ]{2,}")
_WRITING = threading.Lock()


@dataclass(frozen=True)
class Proposal:
    """A change that is possible: its diff, both grades, and whether a second person must sign it and why."""

    said: Said
    new: str
    diff: str
    old_grade: float
    new_grade: float
    second: str


def texts_by_id() -> Dict[str, Said]:
    """Every text that the lab can change, by its id."""
    return {said.id: said for said in wording_texts() if said.audience != "staff"}


def with_placeholders(text: str, old: str, facts: Mapping[str, str]) -> str:
    """A suggestion with the numbers and names that it shares with the old text as {placeholders} again."""
    for name in sorted(set(_PLACEHOLDER.findall(old)), key=lambda n: -len(facts.get(n, ""))):
        if facts.get(name):
            text = text.replace(facts[name], f"{{{name}}}")
    return text


def propose(said: Said, new: str, credit: str) -> Proposal:
    """Try a change without making it. Raises ``CannotChange``."""
    new = "\n".join(line.rstrip() for line in new.replace("\r\n", "\n").strip().split("\n"))
    _check(said, new)
    old_file = (ROOT / said.file).read_text(encoding="utf-8")
    new_file = replaced(old_file, said.path, new, credit)
    _check_whole(Path(said.file), new_file)
    before, after = grade(said.text).grade, grade(new).grade
    reasons: List[str] = ["it is about danger"] if said.danger else []
    reasons += [f"it is harder to read ({why})" for why in harder(said.text, new)]
    return Proposal(said, new, difference(old_file, new_file, said.file), before, after, " and ".join(reasons))


def write(said: Said, new: str, credit: str) -> None:
    """Make a change that ``propose`` found possible. Raises ``CannotChange`` if the text is no longer what ``said`` has."""
    with _WRITING:
        present = texts_by_id().get(said.id)
        if present is None or present.text != said.text:
            raise CannotChange("Somebody changed this text just now. Look at it again.")
        file = ROOT / said.file
        new_file = replaced(file.read_text(encoding="utf-8"), present.path, new, credit)
        try:
            _replace(file, new_file)
        except OSError as error:
            raise CannotChange(f"The file {said.file} cannot be written ({error.strerror}). Ask whoever runs the service.") from None


def _check(said: Said, new: str) -> None:
    if not new:
        raise CannotChange("Write the new words.")
    if new == said.text:
        raise CannotChange("The new words are the same as the old ones.")
    lost = sorted(set(_PLACEHOLDER.findall(said.text)) - set(_PLACEHOLDER.findall(new)))
    if lost:
        raise CannotChange(f"Keep {', '.join('{' + name + '}' for name in lost)}: each becomes a number or a name.")
    strange = sorted(set(_PLACEHOLDER.findall(new)) - set(_PLACEHOLDER.findall(said.text)))
    if strange:
        raise CannotChange(f"Take out {', '.join('{' + name + '}' for name in strange)}: the old words did not have it.")
    if _NUMBER.search(_PLACEHOLDER.sub("", new)) and not _NUMBER.search(_PLACEHOLDER.sub("", said.text)):
        raise CannotChange("Write no phone number. Use the name in {brackets} that the old words have.")


def _check_whole(file: Path, content: str) -> None:
    """All wording files together, with this one changed, must load."""
    with tempfile.TemporaryDirectory() as folder:
        copies = Path(folder) / "wording"
        shutil.copytree(ROOT / FOLDER, copies)
        (copies / file.name).write_text(content, encoding="utf-8")
        try:
            load_words(copies)
        except GuidanceError as error:
            raise CannotChange(str(error).replace(f"{copies}/", "")) from None


def _replace(file: Path, content: str) -> None:
    """In one step: whoever reads finds the old file or the new one, also after a power cut."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        shutil.copymode(file, name)
        os.replace(name, file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
