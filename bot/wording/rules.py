"""The limits and lists that our words are held to, from guidance/words/rules.yml."""
from __future__ import annotations

import fnmatch
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Mapping, Pattern, Tuple

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/words/rules.yml")
WISHES = Path("guidance/ten_wishes.yml")
READERS = ("child", "public", "practitioner", "staff")


@dataclass(frozen=True)
class Limit:
    """The hardest that a message may be for a reader: school grade, and words in one sentence."""

    grade: float
    words: int


@dataclass(frozen=True)
class VoteRule:
    """When the group's votes say that a text became harder: ``fewest`` people, and by how much more of them (a share) it is not clear."""

    fewest: int
    rise: float


@dataclass(frozen=True)
class Rules:
    """What ``rules.yml`` says."""

    limits: Mapping[str, Limit]
    readers: Tuple[Tuple[str, str], ...]
    names: Pattern[str]
    quotations: Pattern[str]
    votes: VoteRule

    def reader_of(self, key: str, otherwise: str = "public") -> str:
        """Who reads a key when its wording does not say for whom it is: child, practitioner, staff, or public."""
        return next((who for who, pattern in self.readers if fnmatch.fnmatchcase(key, pattern)), otherwise)


@functools.lru_cache(maxsize=4)
def load_rules(file: Path = FILE) -> Rules:
    """Read the rules. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    limits = {}
    for who, node in required(file, content, "limits", dict).items():
        if who not in READERS:
            complain(file, content["limits"], f'"{who}" is no reader', f"choose from {', '.join(READERS)}", who)
        limits[str(who)] = Limit(float(node["grade"]), int(node["words"]))
    missing = set(READERS) - set(limits)
    if missing:
        complain(file, content, f'there is no limit for "{min(missing)}"', "add {grade: …, words: …}", "limits")
    readers: List[Tuple[str, str]] = []
    for who, patterns in required(file, content, "readers", dict).items():
        if who not in READERS:
            complain(file, content["readers"], f'"{who}" is no reader', f"choose from {', '.join(READERS)}", who)
        readers += [(str(who), str(p)) for p in patterns]
    quoted = [str(required(file, q, "text")) for q in required(file, content, "quotations", list) if required(file, q, "source")]
    wishes: Any = read_yaml(WISHES)["wishes"]
    names = [str(n) for n in required(file, content, "names", list)]
    votes = required(file, content, "votes", dict)
    rule = VoteRule(required(file, votes, "fewest", int), float(required(file, votes, "rise", float)))
    return Rules(limits, tuple(readers), _any_of(names), _any_of(quoted + [str(w["wish"]) for w in wishes]), rule)


def _any_of(texts: List[str]) -> Pattern[str]:
    spelt = "|".join(re.escape(t).replace("'", "['’]") for t in sorted(texts, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{spelt})(?!\w)")
