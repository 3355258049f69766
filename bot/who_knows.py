"""Who is likely to know what we do not hold (guidance/who_knows.yml): no intent may be likely, and still all that come near be of one kind. Pure."""
from __future__ import annotations

import functools
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Dict, FrozenSet, Mapping, NamedTuple, Optional, Sequence

from bot.guidance_files import ROOT, complain, read_yaml
from bot.understanding.traits import domain_intents

FILE = ROOT / "guidance" / "who_knows.yml"
TOGETHER = 0.35  # of the odds: so much and more than twice as much as of any other kind
CLEARLY = 2.0


class Near(NamedTuple):
    """A kind of question, and the share of the odds (0 to 1) of all its intents together."""

    kind: str
    share: float


class Kinds:
    """Which kind of question an intent belongs to."""

    def __init__(self, kind_of: Mapping[str, str]) -> None:
        self.kind_of = dict(kind_of)

    @property
    def kinds(self) -> FrozenSet[str]:
        """Every kind."""
        return frozenset(self.kind_of.values())

    def nearest(self, names: Sequence[str], odds: Sequence[float]) -> Optional[Near]:
        """The kind that a message comes nearest to, or None if no kind has most of the odds."""
        shares: Dict[str, float] = {}
        for name, share in zip(names, odds, strict=True):
            kind = self.kind_of.get(name)
            if kind is not None:
                shares[kind] = shares.get(kind, 0.0) + float(share)
        first, second = (*sorted(shares.values(), reverse=True), 0.0, 0.0)[:2]
        kind = max(shares, key=lambda k: shares[k], default="")
        return Near(kind, first) if first >= TOGETHER and first >= CLEARLY * second else None


@functools.lru_cache(maxsize=1)
def load_kinds(file: Path = FILE) -> Kinds:
    """Read the kinds. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    known = domain_intents()
    kind_of: Dict[str, str] = {}
    for kind, patterns in content.items():
        for pattern in map(str, patterns):
            found = [name for name in known if fnmatchcase(name, pattern)]
            if not found:
                complain(file, content, f'"{pattern}" under "{kind}" is no intent', "choose one that stands in domain.yml, or delete it", kind)
            for name in found:
                if "*" not in pattern and name in kind_of and kind_of[name] != kind:
                    complain(file, content, f'"{name}" stands under two kinds', "delete it under one of them", kind)
                kind_of.setdefault(name, str(kind))
    return Kinds(kind_of)
