"""Cut a section into sentences and list items, and choose the few that answer."""
from __future__ import annotations

import re
from typing import Callable, List, Sequence

from bot.library.words import keywords
from bot.sentences import sentences

MOST_SENTENCES, MOST_WORDS = 4, 75  # a section with more of both is cut
NEAR_THE_BEST = 0.6
DOES_NOT_TELL = re.compile(r"\b(?:report(?: for [\d-]+)?|pack|document|It) (?:does not (?:say|give|name|print|list|retell)|gives no)\b")
_ITEM = re.compile(r"^(?:- |\d+\. )")
_FEWEST_ITEMS = 5  # a shorter list is read faster whole
_FACT = re.compile(r"\d|: ")
_POINTS = re.compile(r"^More (?:is|about .{3,40} is) (?:at|on)\b")  # where more stands: worth less than a fact
_WHOLE = re.compile(r"\b(?:all|each|every|list|total|altogether|most|least|biggest|largest|highest|lowest|smallest|main|compare|breakdown|"
                    r"worst|best|top|other|else|missing|"
                    r"(?:the|which|what|name|list) (?:two|three|four|five|six|seven|eight|nine|ten)|one (?:was|is|of them))\b|"
                    r"^name (?!the (?:person|one)\b)", re.IGNORECASE)

_WAGES = re.compile(r"\b(?:staff\w*|wages?|salar\w+)\b", re.IGNORECASE)


def pieces(text: str) -> List[str]:
    """The section's sentences and list items, in order. A list item keeps its mark."""
    found: List[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if line:
            found += [line] if _ITEM.match(line) else sentences(line)
    return found


def bare(piece: str) -> str:
    """A piece without its list mark."""
    return _ITEM.sub("", piece)


def answering(text: str, question: str, near: Sequence[float], is_fact: Callable[[str], bool] = lambda piece: False) -> str:
    """The part of a section that answers: the whole of a short one; of a long list, the lines that are asked for; of long
    prose, the opening and the sentences nearest to the question. ``near`` holds one likeness a piece, the higher the nearer;
    a piece with the kind of fact that is asked for always stays. What the document does not tell is said if it is near."""
    parts = pieces(text)
    items = [n for n, part in enumerate(parts) if _ITEM.match(part)]
    if len(items) >= _FEWEST_ITEMS:
        wanted = _asked_for([parts[n] for n in items], question, parts[:items[0]])
        if wanted:
            lead = " ".join(parts[:items[0]])
            edge = [parts[n] for n in range(items[-1] + 1, len(parts)) if near[n] >= NEAR_THE_BEST * max(near) > 0]
            return "\n".join([lead + "\n" if lead else "", *(parts[items[n]] for n in wanted), *(["", " ".join(edge)] if edge else [])]).strip()
        return text
    if items:
        return text
    not_told = [n for n, part in enumerate(parts) if DOES_NOT_TELL.search(part)]  # takes no fact's place
    said = [n for n in range(len(parts)) if n not in not_told]
    if len(said) > MOST_SENTENCES and len(" ".join(parts[n] for n in said).split()) > MOST_WORDS:
        order = [said[0], *sorted(said[1:], key=lambda n: (_POINTS.search(parts[n]) is not None, not is_fact(parts[n]), -near[n]))]
        long = [len(" ".join(parts[n] for n in order[:count + 1]).split()) for count in range(len(order))]
        said = [n for count, n in enumerate(order) if count < MOST_SENTENCES or long[count] <= MOST_WORDS]
    return " ".join(parts[n] for n in sorted([*said, *(n for n in not_told if near[n] >= NEAR_THE_BEST * max(near))]))


def _asked_for(items: Sequence[str], question: str, lead: Sequence[str]) -> List[int]:
    """Which lines of a list of facts the question names; empty if it asks for the list, or compares its lines."""
    if _WHOLE.search(question) or not all(_FACT.search(bare(item)) for item in items):
        return []
    asked = set(keywords(question)) - set(keywords(" ".join(lead)))
    if not _WAGES.search(question):
        asked.discard("pay")  # the index hears "staffing" as "pay", and every line of an account is paid
    hits = [len(asked & set(keywords(bare(item)))) for item in items]
    most = max(hits, default=0)
    chosen = [n for n, hit in enumerate(hits) if hit == most]
    return chosen if most and len(chosen) <= 2 else []
