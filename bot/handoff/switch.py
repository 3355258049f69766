"""Whether contacts are taken, as the desk last said. Until it has said anything they are."""
from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.handoff.database import reading
from bot.handoff.tables import switch_table


@dataclass(frozen=True)
class Standing:
    """How the switch stands: the number of its turn, and why contacts are not taken (for the public to read)."""

    number: int
    taking: bool
    why: str


ON = Standing(0, True, "")


def standing(engine: Engine) -> Standing:
    """How it stands."""
    with reading(engine).begin() as db:
        row = db.execute(sa.select(switch_table).order_by(switch_table.c.number.desc()).limit(1)).first()
    return Standing(row.number, row.taking, row.why) if row else ON


def remember(engine: Engine, said: Standing) -> None:
    """Keep what the desk said, in place of what it said before."""
    with engine.begin() as db:
        db.execute(switch_table.delete())
        db.execute(switch_table.insert().values(number=said.number, taking=said.taking, why=said.why[:300]))
