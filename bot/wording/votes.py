"""What the Young Safeguarders said of a text's words: counts by fingerprint of the words, and nobody's name. Kept in guidance/words/votes.tsv."""
from __future__ import annotations

from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple

from bot.guidance_files import ROOT, GuidanceError
from bot.wording.rules import load_rules

VOTES = Path("guidance/words/votes.tsv")
Tally = Mapping[Tuple[str, str], "Votes"]     # by a text's id and the fingerprint of its words


@dataclass(frozen=True)
class Votes:
    """How many found these words clear and not clear, and liked them better than, worse than and the same as the words they would replace."""

    clear: int = 0
    unclear: int = 0
    better: int = 0
    worse: int = 0
    same: int = 0


def liked_less(before: Optional[Votes], now: Optional[Votes]) -> List[str]:
    """Why the group found the words ``now`` harder than those ``before``, in words; empty if it did not, or if too few said anything."""
    rule, reasons = load_rules().votes, []
    if now and now.better + now.worse >= rule.fewest and now.worse > now.better:
        reasons.append(f"the group liked the old words better, {now.worse} to {now.better}")
    if before and now and min(before.clear + before.unclear, now.clear + now.unclear) >= rule.fewest:
        was, is_ = (v.unclear / (v.clear + v.unclear) for v in (before, now))
        if is_ - was >= rule.rise:
            reasons.append(f"not clear to {before.unclear} of {before.clear + before.unclear} before, "
                           f"to {now.unclear} of {now.clear + now.unclear} now")
    return reasons


def load_votes(file: Path = VOTES) -> Dict[Tuple[str, str], Votes]:
    """The counts; empty if there is no file yet. Raises ``GuidanceError`` naming file, line and mend."""
    path = file if file.is_absolute() else ROOT / file
    found: Dict[Tuple[str, str], Votes] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        name, *rest = line.split("\t")
        try:
            mark, *counts = rest
            clear, unclear, better, worse, same = map(int, counts)
        except ValueError:
            raise GuidanceError(f"{file}:{number}: this line cannot be read; restore it, or take it out: "
                                "the desk writes it again when a lab meeting ends") from None
        found[name, mark] = Votes(clear, unclear, better, worse, same)
    return found


def as_lines(tally: Tally) -> str:
    """The counts as the file holds them."""
    return "".join("\t".join([name, mark, *map(str, astuple(votes))]) + "\n" for (name, mark), votes in sorted(tally.items()))
