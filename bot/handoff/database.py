"""Open a database so that a commit is on disk, two processes do not trip over each other, and errors are quiet."""
import contextlib
import os
import sqlite3
import threading
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Optional, Tuple

from sqlalchemy import DDL, DateTime, MetaData, Table, create_engine, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 5
_MAKING = threading.Lock()
_SETTING_UP = 5_080_001     # any number: the name of the lock while PostgreSQL tables are made


def utc_now() -> datetime:
    """The time now. Passed in as a clock, so that tests can hold it."""
    return datetime.now(timezone.utc)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. A time without a zone is refused: it is an hour wrong all summer."""
    if moment.tzinfo is None:
        raise ValueError("say which time zone: a naive time is an hour wrong all summer")
    return moment.astimezone(timezone.utc)


class Utc(TypeDecorator):  # type: ignore[misc]
    """A moment: UTC in the database and out of it, whatever the database thinks of zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Dialect) -> Optional[datetime]:
        if value is None:
            return None
        return utc(value).replace(tzinfo=None) if dialect.name == "sqlite" else utc(value)

    def process_result_value(self, value: Optional[datetime], dialect: Dialect) -> Optional[datetime]:
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else utc(value)


def open_engine(url: str, tables: Optional[MetaData] = None, *, pooled: bool = False) -> Engine:
    """Connect, and create the ``tables`` that are missing. Statements are never logged with their values.

    ``pooled`` keeps connections to SQLite open between transactions, with the pages that they have read: for a process that never forks.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = _sqlite(url, pooled)
    else:
        engine = create_engine(url, future=True, hide_parameters=True, pool_pre_ping=True,
                               connect_args={"connect_timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _set_up_postgresql)
    if tables is not None:
        with engine.begin() as db:
            if engine.dialect.name == "postgresql":
                db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SETTING_UP})")
            tables.create_all(db)
    return engine


def reading(engine: Engine) -> Engine:
    """The same database for transactions that only read: on SQLite they do not wait for writers."""
    return engine.execution_options(frontdoor_reads=True)


def leave_nothing(engine: Engine) -> None:
    """After erasing: SQLite keeps changed pages in its log until it is folded in."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as db:
            raw = db.connection.dbapi_connection
            db.rollback()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def append_only(table: Table) -> None:
    """Let the database itself refuse to change or remove a row of this table."""
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_statements(table.name, dialect):
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))


def append_only_statements(name: str, dialect: str) -> Tuple[str, ...]:
    """The statements that make a table append only."""
    if dialect == "sqlite":
        return tuple(f"CREATE TRIGGER {name}_no_{doing.lower()} BEFORE {doing} ON {name} "
                     f"BEGIN SELECT RAISE(ABORT, '{name} is append only'); END" for doing in ("UPDATE", "DELETE"))
    return ("CREATE OR REPLACE FUNCTION frontdoor_append_only() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'this table is append only'; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION frontdoor_append_only()")


def _sqlite(url: str, pooled: bool) -> Engine:
    file = make_url(url).database
    if not file or file == ":memory:":
        raise ValueError("the database must be a file: what is only in memory is lost when the process stops")
    Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _MAKING:
        _make(file)
    _write_ahead(file)
    engine = create_engine(url, future=True, hide_parameters=True, poolclass=QueuePool if pooled else NullPool,
                           connect_args={"timeout": BUSY_SECONDS, "check_same_thread": not pooled})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make(file: str) -> None:
    """Make the file, for us alone to read, if there is none. One that is there is never opened but by SQLite:
    closing it would drop the locks of this process's connections, and another process would remove the log under them."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))      # its -wal and -shm files take over the mode


def _write_ahead(file: str) -> None:
    """Switch the file to a write-ahead log, for good. SQLite does not wait its turn for this, so we do."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        finally:
            connection.close()


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None       # the driver must not open transactions of its own: we say BEGIN
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("frontdoor_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:     # somebody is waiting for an answer: rather fail than hang
        cursor.execute("SET statement_timeout = '15s'; SET lock_timeout = '5s'; SET synchronous_commit = 'on'")
    connection.commit()
