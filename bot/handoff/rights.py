"""What the public process may do in PostgreSQL: write a contact down and read how far it is. It cannot read one, nor change or remove it."""
from __future__ import annotations

import re
from typing import Tuple

from sqlalchemy.engine import Engine

# Table: what may be done to it. Columns are named where not all of them may be read.
_MAY = (
    ("contact", "INSERT, SELECT (id, reference, path, received_at, schema_version, state, seen_at, acknowledged_at, erased_at)"),
    ("audit", "INSERT, SELECT (number, contact_id, at, what)"),
    ("outbox", "INSERT"),
    ("return_code", "INSERT, SELECT"),
    ("status_try", "INSERT, SELECT"),
    ("heartbeat", "SELECT"),
    ("switch", "SELECT"),
    ("tally", "INSERT, SELECT, UPDATE"),
    ("sealed_comment", "INSERT, SELECT (number)"),      # a new row's number is read back
    ("alembic_version", "SELECT"))
_NUMBERED = ("audit_number_seq", "status_try_number_seq", "sealed_comment_number_seq")
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(role: str) -> Tuple[str, ...]:
    """The SQL that gives a role these rights and no other on our tables. Raises ``ValueError`` for a name that is none."""
    if not _ROLE.fullmatch(role):
        raise ValueError("a role's name has small letters, digits and _ only")
    tables = ", ".join(table for table, _ in _MAY)
    return (f"REVOKE ALL ON {tables}, legal_hold FROM {role}",
            *(f"GRANT {may} ON {table} TO {role}" for table, may in _MAY),
            *(f"GRANT USAGE ON SEQUENCE {name} TO {role}" for name in _NUMBERED))


def grant(engine: Engine, role: str) -> None:
    """Give the rights. Raises ``ValueError`` on SQLite, where there are no roles."""
    if engine.dialect.name != "postgresql":
        raise ValueError("SQLite has no roles: there, what is sealed protects the contacts; use PostgreSQL for separate rights")
    with engine.begin() as db:
        for statement in statements(role):
            db.exec_driver_sql(statement)
