"""Bring the desk's database up to date, once, whoever starts first."""
from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from bot.handoff.database import open_engine

_STEPS = Path(__file__).parent / "migrations"
_LAB_STEPS = Path(__file__).parent.parent / "wording_lab" / "migrations"


class TooNew(Exception):
    """The database was written by a newer desk."""


def open_desk_database(url: str) -> Engine:
    """Connect, and take the steps that the database still needs. Raises ``TooNew``."""
    engine = open_engine(url, pooled=True)
    bring_up_to_date(engine)
    bring_up_to_date(engine, _LAB_STEPS, "lab_version")
    return engine


def bring_up_to_date(engine: Engine, folder: Path = _STEPS, table: str = "desk_version") -> None:
    """Take the steps of a folder that are missing; ``table`` says which were taken. With nothing to do it needs no right to create anything."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    steps = ScriptDirectory.from_config(config)
    with engine.begin() as db:      # BEGIN IMMEDIATE on SQLite
        at = _at(db, table)
        if at == steps.get_current_head():
            return
        if at is not None and at not in {step.revision for step in steps.walk_revisions()}:
            raise TooNew("the desk's database was written by a newer version: start that version, or restore a backup")
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("SELECT pg_advisory_xact_lock(5080002)")
        config.attributes["connection"] = db
        command.upgrade(config, "head")


def _at(db: Connection, table: str) -> "str | None":
    return MigrationContext.configure(db, opts={"version_table": table}).get_current_revision()
