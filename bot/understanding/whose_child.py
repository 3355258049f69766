"""Whose child a message tells of: what helps parents does not help whoever watches somebody else's. Plain patterns. Pure."""
from __future__ import annotations

import re

from bot.safety.fold import fold

_CHILDREN = (r"(?:kids?|children|child|lads?|boys?|girls?|babies|baby|toddlers?|teenagers?|teens?|little (?:ones?|lads?|boys?|girls?)|"
             r"sons?|daughters?|twins)")
_PEOPLE = (rf"(?:{_CHILDREN}|family|families|people|couple|mum|mam|dad|lady|woman|man|bloke|chap|lot|"
           r"tenants?|house|flat|parents?)")
_WHERE = (r"(?:next[ -]door(?: but one)?|opposite|upstairs|downstairs|"
          r"(?:over|across|down|up|along) (?:the|our|my) (?:road|street|lane|close|way|landing|hall(?:way)?|corridor)|"
          r"(?:above|below|under) (?:me|us)|(?:two|three|a few|few) (?:doors|houses) (?:down|up|along|away)|"
          r"(?:on|in|from) (?:our|my) (?:street|road|close|block|estate|building|stairs?|stairwell|landing))")
_NEIGHBOURS = re.compile(rf"\bneighbou?r'?s?'? (?:\w+ ){{0,3}}{_CHILDREN}\b|"
                         rf"\b{_PEOPLE} (?:who lives? |that lives? )?{_WHERE}|"
                         rf"\bnext[ -]door'?s (?:\w+ ){{0,2}}{_CHILDREN}\b|"
                         rf"\b(?:our|my|the) neighbou?rs?\b.*\b(?:has|have|got|leaves?|lets?|keeps?|his|her|their)\b.*\b{_CHILDREN}\b")
_OWN = re.compile(rf"\bmy (?:\w+ ){{0,2}}{_CHILDREN}\b")


def tells_of_another_child(text: str) -> bool:
    """True if the message speaks of neighbours and their children and of no child of the writer's own."""
    folded = fold(text)
    return _NEIGHBOURS.search(folded) is not None and _OWN.search(folded) is None
