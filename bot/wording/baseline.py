"""Is a changed text harder than the one before, by its grade or by the group's votes? What was last agreed is in guidance/words/baseline.tsv."""
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterable, List, Mapping, Optional

from bot.guidance_files import ROOT, GuidanceError, complain, read_yaml, required
from bot.wording.check import Finding
from bot.wording.reading import Reading, grade
from bot.wording.said import Said, fingerprint
from bot.wording.votes import Tally, liked_less

BASELINE = Path("guidance/words/baseline.tsv")
SIGNED_OFF = Path("guidance/words/signed_off.yml")
EASY = 3.0      # below this grade a message is easy, and a little more or less says nothing
STEP = 0.5      # half a school year: less is what one word moves in a short message
LONGER = 3      # words in the longest sentence, when it is not a short one
SHORT = 12


@dataclass(frozen=True)
class Agreed:
    """What is known of a text as it was last agreed."""

    grade: float
    longest: int
    digest: str


@dataclass(frozen=True)
class SignOff:
    """Somebody's yes to a harder text, up to a grade and a length of sentence; ``votes`` is the fingerprint of words that the group liked less."""

    grade: float
    longest: int
    votes: str = ""


def harder(old: str, new: str) -> List[str]:
    """Why ``new`` is harder to read than ``old``, in words; empty if it is not."""
    return _harder(_agreed(old, grade(old)), grade(new))


def compared(texts: Iterable[Said], agreed: Mapping[str, Agreed], signed: Mapping[str, SignOff], votes: Tally) -> List[Finding]:
    """A finding for each changed message that is harder than the agreed one, by grade or by votes, and that nobody signed off."""
    found = []
    for said in texts:
        before, mark = agreed.get(said.id), fingerprint(said.text)
        if before is None or not can_change(said) or before.digest == mark:
            continue
        now, yes = grade(said.text), signed.get(said.id)
        reasons = _harder(before, now)
        if reasons and not (yes and now.grade <= yes.grade and now.longest <= yes.longest):
            found.append(Finding(said, "harder", f"became harder: {' and '.join(reasons)}",
                                 f"make it easier, or have it signed off in {SIGNED_OFF} up to grade {now.grade} and {now.longest} words"))
        less = liked_less(votes.get((said.id, before.digest)), votes.get((said.id, mark)))
        if less and not (yes and yes.votes == mark):
            found.append(Finding(said, "harder", f"became harder to the Young Safeguarders: {' and '.join(less)}",
                                 f"find better words, or have it signed off in {SIGNED_OFF} with votes: {mark}"))
    return found


def can_change(said: Said) -> bool:
    """True for a message that stays the same message when its words change: one with a key."""
    return said.kind == "message" and said.part != "page"


def load_baseline(file: Path = BASELINE) -> Dict[str, Agreed]:
    """The agreed texts by id; empty if there is no file yet. Raises ``GuidanceError`` naming file, line and mend."""
    path = file if file.is_absolute() else ROOT / file
    agreed: Dict[str, Agreed] = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        parts = line.split("\t")
        try:
            agreed[parts[0]] = Agreed(float(parts[1]), int(parts[2]), parts[3])
        except (IndexError, ValueError):
            raise GuidanceError(f"{file}:{number}: this line cannot be read; restore it, or write the file again with: "
                                "frontdoor words baseline") from None
    return agreed


def write_baseline(texts: Iterable[Said], file: Path = BASELINE) -> int:
    """Agree on the texts as they are. Returns how many messages that is."""
    rows = sorted(f"{s.id}\t{read.grade}\t{read.longest}\t{fingerprint(s.text)}\n" for s in texts if can_change(s) for read in [grade(s.text)])
    (file if file.is_absolute() else ROOT / file).write_text("".join(rows), encoding="utf-8")
    return len(rows)


def load_signed_off(file: Path = SIGNED_OFF) -> Dict[str, SignOff]:
    """Who agreed to a harder text. Raises ``GuidanceError`` for one without who, why and date."""
    content = read_yaml(file)
    signed: Dict[str, SignOff] = {}
    for node in content or []:
        for part in ("id", "who", "why"):
            required(file, node, part)
        required(file, node, "date", dt.date, "the day, such as 2026-11-21")
        try:
            signed[str(node["id"])] = SignOff(float(node["grade"]), int(node["words"]), str(node.get("votes", "")))
        except (KeyError, TypeError, ValueError):
            complain(file, node, f'"{node["id"]}" does not say how hard it may be', "write grade: and words: as the check names them")
    return signed


def _harder(before: Agreed, now: Reading) -> List[str]:
    reasons = []
    if max(now.grade, EASY) >= max(before.grade, EASY) + STEP:
        reasons.append(f"grade {before.grade} before, {now.grade} now")
    if max(now.longest, SHORT) >= max(before.longest, SHORT) + LONGER:
        reasons.append(f"longest sentence {before.longest} words before, {now.longest} now")
    return reasons


def _agreed(text: str, read: Optional[Reading] = None) -> Agreed:
    read = read or grade(text)
    return Agreed(read.grade, read.longest, fingerprint(text))
