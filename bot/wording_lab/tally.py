"""The group's votes by text and by the very words that were voted on, over all meetings; and the file in which the words check reads them."""
from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.guidance_files import ROOT
from bot.handoff.database import reading
from bot.wording.votes import VOTES, Votes, as_lines, load_votes
from bot.wording_lab.answers import liked
from bot.wording_lab.files import replace_file
from bot.wording_lab.tables import meetings, votes

_Key = Tuple[str, str]
_COUNTED = {("clear", "yes"): "clear", ("clear", "no"): "unclear",
            ("prefer", "new"): "better", ("prefer", "old"): "worse", ("prefer", "same"): "same"}


def tally(engine: Engine) -> Dict[_Key, Votes]:
    """What was kept before and what the meetings say now. Of each seat its last vote counts. Raises ``GuidanceError``."""
    with reading(engine).begin() as db:
        walks = {row.id: json.loads(row.walks) for row in db.execute(sa.select(meetings.c.id, meetings.c.walks))}
        rows = db.execute(sa.select(votes).where(votes.c.kind.in_(("clear", "prefer"))).order_by(votes.c.number)).all()
    last = {(r.meeting, r.seat, r.walk, r.kind, r.about): r.value for r in rows}
    found: Dict[_Key, Votes] = defaultdict(Votes)
    for (meeting, seat, walk, kind, about), value in last.items():
        counted = _COUNTED[kind, liked(seat, about, value) if kind == "prefer" else value]
        for key in _marked(walks[meeting], walk, kind, about):
            found[key] = replace(found[key], **{counted: getattr(found[key], counted) + 1})
    return {**load_votes(), **found}


def publish(engine: Engine) -> None:
    """Write the counts where the words check reads them. Raises ``OSError`` and ``GuidanceError``."""
    lines = as_lines(tally(engine))
    if lines and (not (ROOT / VOTES).exists() or (ROOT / VOTES).read_text(encoding="utf-8") != lines):
        replace_file(ROOT / VOTES, lines)


def _marked(walks: List[Dict[str, Any]], walk_id: str, kind: str, about: str) -> Iterator[_Key]:
    """The text and the words that a vote is about; none if it is about words that stand in no file of ours."""
    walk = next((w for w in walks if w["id"] == walk_id), None)
    if walk is None:
        return
    found = [walk["steps"][int(about)]] if kind == "clear" else [pair for pair in walk["compares"] if pair["id"] == about]
    yield from ((one["said"], one["mark"]) for one in found if one.get("said") and one.get("mark"))
