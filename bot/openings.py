"""A first sentence that meets what a person fears or asks, before the words of a reply (guidance/openings.yml). Pure."""
from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, List, Mapping, Optional, Pattern, Tuple

from bot.guidance_files import ROOT, complain, read_yaml
from bot.guidance_patterns import any_of_patterns, whole_lists, whole_patterns
from bot.safety.fold import fold

FILE = ROOT / "guidance" / "openings.yml"


@dataclass(frozen=True)
class _Opening:
    before: Tuple[str, ...]
    heard: Pattern[str]
    says: str
    drops_the_offer: bool


class Openings:
    """Finds the opening for a message and the reply that it gets."""

    def __init__(self, openings: Iterable[_Opening]) -> None:
        self._openings = tuple(openings)

    def keys(self) -> List[str]:
        """Every wording key that can be said."""
        return [o.says for o in self._openings]

    def drops_the_offer(self, key: str) -> bool:
        """Whether the reply behind this wording key may not offer to write things down: it is for the phone, and now."""
        return any(o.drops_the_offer for o in self._openings if o.says == key)

    def replies(self) -> List[str]:
        """Every reply that something may stand before."""
        return sorted({key for o in self._openings for key in o.before})

    def find(self, text: str, reply: str) -> Optional[str]:
        """The wording key to say first, or None."""
        folded = fold(text)
        return next((o.says for o in self._openings if reply in o.before and o.heard.search(folded)), None)


@functools.lru_cache(maxsize=1)
def load_openings(file: Path = FILE) -> Openings:
    """Read the openings. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    lists = whole_lists(file, content.get("lists", {}))
    return Openings([_opening(file, content, number, node, lists) for number, node in enumerate(content["openings"], 1)])


def _opening(file: Path, content: Any, number: int, node: Any, lists: Mapping[str, str]) -> _Opening:
    if set(node) - {"drops_the_offer"} != {"before", "hears", "says"}:
        mend = 'write "before:", "hears:" and "says:"; only "drops_the_offer: true" may stand with them'
        complain(file, content, f"opening {number} is not whole", mend, "openings")
    unknown = [name for name in node["before"] if name not in content["families"]]
    if unknown:
        complain(file, content, f'opening {number} stands before "{unknown[0]}"', f"choose from {', '.join(content['families'])}", "openings")
    heard = any_of_patterns(file, content, f"opening {number}", whole_patterns(file, content, "openings", node["hears"], lists), "openings")
    before = tuple(f"utter_{key}" for name in node["before"] for key in content["families"][name])
    return _Opening(before, heard, str(node["says"]), node.get("drops_the_offer") is True)
