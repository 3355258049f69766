"""Whether a section says itself that it does not hold what a question asks for.

Every document ends its sections with what it does not tell ("The report does not say how many came."). A question for just
that is best met with this sentence, not with all that stands around it. Readable rules, no model.
"""
from __future__ import annotations

import re
from typing import AbstractSet, Optional, Set, Tuple

from bot.library.asked import tells
from bot.library.passages import DOES_NOT_TELL, bare, pieces
from bot.library.words import keywords, stems_of

# The kinds of detail, as questions and such sentences both name them.
_DETAILS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in (
    ("count", r"\bhow many\b|\bnumbers?\b(?! to ring)|\bhow big\b|\baverage\b|\bfigures?\b"),
    ("money", r"\bhow much\b|\bcosts?\b|\bprices?\b|\bpaid\b|\bpay\b|\bbudget\b|\bfees?\b|\bspent\b|\bsalary\b"),
    ("age", r"\bhow old\b|\bages?\b"),
    ("often", r"\bhow (?:often|frequently)\b"),
    ("length", r"\bhow (?:long|many (?:days|weeks|months|hours))\b|\bwaiting times?\b"),
    ("place", r"\bwhere\b|\bplaces?\b|\bvenue\b|\blocation\b"),
    ("when", r"\bwhen\b|\bdates?\b|\bwhat time\b|\btimes\b|\b(?:what|which) (?:day|evening)\b"),
    ("result", r"\bresults?\b|\bfindings?\b|\bscores?\b|\bcame of\b|\bfound\b|\brecommend\w*\b|\boutcomes?\b"),
    ("why", r"\bwhy\b|\breasons?\b"),
    ("who", r"\bwho\b|\bnames?\b|\bname of\b"),
    ("which", r"\bwhich\b|\blist\b|\bnames?\b"),
))
_CHAIR = frozenset(keywords("chair chairs"))
_TOO = frozenset(("when", "count", "money"))
_LEADS = re.compile(r"^.*?\b(?:does not (?P<verb>say|give|name|print|list|retell)|gives no)\b", re.IGNORECASE)
_CLAUSES = re.compile(r",? or |, (?=\w)| and (?=(?:who|what|when|where|how|why|which)\b)")
# Different words for the same post.
_HEADS = re.compile(r"\bwho (?:\w+ )?(?:leads|led|runs|ran|heads|headed|manages|managed|is in charge of|was in charge of)\b", re.IGNORECASE)
_COMMON = frozenset(keywords("people family group number many each day hour year month time part work meet take took was report total "
                             "document pack child young city long name say service happened pay paid live attend list exact head "
                             "two three four five six ten pscp per reason cost price budget date result finding score somebody teacher"))


def details(words: str) -> Set[str]:
    """The kinds of detail that some words name."""
    return {name for name, pattern in _DETAILS if pattern.search(words)}


def untold(question: str, heading: str, text: str) -> Optional[Tuple[str, Set[str]]]:
    """The sentence by which a section says that it does not hold what is asked, and the stems by which it was known; or None."""
    asked, kinds = set(keywords(_HEADS.sub("who manages", question))), details(question)
    told = stems_of(heading) | stems_of(tells(text))
    for piece in pieces(text):
        lead = _LEADS.match(bare(piece)) if DOES_NOT_TELL.search(piece) else None
        if lead is None:
            continue
        named = {"which"} if lead["verb"] in ("name", "list") else set()
        for n, clause in enumerate(_CLAUSES.split(bare(piece)[lead.end():])):
            kinds_here = details(clause) | (named if n == 0 else set())
            if kinds_here and (not kinds_here & kinds or (kinds - kinds_here) & _TOO):  # what else is asked may be told
                continue
            words = stems_of(_HEADS.sub("who manages", clause))
            if (asked - words) & _CHAIR:  # who sits on a board is another matter than who chairs it
                continue
            if _is_asked(asked, words, told, bool(kinds_here), "who" in kinds_here):
                return bare(piece), asked & words
    return None


def read_ahead(heading: str, text: str) -> None:
    """Find the stems of a section now, so that its first question need not wait for them."""
    untold("", heading, text)
    for piece in pieces(text):
        stems_of(piece)
    for word in text.split():
        stems_of(word)


def _is_asked(asked: Set[str], clause: AbstractSet[str], told: AbstractSet[str], has_kind: bool, who: bool) -> bool:
    """Whether a question asks for what a clause names, given that both name the same kind of detail or the clause names none."""
    own = clause - told - _COMMON
    if own:
        return own <= asked if who else bool(own & asked)
    # The section speaks of all that the clause names: the question must be about this and little else.
    spare, left = asked - told - _COMMON, clause - _COMMON
    if left:
        return has_kind and left <= asked and len(spare) <= 1
    return has_kind and bool(clause & asked) and not spare
