"""Bring the tables of contacts to the shape that this version needs, and back. One file for each change, in versions/."""
from __future__ import annotations

from pathlib import Path
from typing import Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

_FIRST = "0001"
_SETTING_UP = 5_080_002     # any number: the name of the lock while PostgreSQL tables change


class WrongShape(Exception):
    """The tables are not those of this version and may not be changed from here. The message says what to run."""


def head() -> str:
    """The newest shape."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(db: Connection) -> Optional[str]:
    """The shape that a database has; None if it is empty."""
    found = MigrationContext.configure(db).get_current_revision()
    if found is None and sa.inspect(db).has_table("contact"):
        return _FIRST       # made before there were migrations
    return str(found) if found else None


def upgrade(engine: Engine, to: str = "head") -> None:
    """Change the tables, all steps in one transaction. Raises ``WrongShape`` if the account may not do that."""
    with engine.begin() as db:
        if current(db) == head() and to == "head":
            return
        try:
            if engine.dialect.name == "postgresql":
                db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SETTING_UP})")
            config = _config(db)
            if current(db) == _FIRST and MigrationContext.configure(db).get_current_revision() is None:
                command.stamp(config, _FIRST)
            command.upgrade(config, to)
        except (sa.exc.ProgrammingError, sa.exc.OperationalError) as error:
            raise WrongShape(f"the tables of contacts could not be changed ({type(error.orig).__name__}): run "
                             "`frontdoor database upgrade` with an account that owns them, then start again") from None


def downgrade(engine: Engine, to: str) -> None:
    """Take the tables back to an earlier shape ("base" is none at all). What a later shape added is lost."""
    with engine.begin() as db:
        command.downgrade(_config(db), to)


def _config(db: Optional[Connection] = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = db
    return config
