"""A wording file changed for good: checked as a whole first, written in one step, and heard by the running chat a second later."""
from __future__ import annotations

import functools
import re
import shutil
import tempfile
import threading
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Dict, Mapping, Optional, Tuple

from bot.guidance_files import ROOT, GuidanceError, yaml_files
from bot.wording import Said, grade
from bot.wording.baseline import compared, harder, load_baseline, load_signed_off
from bot.wording.catalogue import WORDING, wording_texts
from bot.wording.check import findings_in
from bot.wording.said import fingerprint, is_label, text_of
from bot.wording.votes import Tally, liked_less
from bot.wording_lab.files import replace_file
from bot.wording_lab.sign_off import put_back, sign_off
from bot.wording_lab.text_in_file import CannotChange, difference, replaced
from bot.words import FOLDER, load_words

_PLACEHOLDER = re.compile(r"{(\w+)}")
_NUMBER = re.compile(r"\d[\d ]{2,}")
_WRITING = threading.Lock()


@dataclass(frozen=True)
class Proposal:
    """A change that is possible: its diff and both grades; why it is ``harder`` (by grade, or by the group's votes: ``less``), and whether
    a second person must sign it and why."""

    said: Said
    new: Said
    diff: str
    old_grade: float
    new_grade: float
    harder: Tuple[str, ...]
    less: bool
    second: str


def texts_by_id() -> Dict[str, Said]:
    """Every text that the lab can change, by its id; read again when a file has changed."""
    return dict(_texts(yaml_files(ROOT / WORDING)))


@functools.lru_cache(maxsize=1)
def _texts(_as_it_is: Tuple[Tuple[Path, int, int], ...]) -> Dict[str, Said]:
    return {said.id: said for said in wording_texts() if said.audience != "staff"}


def with_placeholders(text: str, old: str, facts: Mapping[str, str]) -> str:
    """A suggestion with the numbers and names that it shares with the old text as {placeholders} again."""
    for name in sorted(set(_PLACEHOLDER.findall(old)), key=lambda n: -len(facts.get(n, ""))):
        if facts.get(name):
            text = text.replace(facts[name], f"{{{name}}}")
    return text


def propose(said: Said, words: str, credit: str, votes: Tally) -> Proposal:
    """Try a change without making it. ``votes``: what the group said of these and other words. Raises ``CannotChange``."""
    words = "\n".join(line.rstrip() for line in words.replace("\r\n", "\n").strip().split("\n"))
    _check(said, words)
    new = replace(text_of(Path(said.file), said.id, said.key, said.part, words, said.line, said.path, said.audience, said.kind),
                  kind="label" if said.part == "buttons" or is_label(words) else "message")
    _check_words(said, new)
    old_file = (ROOT / said.file).read_text(encoding="utf-8")
    new_file = replaced(old_file, said.path, words, credit)
    _check_whole(Path(said.file), new_file)
    less = liked_less(votes.get((said.id, fingerprint(said.text))), votes.get((said.id, fingerprint(words))))
    # Small steps add up: what the check compares with was agreed earlier.
    later = compared([new], load_baseline(), load_signed_off(), votes)
    reasons = tuple(harder(said.text, words)) or tuple(f.problem for f in later if not less)
    danger = ["it is about danger"] if said.danger or new.danger else []
    second = [*danger, *(f"it is harder to read ({why})" for why in reasons), *less]
    return Proposal(said, new, difference(old_file, new_file, said.file), grade(said.text).grade, grade(words).grade, (*reasons, *less), bool(less),
                    " and ".join(second))


def write(said: Said, new: Said, credit: str, signed: Optional[Tuple[Optional[str], Tuple[str, str], str, date]] = None) -> None:
    """Make a change that ``propose`` found possible; ``signed``: what is written about a harder wording (see ``sign_off``).

    Raises ``CannotChange`` if the text is no longer what ``said`` has, or a file cannot be written; then nothing was changed.
    """
    with _WRITING:
        present = texts_by_id().get(said.id)
        if present is None or present.text != said.text:
            raise CannotChange("Somebody changed this text just now. Look at it again.")
        file, before = ROOT / said.file, None
        new_file = replaced(file.read_text(encoding="utf-8"), present.path, new.text, credit)
        try:
            before = sign_off(new, *signed) if signed else None
            replace_file(file, new_file)
        except OSError as error:
            if before is not None:
                put_back(before)
            raise CannotChange(f"The guidance cannot be written ({error.strerror}). Ask whoever runs the service.") from None


def _check_words(said: Said, new: Said) -> None:
    """New words must not break what "frontdoor words check" holds them to; what was wrong before may stay."""
    wrong = {f.kind for f in findings_in(said)}
    found = [f for f in findings_in(new) if f.fails and f.kind not in wrong]
    if found:
        raise CannotChange(" ".join(f"This text {f.problem}. Mend: {f.mend}." for f in found[:3]))


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
