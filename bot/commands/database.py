"""Commands about the tables of contacts."""
from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from bot.commands.group import Group

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    database = commands.group("database", "the tables of contacts")
    database.add("upgrade", "bring the tables to this version's shape", _upgrade)
    down = database.add("downgrade", "take the tables back to an earlier shape; what later shapes added is lost", _downgrade)
    down.add_argument("to", help="the shape, such as 0001")
    grant = database.add("grant", "give the public chat's role its rights: insert, and read states; never a contact (PostgreSQL)", _grant)
    grant.add_argument("role")


def _upgrade(args: argparse.Namespace) -> int:
    from bot.handoff.migrations import WrongShape, current, upgrade
    engine = _engine()
    try:
        upgrade(engine)
    except WrongShape as problem:
        print(problem, file=sys.stderr)
        return 1
    with engine.connect() as db:
        print(f"The tables have the shape {current(db)}.")
    return 0


def _downgrade(args: argparse.Namespace) -> int:
    from bot.handoff.migrations import current, downgrade
    engine = _engine()
    downgrade(engine, args.to)
    with engine.connect() as db:
        print(f"The tables have the shape {current(db)}.")
    return 0


def _grant(args: argparse.Namespace) -> int:
    from bot.handoff.rights import grant
    try:
        grant(_engine(), args.role)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{args.role} may write contacts down and read their states, and nothing else.")
    return 0


def _engine() -> "Engine":
    from bot.handoff.database import open_engine
    from bot.handoff.settings import StoreSettings
    return open_engine(StoreSettings.from_env(os.environ).database_url)
